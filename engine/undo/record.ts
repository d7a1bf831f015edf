import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import { HttpError } from '../http/index.ts'
import { isAnyRef, isRef, isRefs, type Model, type Registry } from '../model/index.ts'

/** What the change log keeps of a row: see engine/changelog/snapshot.ts. */
export type Snapshot = Readonly<Record<string, any>>

/** What a request did to one object, however many records tell of it. */
export interface Recorded {
  readonly model: Model
  readonly id: number
  readonly display: string
  readonly before: Snapshot | null
  readonly after: Snapshot | null
}

/** A change with what went with it, or all that its request did. */
export type Scope = 'change' | 'request'

interface Row {
  readonly id: number
  readonly type: string
  readonly object: number
  readonly display: string
  readonly before: Snapshot | null
  readonly after: Snapshot | null
}

/**
 * What the change log tells of a change and of what belongs to it, an entry for each object: what went because this object
 * went, what lost a reference by that, and the parts that are written with it. 404 where the change is of no known model.
 */
export async function recordsOf(
  db: Database,
  registry: Registry,
  change: { readonly id: number; readonly request_id: string },
  scope: Scope,
  numbers: ReadonlyMap<string, number>,
): Promise<Recorded[]> {
  const rows = await db.rows<Row>(
    sql`select id, changed_object_type as type, changed_object_id as object, object_repr as display,
          prechange_data as before, postchange_data as after
        from core_objectchange where request_id = ${change.request_id} order by id`,
  )
  const root = rows.find(({ id }) => id === change.id)
  if (!root || !registry.models.has(root.type)) throw new HttpError(404, { detail: 'Not found.' })
  const all = merged(
    registry,
    rows.filter(({ type }) => registry.models.has(type)),
  )
  if (scope === 'request') return all
  const own = all.find(({ model, id }) => model.name === root.type && id === root.object)
  if (!own) return []
  const others = all.filter(record => record !== own)
  return [own, ...(own.after ? [] : goneWith(own, others, numbers)), ...partsOf(registry, own, others)]
}

/** One record for each object: how it was before the first, and after the last. What came and went is none. */
function merged(registry: Registry, rows: readonly Row[]): Recorded[] {
  return [...Map.groupBy(rows, ({ type, object }) => `${type}:${object}`).values()].flatMap((some): Recorded[] => {
    const [first, last] = [some[0]!, some.at(-1)!]
    if (!first.before && !last.after) return []
    const { type, object: id, display } = last
    return [{ model: registry.model(type), id, display, before: first.before, after: last.after }]
  })
}

/** Parts of an object that are written with it, as the terminations of a cable: those of an object that went went, too. */
function partsOf(registry: Registry, own: Recorded, all: readonly Recorded[]): Recorded[] {
  const parts = registry.rules(own.model.name).parts
  if (!parts || !own.after || !own.before) return []
  return all.filter(
    ({ model, before, after }) => model.name === parts.model && (before ?? after)![parts.field] === own.id,
  )
}

/** What of a request went because an object did, and what of others changed because they had pointed to any of it. */
function goneWith(own: Recorded, all: readonly Recorded[], numbers: ReadonlyMap<string, number>): Recorded[] {
  const gone = new Set([own])
  for (let size = 0; size < gone.size;) {
    size = gone.size
    const targets = targetsIn(gone)
    for (const record of all)
      if (
        record.before &&
        !record.after &&
        refsOf(record.model, record.before, numbers).some(ref => targets.has(ref.to))
      )
        gone.add(record)
  }
  const targets = targetsIn(gone)
  const changed = all.filter(({ model, before, after }) => {
    if (!before || !after) return false
    const kept = new Set(refsOf(model, after, numbers).map(ref => `${ref.key} ${ref.to}`))
    return refsOf(model, before, numbers).some(ref => targets.has(ref.to) && !kept.has(`${ref.key} ${ref.to}`))
  })
  return [...[...gone].slice(1), ...changed]
}

const targetsIn = (records: Iterable<Recorded>) =>
  new Set(
    [...records].flatMap(({ model, id, before }) => [
      `${model.name}:${id}`,
      ...(model.name === 'extras.tag' ? [`tag ${before!['name']}`] : []),
    ]),
  )

/** A reference that a snapshot tells of. */
export interface SnapshotRef {
  readonly key: string
  /** The keys of the snapshot that hold it. */
  readonly keys: readonly string[]
  /** What it points to, as `dcim.site:7`; a tag, which is known by its name, as `tag blue`. */
  readonly to: string
  /** Whether the row can be without. */
  readonly optional: boolean
}

/** Everything that a row pointed to. */
export function refsOf(model: Model, data: Snapshot, numbers: ReadonlyMap<string, number>): SnapshotRef[] {
  return Object.entries(model.fields).flatMap(([key, field]): SnapshotRef[] => {
    const optional = field.options.nullable ?? false
    if (field.type === 'tags')
      return ((data[key] ?? []) as string[]).map(name => ({ key, keys: [key], to: `tag ${name}`, optional: true }))
    if (isRefs(field))
      return ((data[key] ?? []) as number[]).map(id => ({ key, keys: [key], to: `${field.to}:${id}`, optional: true }))
    if (isRef(field)) return data[key] ? [{ key, keys: [key], to: `${field.to}:${data[key]}`, optional }] : []
    if (!isAnyRef(field) || !data[`${key}_type`]) return []
    const type = [...numbers].find(([, number]) => number === data[`${key}_type`])?.[0]
    return [{ key, keys: [`${key}_type`, `${key}_id`], to: `${type}:${data[`${key}_id`]}`, optional }]
  })
}
