import type { Transaction } from '../database/index.ts'
import { isRef, type Change, type Model, type Registry } from '../model/index.ts'
import { same } from './row.ts'

/** Keep the counts that other rows hold of these: one statement a counter. */
export async function followCounters(
  tx: Transaction,
  registry: Registry,
  model: Model,
  changes: readonly Pick<Change, 'kind' | 'row' | 'before'>[],
): Promise<void> {
  for (const [name, field] of Object.entries(model.fields)) {
    if (!isRef(field) || !field.options.counter) continue
    const deltas = new Map<number, number>()
    const add = (id: number | null | undefined, by: number) => {
      if (id !== null && id !== undefined) deltas.set(id, (deltas.get(id) ?? 0) + by)
    }
    for (const { kind, row, before } of changes) {
      const column = `${name}_id`
      if (kind !== 'create') add(before![column], -1)
      if (kind !== 'delete') add(row[column], 1)
    }
    const moved = [...deltas].filter(([, by]) => by !== 0)
    if (moved.length === 0) continue
    const { table } = registry.model(field.to)
    const { counter } = field.options
    await tx.query(
      `update ${table} as t set ${counter} = t.${counter} + v.by from unnest($1::bigint[], $2::int[]) as v(id, by) where t.id = v.id`,
      [moved.map(([id]) => id), moved.map(([, by]) => by)],
    )
    tx.touch(table)
  }
}

/**
 * Keep the paths of a tree: a new or moved row's own, and those of all below it. Rows are taken level by level, so that a row
 * may come with its parent in one request; statements grow with the depth, not with the rows.
 */
export async function followTree(tx: Transaction, model: Model, changes: readonly Change[]): Promise<void> {
  if (!model.spec.tree) return
  const moved = changes.filter(
    change =>
      change.kind === 'create' ||
      !same(change.row['parent_id'], change.before!['parent_id']) ||
      !same(change.row['name'], change.before!['name']),
  )
  if (moved.length === 0) return
  const sorted = 'sort_path' in model.fields
  const sort = sorted ? `, sort_path = case when p.id is null then t.name else p.sort_path || E'\\t' || t.name end` : ''
  let ids = moved.map(change => change.id)
  for (let depth = 0; ids.length && depth < 200; depth++) {
    const rows = await tx.query<{ id: number }>(
      `with moved as (
         update ${model.table} as t set path = case when p.id is null then lpad(t.id::text, 19, '0')::ltree else p.path || lpad(t.id::text, 19, '0')::ltree end${sort}
         from ${model.table} as self left join ${model.table} as p on p.id = self.parent_id
         where t.id = self.id and t.id = any($1::bigint[]) returning t.id
       ) select child.id from ${model.table} as child where child.parent_id in (select id from moved)`,
      [ids],
    )
    ids = rows.map(row => row.id)
  }
}
