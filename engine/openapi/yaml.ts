/**
 * A document of plain values as YAML, a key a line. Texts are written as JSON, which YAML reads as it is; the library that
 * reads YAML takes half a minute to write a document of megabytes.
 */
export const yamlOf = (value: unknown): string => `${block(value, '').trimStart()}\n`

/** A value that begins behind a key, or behind the dash of a list. */
function block(value: unknown, indent: string): string {
  if (Array.isArray(value))
    return value.length ? value.map(one => `\n${indent}- ${block(one, `${indent}  `).trimStart()}`).join('') : ' []'
  if (typeof value !== 'object' || value === null) return ` ${JSON.stringify(value)}`
  const entries = Object.entries(value).filter(([, one]) => one !== undefined)
  if (entries.length === 0) return ' {}'
  return entries.map(([key, one]) => `\n${indent}${keyOf(key)}:${block(one, `${indent}  `)}`).join('')
}

const keyOf = (key: string) =>
  /^[A-Za-z_$][\w$.-]*$/.test(key) && !reserved.has(key.toLowerCase()) ? key : JSON.stringify(key)
/** Words that are no texts. */
const reserved = new Set(['true', 'false', 'null', 'yes', 'no', 'on', 'off', 'y', 'n'])
