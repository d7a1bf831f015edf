import { isDeepStrictEqual } from 'node:util'
import type { Field } from '../field/index.ts'
import { columnOf, isAnyRef, type Model } from '../model/index.ts'

/** A column of a model's own table, its PostgreSQL type, and the field it belongs to. */
export interface OwnColumn {
  readonly name: string
  readonly type: string
  readonly field: Field
  readonly key: string
}

const known = new WeakMap<Model, readonly OwnColumn[]>()

/** The columns of a model's table but the id. */
export function ownColumns(model: Model): readonly OwnColumn[] {
  const cached = known.get(model)
  if (cached) return cached
  const columns = Object.entries<Field>(model.fields).flatMap(([key, field]): OwnColumn[] => {
    if (!field.column) return []
    const own = { name: columnOf(key, field), type: field.column.type, field, key }
    return isAnyRef(field) ? [{ name: `${key}_type`, type: 'character varying', field, key }, own] : [own]
  })
  known.set(model, columns)
  return columns
}

/** The row that a create begins with: every column by its default. */
export function emptyRow(model: Model): Record<string, any> {
  const row: Record<string, any> = {}
  for (const { name, type, field } of ownColumns(model)) row[name] = defaultOf(field, type)
  return row
}

function defaultOf(field: Field, type: string): unknown {
  const { default: value, nullable } = field.options
  if (field.type === 'ranges' && Array.isArray(value)) return value.map(({ lower, upper }) => `[${lower},${upper})`)
  if (value !== undefined) return typeof value === 'object' ? structuredClone(value) : value
  if (nullable || field.type === 'ref' || field.type === 'anyRef') return null
  if (type.endsWith('[]')) return []
  if (type === 'boolean') return false
  if (type === 'jsonb') return {}
  if (/char|text/.test(type)) return ''
  if (type === 'ltree') return 'new'
  return null
}

/** Whether two stored values are the same. */
export const same = (a: unknown, b: unknown): boolean =>
  a === b || (a ?? null) === (b ?? null) || (typeof a === 'object' && typeof b === 'object' && isDeepStrictEqual(a, b))
