/** Query parameters as they stand in the address: no quoting, a key may repeat. */
export type Search = Readonly<Record<string, string | readonly string[]>>

/** Reads `?site=ams&status=active&status=planned`. */
export function parseSearch(text: string): Search {
  const out: Record<string, string | string[]> = {}
  for (const [key, value] of new URLSearchParams(text)) {
    const before = out[key]
    out[key] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value]
  }
  return out
}

/** Writes it back; empty for no parameters. */
export function stringifySearch(search: Record<string, unknown>): string {
  const out = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) {
    for (const each of Array.isArray(value) ? value : [value])
      if (each !== undefined && each !== null) out.append(key, String(each))
  }
  const text = out.toString().replaceAll('%2C', ',').replaceAll('%2F', '/').replaceAll('%3A', ':')
  return text && `?${text}`
}
