/** What can be wrong with a dump; these codes are stable. */
export type DumpErrorCode =
  | 'custom-format'
  | 'tar-format'
  | 'directory-format'
  | 'cluster-dump'
  | 'compression'
  | 'not-a-dump'
  | 'encoding'
  | 'truncated'
  | 'damaged'
  | 'malformed'
  | 'unreadable'

/** The one error this library throws for its input. The message tells an operator what to do. */
export class DumpError extends Error {
  readonly code: DumpErrorCode

  constructor(code: DumpErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'DumpError'
    this.code = code
  }
}
