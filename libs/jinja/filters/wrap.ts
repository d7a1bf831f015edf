interface WrapOptions {
  readonly width: number
  /** Whether words longer than a line are broken. */
  readonly long: boolean
  readonly hyphens: boolean
}

/** Breaks a line into lines of at most this width, at spaces (and hyphens). */
export function wrapText(line: string, { width, long, hyphens }: WrapOptions): string[] {
  const pattern = hyphens ? /\s+|[^\s-]*\w-(?=\w)|\S+?(?=\s|$)|\S/g : /\s+|\S+/g
  const chunks = line.match(pattern) ?? []
  const lines: string[] = []
  let current = ''
  const flush = (): void => {
    const trimmed = current.trimEnd()
    if (trimmed) lines.push(trimmed)
    current = ''
  }
  for (let chunk of chunks) {
    if (!current && lines.length && !chunk.trim()) continue
    if (current.length + chunk.length > width && current) {
      if (long && chunk.length > width) {
        const room = width - current.length
        if (room > 0) {
          current += chunk.slice(0, room)
          chunk = chunk.slice(room)
        }
      }
      flush()
      if (!chunk.trim()) continue
    }
    while (long && chunk.length > width) {
      lines.push(chunk.slice(0, width))
      chunk = chunk.slice(width)
    }
    current += chunk
  }
  flush()
  return lines
}
