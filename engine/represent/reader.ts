import { sql, type RawBuilder } from 'kysely'
import type { CustomFields } from '../customfield/index.ts'
import type { Database } from '../database/index.ts'
import type { Shape } from '../field/index.ts'
import { isAnyRef, isRef, type Load, type Model, type Registry } from '../model/index.ts'
import { displayColumns, displayRefs, planOf, type Plan, type Wanted } from './output.ts'

/** What a request has read so far, and the texts made of it. */
export interface Reader {
  /** Start of absolute addresses. */
  readonly origin: string
  /** The JSON text of a row of another model; `null` where it is gone. */
  readonly text: (model: Model, id: number, shape: Shape) => string
  /** The display text of a row that has been read. */
  readonly display: (model: Model, row: any) => string
  /** The value of a further read, by its name and the row's id. */
  readonly loaded: (model: Model, name: string, id: number) => unknown
  readonly customFields: (model: Model, row: any) => string
  readonly customFieldRefs: (model: Model, row: any) => readonly Wanted[]
}

export interface ReaderOptions {
  readonly db: Database
  readonly registry: Registry
  readonly origin: string
  readonly customFields: CustomFields
}

/** A level of reads that go into one statement. */
interface Ask {
  readonly ids: Set<number>
  readonly select: (ids: RawBuilder<number[]>) => RawBuilder<unknown>
  readonly take: (id: number, value: any) => void
}

/**
 * The JSON texts of rows of a model. What their keys refer to is read level by level, each level in one statement for
 * all rows and all models together, so the number of statements depends on how deep the shape is, never on the rows.
 */
export async function representRows(
  { db, registry, origin, customFields }: ReaderOptions,
  plan: Plan,
  rows: readonly any[],
): Promise<string[]> {
  /** Rows of other models by model, plan and id. */
  const nested = new Map<Plan, Map<number, any>>()
  const displays = new Map<Model, Map<number, any>>()
  const loads = new Map<Model, Map<string, Map<number, unknown>>>()
  const texts = new Map<Plan, Map<number, string>>()

  const reader: Reader = {
    origin,
    text(model, id, shape) {
      const plan = planOf(registry, model, shape, true)
      const cache = texts.get(plan) ?? new Map<number, string>()
      texts.set(plan, cache)
      const known = cache.get(id)
      if (known !== undefined) return known
      const row = nested.get(plan)?.get(id)
      const text = row ? write(plan, row) : 'null'
      cache.set(id, text)
      return text
    },
    display(model, row) {
      const { from, as, when } = model.spec.display
      const named = from.filter(
        name => model.fields[name] && (isRef(model.fields[name]!) || isAnyRef(model.fields[name]!)),
      )
      if (named.length === 0 || (when && !when(row))) return as(row)
      const copy = { ...row }
      for (const name of named) {
        const field = model.fields[name]!
        const to = isRef(field) ? registry.model(field.to) : registry.models.get(row[`${name}_type`])
        const id = row[`${name}_id`]
        const other = to && id !== null && id !== undefined ? displays.get(to)?.get(id) : undefined
        copy[name] = other && to ? reader.display(to, other) : ''
      }
      return as(copy)
    },
    loaded: (model, name, id) => loads.get(model)?.get(name)?.get(id),
    customFields: (model, row) => customFields.write(model, row, reader),
    customFieldRefs: (model, row) => customFields.refs(model, row),
  }
  const write = (plan: Plan, row: any) =>
    `{${plan.outputs.map(output => `"${output.key}":${output.write(row, reader)}`).join()}}`

  /** Rows read at the level before, which still have to say what they need. */
  let loadQueue: [Plan, readonly any[]][] = [[plan, rows]]
  let refQueue: [Plan, readonly any[]][] = []
  while (loadQueue.length || refQueue.length) {
    const asks = new Map<string, Ask>()
    const read: [Plan, any[]][] = []
    const ask = (key: string, id: number, select: Ask['select'], take: Ask['take']) => {
      const known = asks.get(key) ?? { ids: new Set<number>(), select, take }
      asks.set(key, known)
      known.ids.add(id)
    }
    const want = ({ model, id, shape }: Wanted) => {
      const cache = shape ? nested : displays
      const plan = shape ? planOf(registry, model, shape, true) : model
      const known: Map<number, any> = (cache as Map<any, any>).get(plan) ?? new Map<number, any>()
      ;(cache as Map<any, any>).set(plan, known)
      if (known.has(id)) return
      known.set(id, null)
      const columns = shape ? (plan as Plan).columns : ['id', ...displayColumns(model)]
      const found: any[] = []
      const key = `${model.name} ${JSON.stringify(shape)}`
      if (!asks.has(key)) read.push([shape ? (plan as Plan) : displayPlan(registry, model), found])
      ask(
        key,
        id,
        ids =>
          sql`select id, json_build_array(${sql.join(columns.map(column => sql.ref(column)))}) as value from ${sql.table(model.table)} where id = any(${ids})`,
        (id, values: unknown[]) => {
          const row = Object.fromEntries(columns.map((column, at) => [column, values[at]]))
          known.set(id, row)
          found.push(row)
        },
      )
    }
    const needsLoads = (plan: Plan) => plan.outputs.some(output => output.loads?.length)
    const later: [Plan, readonly any[]][] = []
    for (const [plan, rows] of loadQueue) {
      if (rows.length === 0) continue
      if (!needsLoads(plan)) {
        refQueue.push([plan, rows])
        continue
      }
      later.push([plan, rows])
      for (const output of plan.outputs) {
        for (const { name, load } of output.loads ?? []) {
          const byName = loads.get(plan.model) ?? new Map<string, Map<number, unknown>>()
          loads.set(plan.model, byName)
          const values = byName.get(name) ?? new Map<number, unknown>()
          byName.set(name, values)
          for (const row of rows)
            if (!values.has(row.id))
              ask(`${plan.model.name} ${name}`, row.id, load, (id, value) => values.set(id, value))
        }
      }
      // What needs no further read can be followed at once.
      for (const output of plan.outputs)
        if (output.refs && !output.loads?.length) for (const row of rows) output.refs(row, reader).forEach(want)
    }
    for (const [plan, rows] of refQueue)
      for (const output of plan.outputs) if (output.refs) for (const row of rows) output.refs(row, reader).forEach(want)
    if (asks.size) await fetchAll(db, [...asks.values()])
    loadQueue = read
    refQueue = later
  }
  return rows.map(row => write(plan, row))
}

/** A plan of which only the display text is wanted. */
const displayPlan = (registry: Registry, model: Model): Plan => ({
  model,
  columns: displayColumns(model),
  display: true,
  outputs: [{ key: 'display', columns: [], refs: row => displayRefs(registry, model, row), write: () => '' }],
})

/** All reads of one level in one statement. */
async function fetchAll(db: Database, asks: readonly Ask[]): Promise<void> {
  const parts = asks.map(({ ids, select }, at) => {
    const inner = select(sql`${[...ids]}::bigint[]`)
    return sql`select ${sql.lit(at)}::int as at, part.id::bigint as id, part.value::json as value from (${inner}) as part`
  })
  const rows = await db.rows<{ at: number; id: number; value: unknown }>(sql`${sql.join(parts, sql` union all `)}`, {
    named: true,
  })
  for (const { at, id, value } of rows) asks[at]!.take(id, value)
}

export type { Load }
