/** An error meant for the person who runs Demarc: printed as one line, without a stack. `code` is stable. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly code: string

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
