/** A stored value as PostgreSQL's text for a column of the type given; null stays null. */
export function textOf(value: unknown, type: string): string | null {
  if (value === null || value === undefined) return null
  if (type.endsWith('[]') && Array.isArray(value)) return arrayLiteral(value, type)
  return type === 'jsonb' || type === 'json' || (typeof value === 'object' && !(value instanceof Date))
    ? JSON.stringify(value)
    : String(value)
}

/** Texts as a PostgreSQL array, in text form. */
export const textArray = (texts: readonly (string | null)[]): string =>
  `{${texts.map(text => (text === null ? 'null' : quoted(text))).join()}}`

const arrayLiteral = (values: readonly unknown[], type: string): string =>
  `{${values.map(value => elementLiteral(value, type)).join()}}`

function elementLiteral(value: unknown, type: string): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value) && !type.startsWith('json')) return arrayLiteral(value, type)
  return quoted(typeof value === 'object' ? JSON.stringify(value) : String(value))
}

const special = /["\\]/
const quoted = (text: string): string => `"${special.test(text) ? text.replace(/["\\]/g, '\\$&') : text}"`
