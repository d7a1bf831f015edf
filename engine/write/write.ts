import { setTimeout } from 'node:timers/promises'
import { recordChanges } from '../changelog/record.ts'
import { snapshotOf } from '../changelog/snapshot.ts'
import { customFieldsOf } from '../customfield/index.ts'
import { inTransaction } from '../database/index.ts'
import { featuresOf, isAnyRef, type Batch, type Change, type Model } from '../model/index.ts'
import { compileCondition, isEverything, pageStatement, type Condition } from '../query/index.ts'
import { dispatchEvents } from '../event/dispatch.ts'
import { objectTypeNumbers } from '../objecttype/index.ts'
import { sql } from 'kysely'
import { enterRows, forgetRows } from '../search/index.ts'
import { displaysOf, followRefs, refOf, rowsById, type WriteCall, type WriteContext } from './context.ts'
import { checkUniqueCustomFields, customFieldFaults, mergeCustomFields } from './customfields.ts'
import { Faults } from './faults.ts'
import { forgetKept, keepFiles } from './files.ts'
import { followCounters, followTree } from './follow.ts'
import { readLinks, writeLinks, writeTags, type Links } from './links.ts'
import { notifySubscribers } from './notices.ts'
import { parseItem, type Draft, type Mode } from './parse.ts'
import { resolveNamed, type Named } from './references.ts'
import { demandsOf, unmetDemands, type Looked } from './demands.ts'
import { entryOf } from './entry.ts'
import { denied, refusalOf, Refused, type Refusal } from './refusal.ts'
import { removeRows } from './remove.ts'
import { emptyRow, same } from './row.ts'
import { drawIds, insertRows, updateRows } from './save.ts'
import { checkTags, refuseOverlap, tagsOf, tagsToBe } from './tags.ts'
import { checkTree, lockTree } from './tree.ts'
import { checkUnique, vacate } from './unique.ts'

/** How often a write is tried that PostgreSQL breaks off, since others wait for what it holds and it for what they hold. */
const tries = 4

/**
 * Run `work` in one transaction, and record in the change log what it wrote. Where it and other requests lock each other
 * out it is undone and run again, so it must not keep anything of a run before.
 */
export async function writing<T>(call: WriteCall, work: (context: WriteContext) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await writingOnce(call, work)
    } catch (error) {
      if (!isDeadlock(error) || attempt === tries) throw error
      await setTimeout(Math.random() * 50 * attempt)
    }
  }
}

/** Whether PostgreSQL broke off a transaction for the sake of others that it was entangled with. */
export const isDeadlock = (error: unknown) =>
  ['40P01', '40001'].includes((error as { code?: string } | null)?.code ?? '')

async function writingOnce<T>(call: WriteCall, work: (context: WriteContext) => Promise<T>): Promise<T> {
  const kept: string[] = []
  try {
    return await inTransaction(call.db, async tx => {
      const [{ now }] = (await tx.query<{ now: string }>('select clock_timestamp() as now', [])) as [{ now: string }]
      const context: WriteContext = { ...call, tx, now, entries: [], closing: new Map(), kept, departed: new Map() }
      const result = await work(context)
      for (const close of context.closing.values()) await close(context.entries)
      await recordChanges(tx, call.author, context.entries)
      // Of what is gone, those who subscribed to it heard while it went.
      await notifySubscribers(
        context,
        context.entries.filter(entry => entry.action === 'update'),
      )
      await dispatchEvents(context, context.entries)
      call.signal?.throwIfAborted()
      return result
    })
  } catch (error) {
    await forgetKept({ ...call, kept })
    throw error
  }
}

interface Made {
  readonly change: MutableChange
  readonly draft: Draft | null
}

type MutableChange = Change & { readonly faults: Faults }

function makeChange(
  context: WriteContext,
  model: Model,
  kind: Change['kind'],
  id: number,
  row: Record<string, any>,
  before: Change['before'],
  draft: Draft | null,
  refs: { found?: Map<string, Map<string, any>> },
): MutableChange {
  const faults = draft?.faults ?? new Faults()
  return {
    model,
    kind,
    id,
    row,
    before,
    faults,
    input: draft?.input ?? {},
    links: draft?.links ?? new Map(),
    changed: (...columns) => !before || columns.some(column => !same(row[column], before[column])),
    ref: name => (refs.found ? refOf(context, model, row, name, refs.found) : null),
    fail: (key, detail) => faults.add(key, detail),
    abort: (detail, status) => faults.abort(detail, status),
  }
}

/** Create rows from what a client sent, in the order sent; returns their ids. Throws {@link Refused}. */
export function createRows(call: WriteCall, model: Model, items: readonly unknown[]): Promise<number[]> {
  return writing(call, context => createFrom(context, model, items))
}

/** A row that comes back: under the number it had, and with the moment it was created. */
export interface Returning {
  readonly id: number
  readonly created: string | undefined
}

/** As {@link createRows}, in a transaction that is under way; rows that come back are told in the order of the items. */
export async function createFrom(
  context: WriteContext,
  model: Model,
  items: readonly unknown[],
  returning?: readonly Returning[],
): Promise<number[]> {
  if (items.length === 0) return []
  await lockTree(context.tx, model, items)
  const drafts = await parseAll(context, model, items, 'create')
  const ids = returning?.map(({ id }) => id) ?? (await drawIds(context.tx, model, items.length))
  const refs: { found?: Map<string, Map<string, any>> } = {}
  const made = drafts.map((draft, at): Made => {
    const row: Record<string, any> = { ...emptyRow(model), ...draft.values, id: ids[at]! }
    stamp(model, row, context.now, true)
    if (returning?.[at]!.created) row['created'] = returning[at]!.created
    return { draft, change: makeChange(context, model, 'create', ids[at]!, row, null, draft, refs) }
  })
  await settleCustomFields(context, model, made)
  const { batch, loaded, sound, refused } = await checkAll(context, model, made, refs, 'index', 'add')
  await keepFiles(
    context,
    model,
    sound.map(({ change }) => change),
  )
  await insertRows(
    context.tx,
    model,
    sound.map(({ change }) => change.row),
  )
  const at = context.entries.length
  await followUp(context, model, sound, batch, loaded)
  await recheck(context, model, made, sound, refused, 'add', 'index')
  await tellOf(context, model, made, new Map(), at)
  return ids
}

/** A change of one row: its id, and what a client sent. */
export interface Patch {
  readonly id: number
  readonly item: unknown
}

/** Change rows by what a client sent. Those missing or out of reach are refused first. Throws {@link Refused}. */
export function changeRows(
  call: WriteCall,
  model: Model,
  patches: readonly Patch[],
  mode: Mode,
  allowed: Condition,
  guard?: (row: any) => void,
): Promise<number[]> {
  return writing(call, context => changeFrom(context, model, patches, mode, allowed, guard))
}

/** As {@link changeRows}, in a transaction that is under way. */
export async function changeFrom(
  context: WriteContext,
  model: Model,
  given: readonly Patch[],
  mode: Mode,
  allowed: Condition,
  guard?: (row: any) => void,
): Promise<number[]> {
  if (given.length === 0) return []
  const ids = given.map(patch => patch.id)
  await lockTree(
    context.tx,
    model,
    given.map(patch => patch.item),
  )
  const rows = await lockRows(context, model, ids, allowed)
  refuseMissing(ids, rows)
  for (const row of rows.values()) guard?.(row)
  const patches = given.length > 1 ? await inOwnOrder(context, model, given) : given
  const drafts = await parseAll(
    context,
    model,
    patches.map(patch => patch.item),
    mode,
  )
  const refs: { found?: Map<string, Map<string, any>> } = {}
  const made = drafts.map((draft, at): Made => {
    const before = rows.get(patches[at]!.id)
    const row = { ...before, ...draft.values }
    return { draft, change: makeChange(context, model, 'update', before.id, row, before, draft, refs) }
  })
  const links = await readLinks(
    context.tx,
    context.registry,
    model,
    made.map(({ change }) => change.id),
  )
  await settleCustomFields(context, model, made)
  const { batch, loaded, sound, refused } = await checkAll(context, model, made, refs, 'id', 'change', links)
  for (const { change } of sound) stamp(model, change.row, context.now, false)
  const changes = sound.map(({ change }) => change)
  await keepFiles(context, model, changes)
  if (context.together) await vacate(context.tx, model, changes)
  await updateRows(context.tx, model, changes)
  const at = context.entries.length
  await followUp(context, model, sound, batch, loaded, links)
  await recheck(context, model, made, sound, refused, 'change', 'id')
  await tellOf(context, model, made, links, at)
  return made.map(({ change }) => change.id)
}

/** Delete rows, with what depends on them. Throws {@link Refused}. */
export function deleteRows(
  call: WriteCall,
  model: Model,
  ids: readonly number[],
  messages: ReadonlyMap<number, string>,
  allowed: Condition,
  guard?: (row: any) => void,
): Promise<void> {
  return writing(call, context => deleteFrom(context, model, ids, messages, allowed, guard))
}

/** As {@link deleteRows}, in a transaction that is under way. */
export async function deleteFrom(
  context: WriteContext,
  model: Model,
  ids: readonly number[],
  messages: ReadonlyMap<number, string>,
  allowed: Condition,
  guard?: (row: any) => void,
): Promise<void> {
  const rows = await lockRows(context, model, ids, allowed)
  refuseMissing(ids, rows)
  for (const row of rows.values()) guard?.(row)
  const refusals = await removeRows(context, model, [...rows.values()], messages, changes =>
    batchOf(context, model, changes),
  )
  if (refusals.length) throw new Refused(refusals)
}

/** Rows are changed in the order of their model, whatever the order sent: what one leaves free, the next may take. */
async function inOwnOrder({ tx, registry }: WriteContext, model: Model, patches: readonly Patch[]): Promise<Patch[]> {
  const where = { path: 'id', lookup: 'in' as const, value: patches.map(patch => patch.id) }
  const query = { model: model.name, where, order: model.spec.order, page: { limit: null, offset: 0 } }
  const rows = await tx.rows<{ id: number }>(pageStatement(registry, query, ['id']))
  const places = new Map(rows.map(({ id }, at) => [id, at]))
  return [...patches].sort((a, b) => places.get(a.id)! - places.get(b.id)!)
}

async function lockRows(
  context: WriteContext,
  model: Model,
  ids: readonly number[],
  allowed: Condition,
): Promise<Map<number, any>> {
  const where = compileCondition(context.registry, model, 't', allowed)
  const rows = await context.tx.rows<{ id: number }>(
    sql`select t.* from ${sql.table(model.table)} as t where t.id = any(${ids}::bigint[]) and ${where} order by t.id for update of t`,
  )
  return new Map(rows.map(row => [row.id, row]))
}

function refuseMissing(ids: readonly number[], rows: ReadonlyMap<number, any>): void {
  const missing = ids.filter(id => !rows.has(id))
  if (missing.length)
    throw new Refused(
      missing.map(id => ({
        id,
        status: 400 as const,
        faults: { id: [`Object with ID ${id} does not exist`] },
        missing: true,
      })),
    )
}

async function parseAll(context: WriteContext, model: Model, items: readonly unknown[], mode: Mode): Promise<Draft[]> {
  const named: Named[] = []
  const drafts: Draft[] = []
  for (const item of items) drafts.push(await parseItem(context.db, context.registry, model, item, mode, named))
  await resolveNamed(context.tx, context.registry, context.permissions, named)
  await refuseOverlap(context.tx, drafts)
  return drafts
}

function stamp(model: Model, row: Record<string, any>, now: string, isNew: boolean): void {
  if ('created' in model.fields && isNew) row['created'] = now
  if ('last_updated' in model.fields) row['last_updated'] = now
}

async function settleCustomFields({ db }: WriteContext, model: Model, made: readonly Made[]): Promise<void> {
  if (!('custom_fields' in model.fields)) return
  const fields = (await customFieldsOf(db)).get(model.name) ?? []
  for (const { change, draft } of made)
    change.row['custom_fields'] = mergeCustomFields(
      fields,
      change.before?.['custom_fields'] ?? null,
      draft?.values['custom_fields'],
    )
}

/** Every stage of checking, each for all rows; a row that fails one is spared those after it. */
async function checkAll(
  context: WriteContext,
  model: Model,
  made: readonly Made[],
  refs: { found?: Map<string, Map<string, any>> },
  by: 'index' | 'id',
  act: 'add' | 'change',
  links: ReadonlyMap<number, Links> = new Map(),
): Promise<{ batch: Batch; loaded: unknown; sound: readonly Made[]; refused: readonly Refusal[] }> {
  const { tx, registry } = context
  const rules = registry.rules(model.name)
  const sound = () => made.filter(({ change }) => !change.faults.any).map(({ change }) => change)
  pairAnyRefs(model, sound())
  await findAnyRefs(context, model, made)
  await checkUnique(tx, model, sound(), 'value', context.together)
  refs.found = await followRefs(
    context,
    model,
    sound().map(change => change.row),
    rules.refs ?? [],
  )
  if (model.spec.tree) {
    const parents = await rowsById(
      tx,
      model,
      sound().flatMap(change => change.row['parent_id'] ?? []),
    )
    checkTree(sound(), parents)
  }
  const batch = batchOf(context, model, sound())
  const loaded = await rules.load?.(batch)
  for (const change of sound())
    for (const prepare of Object.values(rules.prepare ?? {})) if (!change.faults.any) prepare(change, loaded)
  const checked = sound()
  const customFields = 'custom_fields' in model.fields ? ((await customFieldsOf(context.db)).get(model.name) ?? []) : []
  for (const change of checked) {
    for (const check of Object.values(rules.check ?? {})) {
      check(change, loaded)
      if (change.faults.any) break
    }
    for (const fault of customFieldFaults(customFields, change.row['custom_fields'] ?? {}, context.settings))
      change.fail(null, fault)
  }
  await checkDemands(context, model, made, links)
  await checkUniqueCustomFields(tx, model, customFields, checked)
  await checkUnique(tx, model, checked, 'together', context.together)
  // A rule may say better why it is not for this row to point there.
  await checkUnique(tx, model, sound(), 'reference', context.together)
  await checkTags(
    tx,
    model,
    made.flatMap(({ change, draft }) =>
      draft && !change.faults.any ? [{ faults: change.faults, tags: draft.tags, before: links.get(change.id) }] : [],
    ),
  )
  const refused = made.flatMap(({ change }, at): Refusal[] =>
    change.faults.any ? [refusalOf(change.faults, by === 'index' ? { index: at } : { id: change.id })] : [],
  )
  // The others go on where they may still be denied: that would weigh more than what is wrong with these.
  if (refused.length && (refused.length === made.length || isEverything(context.permissions.granted(act, model))))
    throw new Refused(refused)
  const good = made.filter(({ change }) => !change.faults.any)
  for (const { change } of good) for (const store of Object.values(rules.store ?? {})) store(change, loaded)
  return { batch, loaded, sound: good, refused }
}

/** What administrators demand of objects besides, in CUSTOM_VALIDATORS. */
async function checkDemands(
  context: WriteContext,
  model: Model,
  made: readonly Made[],
  links: ReadonlyMap<number, Links>,
): Promise<void> {
  const demands = demandsOf(context, 'CUSTOM_VALIDATORS', model)
  if (demands.length === 0) return
  const sound = made.filter(({ change }) => !change.faults.any)
  const tags = await tagsToBe(
    context.tx,
    sound.map(({ change, draft }) => ({ tags: draft?.tags, before: links.get(change.id) })),
  )
  const objects = sound.map(({ change }, at): Looked => ({
    row: change.row,
    links: new Map([...(links.get(change.id)?.fields ?? []), ...change.links]),
    tags: tags[at]!,
  }))
  for (const [at, faults] of (await unmetDemands(context, model, demands, objects)).entries())
    for (const fault of faults) sound[at]!.change.fail(null, fault)
}

/** Both halves of a reference to any of several models, or neither. */
function pairAnyRefs(model: Model, changes: readonly MutableChange[]): void {
  for (const [name, field] of Object.entries(model.fields)) {
    if (!isAnyRef(field)) continue
    for (const change of changes) {
      const [type, id] = [change.row[`${name}_type`], change.row[`${name}_id`]]
      if (type && (id === null || id === undefined))
        change.fail(field.options.halfOnWhole ? null : `${name}_id`, 'This field cannot be null.')
      else if (!type && id !== null && id !== undefined) change.fail(`${name}_type`, 'This field cannot be null.')
    }
  }
}

/** An id that came without a type points, as the type that the row has, to a row that exists. */
async function findAnyRefs({ tx, registry }: WriteContext, model: Model, made: readonly Made[]): Promise<void> {
  for (const [name, field] of Object.entries(model.fields)) {
    if (!isAnyRef(field)) continue
    const asked = made.filter(
      ({ change, draft }) =>
        draft &&
        !change.faults.any &&
        change.row[`${name}_type`] &&
        draft.values[`${name}_type`] === undefined &&
        draft.values[`${name}_id`],
    )
    for (const [type, of] of Map.groupBy(asked, ({ change }) => change.row[`${name}_type`] as string)) {
      const ids = of.map(({ change }) => change.row[`${name}_id`] as number)
      const found = await rowsById(tx, registry.model(type), ids)
      for (const [at, { change }] of of.entries())
        if (!found.has(ids[at]!))
          change.fail(`${name}_id`, `Related object not found using the provided value: ${ids[at]}.`)
    }
  }
}

/** Links, tags, counts, trees and the model's own rules, once the rows are in. */
async function followUp(
  context: WriteContext,
  model: Model,
  made: readonly Made[],
  batch: Batch,
  loaded: unknown,
  before: ReadonlyMap<number, Links> = new Map(),
): Promise<void> {
  const { tx, registry } = context
  const changes = made.map(({ change }) => change)
  await writeLinks(tx, registry, model, new Map(changes.map(change => [change.id, change.links])))
  const tags = new Map<number, number[]>()
  for (const { change, draft } of made) {
    const wanted = draft && tagsOf(draft.tags, before.get(change.id))
    if (wanted) tags.set(change.id, wanted)
  }
  await writeTags(tx, model, tags)
  await followCounters(tx, registry, model, changes)
  await followTree(tx, model, changes)
  for (const after of Object.values(registry.rules(model.name).after ?? {})) await after({ ...batch, changes }, loaded)
}

/** Rows must still be within what the writer may act on. */
async function recheck(
  context: WriteContext,
  model: Model,
  made: readonly Made[],
  sound: readonly Made[],
  refused: readonly Refusal[],
  act: 'add' | 'change',
  by: 'index' | 'id',
): Promise<void> {
  const allowed = context.permissions.granted(act, model)
  if (isEverything(allowed)) return
  const where = compileCondition(context.registry, model, 't', allowed ?? { or: [] })
  const rows = await context.tx.rows<{ id: number }>(
    sql`select t.id from ${sql.table(model.table)} as t where t.id = any(${sound.map(({ change }) => change.id)}::bigint[]) and ${where}`,
  )
  const within = new Set(rows.map(row => row.id))
  const checked = new Set(sound)
  const all = made.flatMap((one, at): Refusal[] => {
    const key = by === 'index' ? { index: at } : { id: one.change.id }
    if (!checked.has(one)) return refused.filter(({ index, id }) => index === key.index && id === key.id)
    return within.has(one.change.id) ? [] : [{ ...key, faults: { __all__: [denied] }, status: 403 }]
  })
  if (all.length) throw new Refused(all)
}

/** The search index of rows that were created or changed, and their entries in the change log. */
async function tellOf(
  context: WriteContext,
  model: Model,
  made: readonly Made[],
  before: ReadonlyMap<number, Links>,
  at: number,
  consequence = false,
): Promise<void> {
  const ids = made.map(({ change }) => change.id)
  const logging = featuresOf(model).includes('change_logging')
  const after = logging ? await readLinks(context.tx, context.registry, model, ids) : null
  await forgetRows(context.tx, model, ids)
  // PostgreSQL indexes while the entries are made.
  const indexing = enterRows(context.db, context.tx, context.registry, model, ids)
  await Promise.all([indexing, after && logAll(context, model, made, before, after, at, consequence)])
}

/** Entries of the change log for rows that were created or changed: before those of what followed, which begin `at`. */
async function logAll(
  context: WriteContext,
  model: Model,
  made: readonly Made[],
  before: ReadonlyMap<number, Links>,
  after: ReadonlyMap<number, Links>,
  at: number,
  consequence: boolean,
): Promise<void> {
  const { tx, db } = context
  const changes = made.map(({ change }) => change)
  const numbers = await objectTypeNumbers(db)
  await new Promise(setImmediate)
  const current = model.spec.tree
    ? await rowsById(
        tx,
        model,
        changes.map(change => change.id),
      )
    : null
  const displays = await displaysOf(
    context,
    model,
    changes.map(change => current?.get(change.id) ?? change.row),
  )
  const own: WriteContext['entries'] = []
  for (const { change, draft } of made) {
    const links = after.get(change.id)!
    const row = current?.get(change.id) ?? change.row
    const snapshot = snapshotOf(
      model,
      row,
      links.fields,
      links.tags.map(tag => tag.name),
      numbers,
    )
    const old =
      change.before &&
      snapshotOf(
        model,
        change.before,
        before.get(change.id)?.fields ?? new Map(),
        before.get(change.id)?.tags.map(tag => tag.name) ?? [],
        numbers,
      )
    if (old && context.settings['CHANGELOG_SKIP_EMPTY_CHANGES'] !== false && unchanged(old, snapshot)) continue
    const entry = entryOf(model, change.kind, row, displays.get(change.id)!, old, snapshot, draft?.message ?? '')
    own.push(consequence ? { ...entry, consequence } : entry)
  }
  context.entries.splice(at, 0, ...own)
}

const unchanged = (before: Record<string, unknown>, after: Record<string, unknown>) =>
  Object.keys(after).every(key => key === 'last_updated' || same(before[key], after[key]))

/** What the rules of a model are given. */
export function batchOf(context: WriteContext, model: Model, changes: readonly Change[]): Batch {
  const { tx, registry, settings, author } = context
  return {
    model,
    changes,
    tx,
    registry,
    settings,
    user: author.user,
    together: context.together ?? false,
    returning: context.returning ?? false,
    permissions: context.permissions,
    queue: context.queue ?? null,
    reveal: (id, values) => void context.revealed?.set(`${model.name}:${id}`, values),
    update: (name, rows, as) => updateBeside(context, registry.model(name), rows, as === 'consequence'),
    create: (name, rows, links) => createBeside(context, registry.model(name), rows, links),
    remove: async (name, ids) => {
      const other = registry.model(name)
      const rows = await rowsById(tx, other, ids, true)
      const refusals = await removeRows(context, other, [...rows.values()], new Map(), changes =>
        batchOf(context, other, changes),
      )
      if (refusals.length) throw new Refused(refusals)
    },
    last: (name, work) => void (context.closing.has(name) || context.closing.set(name, work)),
    displays: async (name, ids) =>
      displaysOf(context, registry.model(name), [...(await rowsById(tx, registry.model(name), ids)).values()]),
    rowsOf: (name, ids) =>
      rowsById(
        tx,
        registry.model(name),
        [...ids].filter((id): id is number => Number.isSafeInteger(id)),
      ),
  }
}

/** Change rows that a rule says must follow; they are recorded, and their own rules follow. */
async function updateBeside(
  context: WriteContext,
  model: Model,
  rows: readonly { readonly id: number; readonly [column: string]: unknown }[],
  consequence: boolean,
): Promise<void> {
  const existing = await rowsById(
    context.tx,
    model,
    rows.map(row => row.id),
    true,
  )
  const refs: { found?: Map<string, Map<string, any>> } = {}
  const made = rows.flatMap((row): Made[] => {
    const before = existing.get(row.id)
    if (!before) return []
    const next = { ...before, ...row }
    if (Object.keys(row).every(column => same(before[column], row[column]))) return []
    stamp(model, next, context.now, false)
    return [{ draft: null, change: makeChange(context, model, 'update', row.id, next, before, null, refs) }]
  })
  if (made.length === 0) return
  const rules = context.registry.rules(model.name)
  refs.found = await followRefs(
    context,
    model,
    made.map(({ change }) => change.row),
    rules.refs ?? [],
  )
  const batch = batchOf(
    context,
    model,
    made.map(({ change }) => change),
  )
  const loaded = await rules.load?.(batch)
  for (const { change } of made) for (const store of Object.values(rules.store ?? {})) store(change, loaded)
  const links = await readLinks(
    context.tx,
    context.registry,
    model,
    made.map(({ change }) => change.id),
  )
  await updateRows(
    context.tx,
    model,
    made.map(({ change }) => change),
  )
  const at = context.entries.length
  await followUp(context, model, made, batch, loaded, links)
  await tellOf(context, model, made, links, at, consequence)
}

/** Create rows that a rule says must be; they are recorded, and their own rules follow. */
async function createBeside(
  context: WriteContext,
  model: Model,
  rows: readonly Record<string, unknown>[],
  links: readonly Readonly<Record<string, number[]>>[] = [],
): Promise<number[]> {
  if (rows.length === 0) return []
  const ids = await drawIds(context.tx, model, rows.length)
  const refs: { found?: Map<string, Map<string, any>> } = {}
  const made = rows.map((given, at): Made => {
    const row = { ...emptyRow(model), ...given, id: ids[at]! }
    stamp(model, row, context.now, true)
    const change = makeChange(context, model, 'create', ids[at]!, row, null, null, refs)
    for (const [name, others] of Object.entries(links[at] ?? {})) change.links.set(name, others)
    return { draft: null, change }
  })
  await settleCustomFields(context, model, made)
  const rules = context.registry.rules(model.name)
  refs.found = await followRefs(
    context,
    model,
    made.map(({ change }) => change.row),
    rules.refs ?? [],
  )
  const batch = batchOf(
    context,
    model,
    made.map(({ change }) => change),
  )
  const loaded = await rules.load?.(batch)
  for (const { change } of made) for (const store of Object.values(rules.store ?? {})) store(change, loaded)
  // Of what a client did not send itself, nobody can say which item of the request is to blame.
  await checkDemands(context, model, made, new Map())
  const unmet = made.filter(({ change }) => change.faults.any)
  if (unmet.length) throw new Refused(unmet.map(({ change }) => ({ faults: change.faults.map, status: 400 })))
  await insertRows(
    context.tx,
    model,
    made.map(({ change }) => change.row),
  )
  const at = context.entries.length
  await followUp(context, model, made, batch, loaded)
  await tellOf(context, model, made, new Map(), at)
  return ids
}
