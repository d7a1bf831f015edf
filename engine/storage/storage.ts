/** Where uploaded files are kept. Paths are relative, with `/` between their parts. */
export interface Storage {
  /** Keep a file; returns the path it got, which differs from the one wished for where that is taken. */
  readonly save: (path: string, bytes: Uint8Array) => Promise<string>
  /** The content of a file; null where there is none. */
  readonly read: (path: string) => Promise<Uint8Array | null>
  /** Forget a file; nothing happens where there is none. */
  readonly remove: (path: string) => Promise<void>
}

/** `photo.png` as `photo_x7Kd2aQ.png`: another name for a file whose own is taken. */
export function alternative(path: string, suffix: string): string {
  const dot = path.lastIndexOf('.')
  return dot > path.lastIndexOf('/') + 1 ? `${path.slice(0, dot)}_${suffix}${path.slice(dot)}` : `${path}_${suffix}`
}
