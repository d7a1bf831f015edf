import type { Entry } from '../changelog/record.ts'
import { customFieldsOf, customFieldWriter } from '../customfield/index.ts'
import type { Shape } from '../field/index.ts'
import type { Model } from '../model/index.ts'
import { pageStatement } from '../query/index.ts'
import { keysOf, planOf, representRows } from '../represent/index.ts'
import type { WriteContext } from '../write/context.ts'
import { enabledRules } from './enabled.ts'
import { followRules, type Event } from './follow.ts'
import { happeningsOf, type Happening } from './happening.ts'

/** What webhooks call what became of an object. */
const verbs = { object_created: 'created', object_updated: 'updated', object_deleted: 'deleted' } as const

/** Follow the event rules that what was written in a transaction calls for, as part of it. Costs nothing where there are none. */
export async function dispatchEvents(context: WriteContext, entries: readonly Entry[]): Promise<void> {
  const rules = await enabledRules(context.db)
  if (rules.size === 0) return
  const rulesFor = ({ model, type }: Happening) =>
    (rules.get(model.name) ?? []).filter(rule => rule.event_types.includes(type))
  const watched = happeningsOf(entries).flatMap(happening => {
    const some = rulesFor(happening)
    return some.length ? [[happening, some] as const] : []
  })
  if (watched.length === 0) return
  const shown = new Map<string, Event['data']>(context.departed)
  const there = watched.filter(([{ type }]) => type !== 'object_deleted')
  for (const [model, some] of Map.groupBy(there, ([happening]) => happening.model))
    for (const [id, data] of await representAll(
      context,
      model,
      some.map(([{ id }]) => id),
    ))
      shown.set(`${model.name}:${id}`, data)
  const events = watched.map(([{ model, id, display, type, snapshots }, some]) => {
    const data = shown.get(`${model.name}:${id}`) ?? {}
    const about = { model: model.name, id, display }
    return [{ type, verb: verbs[type], objectType: model.name, about, data, snapshots }, some] as const
  })
  const { db, tx, queue, settings, author, request, now } = context
  await followRules(
    {
      db,
      tx,
      settings,
      now,
      queue: queue ?? null,
      user: author.user,
      request: request ? { id: author.requestId, ...request, user: author.user?.username ?? '' } : null,
    },
    events,
  )
}

/** Keep what rows look like that are about to go, where a rule watches for that. */
export async function keepDeparting(context: WriteContext, model: Model, ids: readonly number[]): Promise<void> {
  const rules = (await enabledRules(context.db)).get(model.name)
  if (!rules?.some(rule => rule.event_types.includes('object_deleted'))) return
  for (const [id, data] of await representAll(context, model, ids)) context.departed.set(`${model.name}:${id}`, data)
}

const shapes = new WeakMap<Model, Shape>()

/** Objects as the REST interface shows them, with relative addresses, by id. */
async function representAll(
  { db, tx, registry, settings }: WriteContext,
  model: Model,
  ids: readonly number[],
): Promise<Map<number, Event['data']>> {
  let shape = shapes.get(model)
  if (!shape) shapes.set(model, (shape = keysOf(model)))
  const plan = planOf(registry, model, shape, false)
  const where = { path: 'id', lookup: 'in' as const, value: ids }
  const query = { model: model.name, where, order: [], page: { limit: null, offset: 0 } }
  const rows = await tx.rows<{ id: number }>(pageStatement(registry, query, plan.columns))
  const customFields = customFieldWriter(registry, await customFieldsOf(db))
  const texts = await representRows({ db: tx, registry, origin: '', settings, customFields }, plan, rows)
  return new Map(rows.map((row, at) => [row.id, JSON.parse(texts[at]!) as Event['data']]))
}
