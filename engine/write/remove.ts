import { sql } from 'kysely'
import { snapshotOf } from '../changelog/snapshot.ts'
import type { Field, OnDelete } from '../field/index.ts'
import {
  columnOf,
  featuresOf,
  isAnyRef,
  isRef,
  isRefs,
  linkOf,
  type Batch,
  type Change,
  type Model,
  type Registry,
} from '../model/index.ts'
import { objectTypeNumbers } from '../objecttype/index.ts'
import { forgetRows } from '../search/index.ts'
import { displaysOf, rowsById, type WriteContext } from './context.ts'
import { Faults } from './faults.ts'
import { forgetFiles } from './files.ts'
import { followCounters } from './follow.ts'
import { readLinks } from './links.ts'
import { demandsOf, unmetDemands, type Looked } from './demands.ts'
import { keepDeparting } from '../event/dispatch.ts'
import { entryOf } from './entry.ts'
import { notifySubscribers } from './notices.ts'
import { refusalOf, type Refusal } from './refusal.ts'

/** A field somewhere whose rows must do something when rows of a model go. */
interface Referrer {
  readonly model: Model
  readonly field: string
  readonly column: string
  readonly type?: string
  readonly onDelete: OnDelete
}

const known = new WeakMap<Registry, Map<string, Referrer[]>>()

/** Every reference that can point to rows of a model. */
function referrersOf(registry: Registry, target: Model): readonly Referrer[] {
  let all = known.get(registry)
  if (!all) {
    all = new Map()
    for (const model of registry.models.values()) {
      for (const [name, field] of Object.entries<Field>(model.fields)) {
        if (isRef(field)) {
          const list = all.get(field.to) ?? []
          all.set(field.to, list)
          list.push({
            model,
            field: name,
            column: columnOf(name, field),
            onDelete: field.options.onDelete ?? 'protect',
          })
        } else if (
          isAnyRef(field) &&
          (field.options.inverse || field.options.onDelete) &&
          field.options.onDelete !== 'none'
        ) {
          for (const to of registry.models.keys()) {
            const list = all.get(to) ?? []
            all.set(to, list)
            list.push({
              model,
              field: name,
              column: `${name}_id`,
              type: `${name}_type`,
              onDelete: field.options.onDelete ?? 'cascade',
            })
          }
        }
      }
    }
    known.set(registry, all)
  }
  return all.get(target.name) ?? []
}

/** What goes with rows, what loses a reference to them, and what stands in the way. */
interface Fallout {
  readonly gone: Map<Model, Map<number, any>>
  readonly cleared: Map<Model, Map<number, Set<string>>>
  /** The row of the request by which each row goes, by model and id. */
  readonly roots: ReadonlyMap<string, number>
  readonly blockers: { readonly model: Model; readonly id: number; readonly root: number }[]
}

/**
 * Delete rows and all that goes with them. Statements grow with the depth of what depends on them, not with their number.
 * Returns refusals, where something stands in the way; then nothing is deleted.
 */
export async function removeRows(
  context: WriteContext,
  model: Model,
  rows: readonly any[],
  messages: ReadonlyMap<number, string>,
  batchFor: (changes: readonly Change[]) => Batch,
): Promise<Refusal[]> {
  if (rows.length === 0) return []
  const { tx, registry, db } = context
  const { gone, cleared, blockers, roots } = await falloutOf(context, model, rows)
  const blocked = blockers.length ? await refusalsOf(context, rows, blockers) : []
  // Of those that nothing stands in the way of, all else that is wrong is told, too.
  const isBlocked = new Set(blockers.map(blocker => blocker.root))
  for (const [other, found] of gone)
    for (const id of found.keys()) if (isBlocked.has(roots.get(`${other.name}:${id}`)!)) found.delete(id)

  /** What is wrong with the deletion of each row of the request, and of all that would go with it. */
  const faults = new Map<number, Faults>(rows.map(row => [row.id as number, new Faults()]))
  const faultsOf = (other: Model, row: any) => faults.get(roots.get(`${other.name}:${row.id}`)!)!
  const numbers = await objectTypeNumbers(db)
  const deletions = new Map<Model, Change[]>()
  for (const [other, found] of gone)
    deletions.set(
      other,
      [...found.values()].map(row => deletionOf(other, row, faultsOf(other, row))),
    )
  for (const [other, changes] of deletions) {
    const rules = registry.rules(other.name)
    for (const before of Object.values(rules.beforeDelete ?? {}))
      await before({ ...batchFor(changes), model: other, changes })
  }
  for (const [other, found] of gone) {
    const demands = demandsOf(context, 'PROTECTION_RULES', other)
    if (demands.length === 0) continue
    const links = await readLinks(tx, registry, other, [...found.keys()])
    const objects = [...found.values()].map((row): Looked => {
      const { fields, tags } = links.get(row.id)!
      return { row, links: fields, tags }
    })
    for (const [at, [fault]] of (await unmetDemands(context, other, demands, objects)).entries())
      if (fault)
        faultsOf(other, objects[at]!.row).abort(
          `Deletion is prevented by a protection rule: [${JSON.stringify(fault)}]`,
        )
  }
  const refused = [...faults].filter(([, fault]) => fault.any).map(([id, fault]) => refusalOf(fault, { id }))
  if (blocked.length + refused.length) return inOrder(rows, [...blocked, ...refused])

  /** Rows that stay for now, by model. */
  const lingering = new Map<Model, ReadonlyMap<number, { readonly told: boolean }>>()
  for (const [other, changes] of deletions) {
    const { linger } = registry.rules(other.name)
    if (linger) lingering.set(other, await linger({ ...batchFor(changes), model: other, changes }))
  }
  for (const [other, found] of gone) {
    const changes = deletions.get(other)!.filter(({ id }) => !lingering.get(other)?.get(id)?.told)
    if (!featuresOf(other).includes('change_logging')) continue
    const links = await readLinks(tx, registry, other, [...found.keys()])
    const displays = await displaysOf(context, other, [...found.values()])
    for (const { id, row } of changes) {
      const before = snapshotOf(
        other,
        row,
        links.get(id)!.fields,
        links.get(id)!.tags.map(tag => tag.name),
        numbers,
      )
      context.entries.push(
        entryOf(other, 'delete', row, displays.get(id)!, before, null, other === model ? (messages.get(id) ?? '') : ''),
      )
    }
  }
  for (const [other, found] of gone) await keepDeparting(context, other, [...found.keys()])
  await notifySubscribers(
    context,
    context.entries.filter(entry => entry.action === 'delete'),
  )
  await clearReferences(context, cleared, gone, numbers)
  for (const [other, found] of gone) await unlink(context, other, [...found.keys()], gone, numbers)
  for (const [other, found] of gone) {
    const ids = [...found.keys()].filter(id => !lingering.get(other)?.has(id))
    await tx.query(`delete from ${other.table} where id = any($1::bigint[])`, [ids])
    tx.touch(other.table)
    await forgetRows(tx, other, [...found.keys()])
  }
  for (const [other, found] of gone) forgetFiles(context, other, found.values())
  for (const [other, changes] of deletions) await followCounters(tx, registry, other, changes)
  for (const [other, changes] of deletions) {
    for (const after of Object.values(registry.rules(other.name).afterDelete ?? {}))
      await after({
        ...batchFor(changes),
        model: other,
        changes: changes.filter(({ id }) => !lingering.get(other)?.has(id)),
      })
  }
  return []
}

const deletionOf = (model: Model, row: any, fault: Faults): Change => {
  return {
    model,
    kind: 'delete',
    id: row.id,
    row,
    before: row,
    input: {},
    links: new Map(),
    changed: () => true,
    ref: () => null,
    fail: (key, detail) => fault.add(key, detail),
    abort: (detail, status) => fault.abort(detail, status),
  }
}

async function falloutOf(context: WriteContext, model: Model, rows: readonly any[]): Promise<Fallout> {
  const { tx, registry } = context
  const gone: Fallout['gone'] = new Map([[model, new Map(rows.map(row => [row.id as number, row]))]])
  const cleared: Fallout['cleared'] = new Map()
  const protectedRows: { model: Model; id: number; root: number; restrict: boolean }[] = []
  /** The row of the request by which each further row goes. */
  const roots = new Map<string, number>(rows.map(row => [`${model.name}:${row.id}`, row.id as number]))
  let frontier = new Map<Model, number[]>([[model, rows.map(row => row.id as number)]])
  while (frontier.size) {
    const asks = [...frontier].flatMap(([target, ids]) =>
      referrersOf(registry, target).map(referrer => ({ target, ids, referrer })),
    )
    if (asks.length === 0) break
    const parts = asks.map(
      ({ target, ids, referrer: { model, column, type } }, at) =>
        sql`select ${sql.lit(at)}::int as at, id, ${sql.ref(column)} as to_id from ${sql.table(model.table)} where ${sql.ref(column)} = any(${ids}::bigint[])${type ? sql` and ${sql.ref(type)} = ${target.name}` : sql``}`,
    )
    const found = await tx.rows<{ at: number; id: number; to_id: number }>(sql`${sql.join(parts, sql` union all `)}`)
    const cascaded = new Map<Model, Set<number>>()
    for (const { at, id, to_id } of found) {
      const { target, referrer } = asks[at]!
      const root = roots.get(`${target.name}:${to_id}`)!
      const other = referrer.model
      switch (referrer.onDelete) {
        case 'cascade':
          if (!gone.get(other)?.has(id)) {
            cascaded.set(other, (cascaded.get(other) ?? new Set()).add(id))
            if (!roots.has(`${other.name}:${id}`)) roots.set(`${other.name}:${id}`, root)
          }
          break
        case 'set null': {
          const byId = cleared.get(other) ?? new Map<number, Set<string>>()
          cleared.set(other, byId)
          byId.set(id, (byId.get(id) ?? new Set()).add(referrer.column))
          break
        }
        case 'none':
          break
        default:
          protectedRows.push({ model: other, id, root, restrict: referrer.onDelete === 'restrict' })
      }
    }
    frontier = new Map()
    for (const [other, ids] of cascaded) {
      const rows = await rowsById(tx, other, ids, true)
      const kept = gone.get(other) ?? new Map<number, any>()
      gone.set(other, kept)
      for (const [id, row] of rows) kept.set(id, row)
      frontier.set(other, [...rows.keys()])
    }
  }
  const requested = new Set(rows.map(row => row.id as number))
  const blockers = protectedRows.filter(
    ({ model: other, id, restrict }) =>
      !(restrict && gone.get(other)?.has(id)) && !(other === model && requested.has(id)),
  )
  return { gone, cleared, blockers, roots }
}

/** Refusals in the order of the request. */
const inOrder = (rows: readonly any[], refusals: readonly Refusal[]): Refusal[] => {
  const places = new Map(rows.map((row, at) => [row.id as number, at]))
  return refusals.toSorted((a, b) => places.get(a.id!)! - places.get(b.id!)!)
}

async function refusalsOf(
  context: WriteContext,
  rows: readonly any[],
  blockers: Fallout['blockers'],
): Promise<Refusal[]> {
  const displays = new Map<Model, Map<number, string>>()
  for (const [model, found] of Map.groupBy(blockers, blocker => blocker.model)) {
    const others = await rowsById(
      context.tx,
      model,
      found.map(blocker => blocker.id),
    )
    displays.set(model, await displaysOf(context, model, [...others.values()]))
  }
  return rows.flatMap((row): Refusal[] => {
    const own = new Map(
      blockers
        .filter(blocker => blocker.root === row.id)
        .map(blocker => [`${blocker.model.name}:${blocker.id}`, blocker]),
    )
    if (own.size === 0) return []
    const blocked = [...own.values()].map(({ model, id }) => ({
      model,
      id,
      display: displays.get(model)!.get(id) ?? '',
    }))
    return [
      {
        id: row.id,
        status: 409,
        faults: { __all__: [`Unable to delete: ${blocked.length} dependent object(s) prevent deletion.`] },
        blockers: blocked,
      },
    ]
  })
}

/** Rows that pointed to what is gone point to nothing now, which the change log tells. */
async function clearReferences(
  context: WriteContext,
  cleared: Fallout['cleared'],
  gone: Fallout['gone'],
  numbers: ReadonlyMap<string, number>,
): Promise<void> {
  const { tx, registry, now } = context
  for (const [model, byId] of cleared) {
    const left = [...byId.keys()].filter(id => !gone.get(model)?.has(id))
    if (left.length === 0) continue
    const rows = await rowsById(tx, model, left, true)
    // A rule may have cleared some before.
    const ids = left.filter(id => [...byId.get(id)!].some(column => rows.get(id)?.[column] !== null))
    if (ids.length === 0) continue
    const logged = featuresOf(model).includes('change_logging')
    const links = logged ? await readLinks(tx, registry, model, ids) : new Map()
    const byColumns = Map.groupBy(ids, id => [...byId.get(id)!].sort().join())
    for (const [columns, some] of byColumns) {
      const visible = columns.split(',').some(column => !column.startsWith('_'))
      const touched = visible && 'last_updated' in model.fields ? `, last_updated = '${now}'` : ''
      await tx.query(
        `update ${model.table} set ${columns
          .split(',')
          .map(column => `${column} = null`)
          .join(', ')}${touched} where id = any($1::bigint[])`,
        [some],
      )
    }
    tx.touch(model.table)
    if (!logged) continue
    const after = await rowsById(tx, model, ids)
    const displays = await displaysOf(context, model, [...after.values()])
    for (const id of ids) {
      if ([...byId.get(id)!].every(column => column.startsWith('_'))) continue
      const { fields, tags } = links.get(id)!
      const names = tags.map((tag: { name: string }) => tag.name)
      context.entries.push(
        entryOf(
          model,
          'update',
          after.get(id),
          displays.get(id)!,
          snapshotOf(model, rows.get(id), fields, names, numbers),
          snapshotOf(model, after.get(id), fields, names, numbers),
          '',
        ),
      )
    }
  }
}

/** Take rows out of every table of links, and their tags off; the change log tells of objects that lost a link. */
async function unlink(
  context: WriteContext,
  model: Model,
  ids: readonly number[],
  gone: Fallout['gone'],
  numbers: ReadonlyMap<string, number>,
): Promise<void> {
  const { tx, registry } = context
  for (const other of registry.models.values()) {
    for (const [name, field] of Object.entries<Field>(other.fields)) {
      if (!isRefs(field) || field.type === 'tags' || (other !== model && field.to !== model.name)) continue
      const { table, own, other: far } = linkOf(registry, other, name, field)
      tx.touch(table)
      if (other === model) await tx.query(`delete from ${table} where ${own} = any($1::bigint[])`, [ids])
      if (field.to !== model.name) continue
      const losers = await tx.query<{ id: number }>(
        `select distinct ${own} as id from ${table} where ${far} = any($1::bigint[])`,
        [ids],
      )
      const left = losers.map(row => row.id).filter(id => !gone.get(other)?.has(id))
      await losing(context, other, left, numbers, () =>
        tx.query(`delete from ${table} where ${far} = any($1::bigint[])`, [ids]),
      )
    }
  }
  if (Object.values<Field>(model.fields).some(field => field.type === 'tags')) {
    tx.touch('extras_taggeditem')
    await tx.query('delete from extras_taggeditem where object_type = $1 and object_id = any($2::bigint[])', [
      model.name,
      ids,
    ])
  }
  if (model.name === 'extras.tag') await untag(context, ids, numbers)
}

/** Objects of any model lose tags that are gone. */
async function untag(
  context: WriteContext,
  tags: readonly number[],
  numbers: ReadonlyMap<string, number>,
): Promise<void> {
  const { tx, registry } = context
  const rows = await tx.query<{ object_type: string; object_id: number }>(
    'select distinct object_type, object_id from extras_taggeditem where tag_id = any($1::bigint[])',
    [tags],
  )
  const byModel = [...Map.groupBy(rows, row => row.object_type)].filter(([name]) => registry.models.has(name))
  tx.touch('extras_taggeditem')
  const remove = () => tx.query('delete from extras_taggeditem where tag_id = any($1::bigint[])', [tags])
  const nested = byModel.reduceRight<() => Promise<unknown>>(
    (inner, [name, found]) =>
      () =>
        losing(
          context,
          registry.model(name),
          found.map(row => row.object_id),
          numbers,
          inner,
        ),
    remove,
  )
  await nested()
}

/** Do something that takes links from rows, and tell the change log what they had and have. */
async function losing(
  context: WriteContext,
  model: Model,
  ids: readonly number[],
  numbers: ReadonlyMap<string, number>,
  work: () => Promise<unknown>,
): Promise<void> {
  const { tx, registry } = context
  if (ids.length === 0 || !featuresOf(model).includes('change_logging')) return void (await work())
  const rows = await rowsById(tx, model, ids)
  const before = await readLinks(tx, registry, model, ids)
  await work()
  const after = await readLinks(tx, registry, model, ids)
  const displays = await displaysOf(context, model, [...rows.values()])
  const snapshot = (id: number, links: typeof before) =>
    snapshotOf(
      model,
      rows.get(id),
      links.get(id)!.fields,
      links.get(id)!.tags.map(tag => tag.name),
      numbers,
    )
  for (const id of ids)
    if (rows.has(id))
      context.entries.push(
        entryOf(model, 'update', rows.get(id), displays.get(id)!, snapshot(id, before), snapshot(id, after), ''),
      )
}
