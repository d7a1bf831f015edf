/** A stored value as PostgreSQL's text for a column of the type given; null stays null. */
export function textOf(value: unknown, type: string): string | null {
  if (value === null || value === undefined) return null
  if (type.endsWith('[]') && Array.isArray(value)) return arrayLiteral(value, type)
  return type === 'jsonb' || type === 'json' || (typeof value === 'object' && !(value instanceof Date))
    ? JSON.stringify(value)
    : String(value)
}

const arrayLiteral = (values: readonly unknown[], type: string): string =>
  `{${values.map(value => elementLiteral(value, type)).join()}}`

function elementLiteral(value: unknown, type: string): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value) && !type.startsWith('json')) return arrayLiteral(value, type)
  return `"${(typeof value === 'object' ? JSON.stringify(value) : String(value)).replace(/["\\]/g, '\\$&')}"`
}
