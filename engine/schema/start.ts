import { textOf } from '../database/index.ts'
import type { Field } from '../field/index.ts'
import { columnOf, type Registry } from '../model/index.ts'
import type { StartOf } from './diff.ts'

/** What rows that are there get in new columns of the models' tables: what a new row would get. */
export function startsIn(registry: Registry): StartOf {
  const starts = new Map<string, string>()
  for (const { table, fields } of registry.models.values())
    for (const [name, field] of Object.entries<Field>(fields)) {
      const start = field.column && startOf(field, field.column.type)
      if (start) starts.set(`${table}.${columnOf(name, field)}`, start)
    }
  return (table, column) => starts.get(`${table}.${column}`) ?? null
}

function startOf({ type: kind, options }: Field, type: string): string | null {
  const value = (kind === 'ranges' ? undefined : options.default) ?? emptyOf(type)
  const text = value === undefined ? null : textOf(value, type)
  return text === null ? null : `'${text.replaceAll("'", "''")}'`
}

/** What stands for nothing in a column that takes no null. */
function emptyOf(type: string): unknown {
  if (type.endsWith('[]')) return []
  if (type === 'boolean') return false
  if (/^jsonb?$/.test(type)) return {}
  return /char|text/.test(type) ? '' : undefined
}
