import { sql } from 'kysely'
import type { Transaction } from '../database/index.ts'
import { isAnyRef, isRef, type Model, type Registry } from '../model/index.ts'
import type { Permissions } from '../permission/index.ts'
import { compileCondition, everything, resolvePath, type Condition } from '../query/index.ts'

/** A row of another model that a client names: by id, or by attributes that only it has. */
export interface Named {
  readonly model: Model
  readonly by: number | Readonly<Record<string, unknown>>
  /** Found whether the client may view it or not. */
  readonly anyone?: true
  /** Given the id, or why there is none. */
  readonly take: (id: number | null, fault?: string) => void
}

/** Python's way to print a dictionary, which clients know from these messages. */
const python = (value: unknown): string => {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'string') return quoted(value)
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`
  if (typeof value === 'object')
    return `{${Object.entries(value as object)
      .map(([key, one]) => `${quoted(key)}: ${python(one)}`)
      .join(', ')}}`
  return String(value)
}

const quoted = (text: string): string => {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  return quote + text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll(quote, `\\${quote}`) + quote
}

/** Find all rows that a request names, in one statement. By attributes only rows are found that the caller may view. */
export async function resolveNamed(
  tx: Transaction,
  registry: Registry,
  permissions: Permissions,
  named: readonly Named[],
): Promise<void> {
  const byId = new Map<Model, Set<number>>()
  const byAttributes = new Map<string, { model: Model; anyone: boolean; condition: Condition | string }>()
  for (const { model, by, anyone = false } of named) {
    if (typeof by === 'number') {
      const wanted = byId.get(model) ?? new Set()
      byId.set(model, wanted)
      if (Number.isSafeInteger(by)) wanted.add(by)
    } else {
      const key = `${model.name} ${JSON.stringify(by)}`
      if (!byAttributes.has(key))
        byAttributes.set(key, { model, anyone, condition: attributeCondition(registry, model, by) })
    }
  }
  const ids = [...byId]
  const attributes = [...byAttributes.values()]
  const parts = [
    ...ids.map(
      ([model, wanted], at) =>
        sql`select ${sql.lit(at)}::int as at, id from ${sql.table(model.table)} where id = any(${[...wanted]}::bigint[])`,
    ),
    ...attributes.flatMap(({ model, anyone, condition }, at) => {
      const allowed = anyone ? everything : permissions.constrain('view', model)
      if (typeof condition === 'string' || !allowed) return []
      const where = compileCondition(registry, model, 't', { and: [condition, allowed] })
      return [
        sql`(select ${sql.lit(ids.length + at)}::int as at, id from ${sql.table(model.table)} as t where ${where} limit 2)`,
      ]
    }),
  ]
  const rows = parts.length ? await tx.rows<{ at: number; id: number }>(sql`${sql.join(parts, sql` union all `)}`) : []
  const found = Map.groupBy(rows, row => row.at)
  const idsFound = new Map(ids.map(([model], at) => [model, new Set((found.get(at) ?? []).map(row => row.id))]))
  const places = new Map([...byAttributes.keys()].map((key, at) => [key, at]))
  for (const { model, by, take } of named) {
    if (typeof by === 'number') {
      if (idsFound.get(model)!.has(by)) take(by)
      else take(null, `Related object not found using the provided numeric ID: ${by}`)
      continue
    }
    const at = places.get(`${model.name} ${JSON.stringify(by)}`)!
    const { condition } = attributes[at]!
    const matches = found.get(ids.length + at) ?? []
    if (typeof condition === 'string') take(null, condition)
    else if (matches.length === 0) take(null, `Related object not found using the provided attributes: ${python(by)}`)
    else if (matches.length > 1) take(null, `Multiple objects match the provided attributes: ${python(by)}`)
    else take(matches[0]!.id)
  }
}

/** `{ device: { name: 'r1' }, name: 'eth0' }` as a condition, or what is wrong with it. */
function attributeCondition(
  registry: Registry,
  model: Model,
  attributes: Readonly<Record<string, unknown>>,
  prefix = '',
): Condition | string {
  const parts: Condition[] = []
  for (const [key, value] of Object.entries(attributes)) {
    const path = `${prefix}${key.replaceAll('__', '.')}`
    const steps = resolvePath(registry, model, path)
    if (!steps) {
      const names = ['id', ...Object.keys(model.fields)].toSorted()
      return `Cannot resolve keyword '${key}' into field. Choices are: ${names.join(', ')}`
    }
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      const inner = attributeCondition(registry, model, value as Record<string, unknown>, `${path}.`)
      if (typeof inner === 'string') return inner
      parts.push(inner)
      continue
    }
    const field = model.fields[key]
    if (Array.isArray(value))
      return `Related objects must be referenced by numeric ID or by dictionary of attributes. Received an unrecognized value: ${python(value)}`
    if (
      value !== null &&
      field &&
      !isRef(field) &&
      !isAnyRef(field) &&
      /int|numeric/.test(field.column?.type ?? '') &&
      !Number.isFinite(Number(value))
    )
      return `Field '${key}' expected a number but got '${String(value)}'.`
    if ((key === 'id' || key === 'pk') && !/^\d+$/.test(String(value)))
      return `Field 'id' expected a number but got '${String(value)}'.`
    parts.push(value === null ? { path, lookup: 'isnull', value: true } : { path, lookup: 'exact', value })
  }
  return { and: parts }
}

/** How a client may name a row of another model: an id, its text, or attributes. */
export function namedBy(value: unknown): Named['by'] | string {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value
  if (typeof value === 'string' && /^\s*\d+\s*$/.test(value)) return Number(value)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    const entries = Object.entries(value)
    if (entries.length === 1 && entries[0]![0] === 'id' && /^\d+$/.test(String(entries[0]![1])))
      return Number(entries[0]![1])
    return value as Record<string, unknown>
  }
  return `Related objects must be referenced by numeric ID or by dictionary of attributes. Received an unrecognized value: ${typeof value === 'string' ? value : python(value)}`
}
