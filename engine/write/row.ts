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
  let start = starts.get(model)
  if (!start) starts.set(model, (start = startOf(model)))
  const row = { ...start.plain }
  for (const [name, value] of start.compound) row[name] = structuredClone(value)
  return row
}

interface Start {
  readonly plain: Readonly<Record<string, unknown>>
  /** Values that a rule may change in place, so that each row must have its own. */
  readonly compound: readonly (readonly [name: string, value: object])[]
}

const starts = new WeakMap<Model, Start>()

function startOf(model: Model): Start {
  const values = ownColumns(model).map(({ name, type, field }) => [name, defaultOf(field, type)] as const)
  return {
    plain: Object.fromEntries(values),
    compound: values.flatMap(([name, value]) => (typeof value === 'object' && value !== null ? [[name, value]] : [])),
  }
}

function defaultOf(field: Field, type: string): unknown {
  const { default: value, nullable } = field.options
  if (field.type === 'ranges' && Array.isArray(value)) return value.map(({ lower, upper }) => `[${lower},${upper})`)
  if (value !== undefined) return value
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
