import type { Database } from '../database/index.ts'

/** An event rule, as far as it is needed to follow it. */
export interface ActiveRule {
  readonly id: number
  readonly name: string
  readonly object_types: readonly string[]
  readonly event_types: readonly string[]
  readonly conditions: unknown
  readonly action_type: string
  readonly action_object_id: number | null
  readonly action_data: Readonly<Record<string, unknown>> | null
  /** What the object that it acts by is called, where that is there. */
  readonly target: string | null
}

/** Rules that are enabled, by the type of object that they watch. */
type RulesByModel = ReadonlyMap<string, readonly ActiveRule[]>

const caches = new WeakMap<Database, { value?: Promise<RulesByModel> }>()
const tables = ['extras_eventrule', 'extras_webhook', 'extras_notificationgroup']

/** The event rules that are enabled; read once, and again after one has changed. */
export function enabledRules(db: Database): Promise<RulesByModel> {
  let cache = caches.get(db)
  if (!cache) {
    const created: { value?: Promise<RulesByModel> } = {}
    caches.set(db, (cache = created))
    db.onChange(table => {
      if (table === null || tables.includes(table)) delete created.value
    })
  }
  if (!cache.value) {
    const reading = read(db)
    cache.value = reading
    reading.catch(() => delete cache.value)
  }
  return cache.value
}

async function read(db: Database): Promise<RulesByModel> {
  const rules = await db.query<ActiveRule>(
    `select r.id, r.name, r.object_types, r.event_types, r.conditions, r.action_type, r.action_object_id, r.action_data,
       coalesce(w.name, g.name) as target
     from extras_eventrule as r
     left join extras_webhook as w on r.action_object_type = 'extras.webhook' and w.id = r.action_object_id
     left join extras_notificationgroup as g on r.action_object_type = 'extras.notificationgroup' and g.id = r.action_object_id
     where r.enabled order by r.name`,
    [],
  )
  const byModel = new Map<string, ActiveRule[]>()
  for (const rule of rules)
    for (const model of rule.object_types) byModel.set(model, [...(byModel.get(model) ?? []), rule])
  return byModel
}
