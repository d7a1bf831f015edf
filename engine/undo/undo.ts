import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import type { Entry } from '../changelog/record.ts'
import { snapshotOf } from '../changelog/snapshot.ts'
import { customFieldsOf } from '../customfield/index.ts'
import { Undo } from '../database/index.ts'
import { isRef, isRefs, type Model } from '../model/index.ts'
import { objectTypeNumbers } from '../objecttype/index.ts'
import type { Act } from '../permission/index.ts'
import { compileCondition, everything, type Condition } from '../query/index.ts'
import {
  batchOf,
  changeFrom,
  createFrom,
  deleteFrom,
  readLinks,
  Refused,
  rowsById,
  writing,
  type Refusal,
  type WriteCall,
  type WriteContext,
} from '../write/index.ts'
import { recall, type Names } from './recall.ts'
import { refsOf, type Recorded, type Snapshot } from './record.ts'

/** A field that was not put back, or not from what it was: of which object, by key. */
interface Remark {
  readonly model: string
  readonly id: number
  readonly display: string
  readonly fields: readonly string[]
}

/** What undoing did, or would do. */
export interface Undone {
  readonly entries: readonly Entry[]
  /** What the change log does not keep: files and secrets. */
  readonly lost: readonly Remark[]
  /** What was changed again since, and is put back all the same. */
  readonly later: readonly Remark[]
}

/** What stands in the way of undoing: by object, as it is named in the change log. */
export interface Obstacle {
  readonly model: string
  readonly id: number | null
  readonly display: string
  readonly faults: Readonly<Record<string, unknown>>
  readonly status: number
}

/** Nothing was undone. */
export class UndoRefused extends Error {
  readonly obstacles: readonly Obstacle[]

  constructor(obstacles: readonly Obstacle[]) {
    super('refused')
    this.obstacles = obstacles
  }
}

const unlimited = { constrain: () => everything, granted: () => everything }

interface Work extends WriteContext {
  readonly numbers: ReadonlyMap<string, number>
  readonly models: ReadonlyMap<number, string>
  readonly message: string
  readonly lost: Remark[]
  readonly later: Remark[]
}

/**
 * Put objects back as they were before what the records tell: what came goes, what went comes back under its number, what
 * changed gets its old values. In one transaction, by the same checks and permissions as any other change; a dry run keeps
 * nothing of it. Throws {@link UndoRefused}.
 */
export async function undo(
  call: WriteCall,
  records: readonly Recorded[],
  { message, dryRun }: { readonly message: string; readonly dryRun: boolean },
): Promise<Undone> {
  const numbers = await objectTypeNumbers(call.db)
  const models = new Map([...numbers].map(([name, number]) => [number, name]))
  return writing(call, async context => {
    const work: Work = { ...context, returning: true, numbers, models, message, lost: [], later: [] }
    const there = await rowsOf(work, records)
    refuseImpossible(records, there)
    await takeAway(
      work,
      records.filter(record => !record.before && there.has(nameOf(record))),
    )
    const owing = await bringBack(
      work,
      records.filter(record => !record.after),
    )
    // Whoever may add them may add them whole.
    await putBack({ ...work, permissions: unlimited }, owing)
    await putBack(work, changedIn(records))
    await bringPartsBack(
      work,
      records.filter(record => !record.after && isPart(record.model)),
    )
    const undone = { entries: context.entries, lost: work.lost, later: work.later }
    if (!dryRun) return undone
    await context.tx.query('set constraints all immediate', [])
    throw new Undo(undone)
  })
}

const nameOf = ({ model, id }: { readonly model: Model; readonly id: number }) => `${model.name}:${id}`

/** Whether rows of a model are written with others alone. */
const isPart = ({ spec }: Model) => spec.internal || (spec.writes !== undefined && !spec.writes.includes('POST'))

const byModel = (records: Iterable<Recorded>) => Map.groupBy(records, ({ model }) => model)

async function rowsOf({ tx }: Work, records: readonly Recorded[]): Promise<Map<string, any>> {
  const found = new Map<string, any>()
  for (const [model, some] of byModel(records))
    for (const [id, row] of await rowsById(
      tx,
      model,
      some.map(record => record.id),
      true,
    ))
      found.set(`${model.name}:${id}`, row)
  return found
}

function refuseImpossible(records: readonly Recorded[], there: ReadonlyMap<string, unknown>): void {
  const obstacles = records.flatMap((record): Obstacle[] => {
    const refuse = (text: string) => [obstacleOf(record, 409, { __all__: [text] })]
    const isThere = there.has(nameOf(record))
    if (!record.before) return isThere || records.length > 1 ? [] : refuse('It is gone already.')
    if (record.after) return isThere || isPart(record.model) ? [] : refuse('It was deleted since; bring it back first.')
    if (isThere) return refuse('It is there already.')
    return record.model.spec.foreground ? refuse('It held a secret, which the change log does not keep.') : []
  })
  if (obstacles.length) throw new UndoRefused(obstacles)
  if (records.length === 0)
    throw new UndoRefused([
      { model: '', id: null, display: '', faults: { __all__: ['Nothing of it is left to be undone.'] }, status: 409 },
    ])
}

const obstacleOf = (
  { model, id, display }: Recorded,
  status: number,
  faults: Readonly<Record<string, unknown>>,
): Obstacle => ({ model: model.name, id, display, faults, status })

/** Do what may be refused, and tell of which objects it is. */
async function told<T>(records: readonly Recorded[], run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const recordOf = ({ index, id }: Refusal) =>
      index === undefined ? (records.find(record => record.id === id) ?? records[0]!) : records[index]!
    throw new UndoRefused(
      error.refusals.map(refusal =>
        obstacleOf(recordOf(refusal), refusal.status, {
          ...refusal.faults,
          ...(refusal.blockers && {
            __all__: [`It cannot go while this depends on it: ${refusal.blockers.map(one => one.display).join(', ')}.`],
          }),
        }),
      ),
    )
  }
}

/** Which rows of a model the caller may act on; refused where none at all. */
function allowed({ permissions }: Work, act: Act, model: Model, records: readonly Recorded[]): Condition {
  const condition = permissions.constrain(act, model)
  if (condition) return condition
  const text = `You may not ${act} any ${model.spec.label}.`
  throw new UndoRefused(records.map(record => obstacleOf(record, 403, { __all__: [text] })))
}

/** What came goes again, the last first. */
async function takeAway(work: Work, records: readonly Recorded[]): Promise<void> {
  for (const [model, some] of byModel(records.toReversed())) {
    const left = await rowsById(
      work.tx,
      model,
      some.map(record => record.id),
    )
    const ids = [...left.keys()]
    if (isPart(model)) {
      await ownersMayChange(work, some, record => record.after!)
      await told(some, () => batchOf(work, model, []).remove(model.name, ids))
    } else {
      const messages = new Map(ids.map(id => [id, work.message]))
      await told(some, () => deleteFrom(work, model, ids, messages, allowed(work, 'delete', model, some)))
    }
  }
}

/** The keys of an object that get their old values. */
interface Wanted {
  readonly record: Recorded
  readonly keys: ReadonlySet<string>
}

/** What the records tell to have changed. */
const changedIn = (records: readonly Recorded[]): Wanted[] =>
  records.flatMap(record => {
    const { before, after, model } = record
    if (!before || !after || isPart(model)) return []
    return [{ record, keys: new Set(Object.keys(before).filter(key => !isDeepStrictEqual(before[key], after[key]))) }]
  })

/** What went comes back, those first that others point to; returns what must wait for the last of them. */
async function bringBack(work: Work, records: readonly Recorded[]): Promise<Wanted[]> {
  const owing: Wanted[] = []
  const left = new Set(records.filter(record => !isPart(record.model)))
  const parts = records.filter(record => isPart(record.model))
  while (left.size) {
    const waiting = new Set([...left].flatMap(targetsOf))
    const refs = (record: Recorded) =>
      refsOf(record.model, record.before!, work.numbers).filter(({ to }) => waiting.has(to))
    const free = [...left].filter(record => refs(record).length === 0)
    const ready = free.length ? free : [...left].filter(record => refs(record).every(ref => ref.optional))
    const [model, some] = [...byModel(ready.length ? ready : left)][0]!
    const wanted = some.map(record => ({ record, keys: new Set(refs(record).flatMap(ref => ref.keys)) }))
    await bring(work, model, wanted, parts)
    owing.push(...wanted.filter(({ keys }) => keys.size))
    for (const record of some) left.delete(record)
  }
  return owing
}

/** By what others point to a row. */
const targetsOf = (record: Recorded): string[] => [
  nameOf(record),
  ...(record.model.name === 'extras.tag' ? [`tag ${record.before!['name']}`] : []),
]

/** Rows come back, but for the keys that must wait for others. */
async function bring(work: Work, model: Model, wanted: readonly Wanted[], parts: readonly Recorded[]): Promise<void> {
  const records = wanted.map(({ record }) => record)
  const names = await namesFor(work, model, records)
  const rule = work.registry.rules(model.name).parts
  const items = wanted.map(({ record, keys: late }) => {
    const { item, lost } = recall(model, record.before!, key => !late.has(key), names)
    if (lost.length) work.lost.push(remarkOf(record, lost))
    const own = rule && parts.filter(part => part.model.name === rule.model && part.before![rule.field] === record.id)
    return {
      ...withoutWishes(model),
      // What was empty is so without being sent, and not every field takes it.
      ...Object.fromEntries(Object.entries(item).filter(([, value]) => value !== '')),
      ...(rule &&
        rule.item(
          own!.map(part => part.before!),
          work.models,
        )),
      changelog_message: work.message,
    }
  })
  const returning = records.map(({ id, before }) => ({ id, created: before!['created'] as string | undefined }))
  allowed(work, 'add', model, records)
  await told(records, () => createFrom(work, model, items, returning))
}

/** What else a request for a new row could ask for is not asked for: whatever a row had with it comes back of itself. */
const withoutWishes = ({ spec }: Model) =>
  Object.fromEntries(
    Object.entries(spec.inputs ?? {}).flatMap(([key, field]) => (field.type === 'boolean' ? [[key, false]] : [])),
  )

const remarkOf = ({ model, id, display }: Recorded, fields: readonly string[]): Remark => ({
  model: model.name,
  id,
  display,
  fields,
})

/** Objects get their old values. */
async function putBack(work: Work, wanted: readonly Wanted[]): Promise<void> {
  for (const [model, some] of Map.groupBy(wanted, ({ record }) => record.model)) {
    const names = await namesFor(
      work,
      model,
      some.map(({ record }) => record),
    )
    await noteLater(work, model, some)
    const patches = some.flatMap(({ record, keys }) => {
      const { item, lost } = recall(model, record.before!, key => keys.has(key), names)
      if (lost.length) work.lost.push(remarkOf(record, lost))
      return Object.keys(item).length ? [{ record, item }] : []
    })
    if (patches.length === 0) continue
    const changed = patches.map(({ record }) => record)
    const mayChange = allowed(work, 'change', model, changed)
    await told(changed, () =>
      changeFrom(
        { ...work, together: true },
        model,
        patches.map(({ record, item }) => ({ id: record.id, item: { ...item, changelog_message: work.message } })),
        'change',
        mayChange,
      ),
    )
  }
}

/** Tells of values that are not as the change left them. */
async function noteLater(work: Work, model: Model, some: readonly Wanted[]): Promise<void> {
  const ids = some.flatMap(({ record }) => (record.after ? [record.id] : []))
  const rows = await rowsById(work.tx, model, ids)
  const links = await readLinks(work.tx, work.registry, model, ids)
  for (const { record, keys } of some) {
    const own = rows.get(record.id)
    if (!own) continue
    const { fields, tags } = links.get(record.id)!
    const now = snapshotOf(
      model,
      own,
      fields,
      tags.map(tag => tag.name),
      work.numbers,
    ) as Snapshot
    const changed = [...keys].filter(
      key => !/^_|^created$|^last_updated$/.test(key) && !isSame(now[key], record.after![key]),
    )
    if (changed.length) work.later.push(remarkOf(record, changed))
  }
}

/** Whether two values are the same as JSON. */
const isSame = (a: unknown, b: unknown) =>
  isDeepStrictEqual(JSON.parse(JSON.stringify(a ?? null)), JSON.parse(JSON.stringify(b ?? null)))

/** Parts come back that no row brought along: those of what was there all the time. */
async function bringPartsBack(work: Work, records: readonly Recorded[]): Promise<void> {
  for (const [model, some] of byModel(records)) {
    const owned = await ownersMayChange(work, some, record => record.before!)
    const rows = owned.map(({ before }) => rowOf(model, before!, work.models))
    await told(owned, () =>
      batchOf(work, model, [])
        .create(model.name, rows)
        .then(() => undefined),
    )
  }
}

/** The columns of a part, from what the change log keeps of it. */
const rowOf = (model: Model, data: Snapshot, models: ReadonlyMap<number, string>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(model.fields).flatMap(([key, field]): [string, unknown][] => {
      if (key.startsWith('_') || key === 'created' || key === 'last_updated') return []
      if (field.type === 'anyRef')
        return [
          [`${key}_type`, models.get(data[`${key}_type`]) ?? null],
          [`${key}_id`, data[`${key}_id`]],
        ]
      return field.column ? [[`${key}${field.suffix ?? ''}`, data[key]]] : []
    }),
  )

/** Of parts, those that no row brought along; whoever may change what they belong to may change them. */
async function ownersMayChange(
  work: Work,
  records: readonly Recorded[],
  dataOf: (record: Recorded) => Snapshot,
): Promise<readonly Recorded[]> {
  const { tx, registry } = work
  const [{ model }] = records as readonly [Recorded]
  const created = work.entries.filter(entry => entry.action === 'create')
  const bringers = created.filter(entry => registry.rules(entry.model.name).parts?.model === model.name)
  const isBrought = (record: Recorded) =>
    bringers.some(entry => dataOf(record)[registry.rules(entry.model.name).parts!.field] === entry.id)
  const left = records.filter(record => !isBrought(record))
  const back = new Set(created.map(entry => nameOf(entry)))
  for (const [key, field] of Object.entries(model.fields)) {
    if (!isRef(field) || field.options.hidden || field.options.nullable) continue
    const owner = registry.model(field.to)
    const owned = left.filter(record => !back.has(nameOf({ model: owner, id: dataOf(record)[key] })))
    if (owned.length === 0) continue
    const mayChange = compileCondition(registry, owner, 't', allowed(work, 'change', owner, owned))
    const ids = [...new Set(owned.map(record => dataOf(record)[key] as number))]
    const rows = await tx.rows<{ id: number }>(
      sql`select t.id from ${sql.table(owner.table)} as t where t.id = any(${ids}::bigint[]) and ${mayChange}`,
    )
    const found = new Set(rows.map(row => row.id))
    const refused = owned.filter(record => !found.has(dataOf(record)[key]))
    const text = `The ${owner.spec.label} is gone, or you may not change it.`
    if (refused.length) throw new UndoRefused(refused.map(record => obstacleOf(record, 409, { [key]: [text] })))
  }
  return left
}

/** How what records of a model point to is called in a request. */
async function namesFor(
  { db, tx, registry, models }: Work,
  model: Model,
  records: readonly Recorded[],
): Promise<Names> {
  const customFields = new Set(((await customFieldsOf(db)).get(model.name) ?? []).map(field => field.name))
  const attributes = new Map<string, string>()
  for (const [key, field] of Object.entries(model.fields)) {
    if (!isRefs(field) || !field.options.as) continue
    const ids = records.flatMap(({ before }) => (before![key] as number[] | undefined) ?? [])
    for (const [id, row] of await rowsById(tx, registry.model(field.to), ids))
      attributes.set(`${field.to}:${id}`, row[field.options.as])
  }
  return { models, customFields, attributes }
}
