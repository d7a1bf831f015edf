import { sql, type RawBuilder } from 'kysely'
import type { CustomFields } from '../customfield/index.ts'
import type { Database } from '../database/index.ts'
import type { Shape } from '../field/index.ts'
import { isAnyRef, isRef, type Model, type Registry } from '../model/index.ts'
import { displayOutput, planOf, type Plan, type Wanted } from './output.ts'

/** What a request has read so far, and the texts made of it. */
export interface Reader {
  /** Start of absolute addresses. */
  readonly origin: string
  /** What an administrator has set. */
  readonly settings: Readonly<Record<string, unknown>>
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
  readonly db: Pick<Database, 'query' | 'kysely'>
  readonly registry: Registry
  readonly origin: string
  readonly settings?: Readonly<Record<string, unknown>>
  readonly customFields: CustomFields
}

/** A level of reads that go into one statement. */
interface Ask {
  readonly ids: Set<number>
  /** Reads of one kind have the same SQL. */
  readonly kind: object
  readonly select: (ids: RawBuilder<number[]>) => RawBuilder<unknown>
  readonly take: (id: number, value: any) => void
}

/**
 * The JSON texts of rows of a model. What their keys refer to is read level by level, each level in one statement for
 * all rows and all models together, so the number of statements depends on how deep the shape is, never on the rows.
 */
export async function representRows(
  { db, registry, origin, settings = {}, customFields }: ReaderOptions,
  plan: Plan,
  rows: readonly any[],
): Promise<string[]> {
  /** Rows of other models by model, plan and id. */
  const nested = new Map<object, Map<number, any>>()
  const displays = new Map<object, Map<number, any>>()
  const loads = new Map<Model, Map<string, Map<number, unknown>>>()
  const texts = new Map<Plan, Map<number, string>>()

  const reader: Reader = {
    origin,
    settings,
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
      const { from, as, when, load } = model.spec.display
      const loaded = load ? loads.get(model)?.get('display')?.get(row.id) : undefined
      const named = from.filter(
        name => model.fields[name] && (isRef(model.fields[name]!) || isAnyRef(model.fields[name]!)),
      )
      if (named.length === 0 || (when && !when(row))) return as(row, loaded)
      const copy = { ...row }
      for (const name of named) {
        const field = model.fields[name]!
        const to = isRef(field) ? registry.model(field.to) : registry.models.get(row[`${name}_type`])
        const id = row[`${name}_id`]
        const other = to && id !== null && id !== undefined ? displays.get(to)?.get(id) : undefined
        copy[name] = other && to ? reader.display(to, other) : ''
      }
      return as(copy, loaded)
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
    /** Reads of this level, by what they fill: rows of a plan, display texts of a model, or values of a load. */
    const asks = new Map<object, Ask>()
    const read: [Plan, any[]][] = []
    const ask = (filled: object, id: number, make: () => Omit<Ask, 'ids'>) => {
      let known = asks.get(filled)
      if (!known) asks.set(filled, (known = { ids: new Set<number>(), ...make() }))
      known.ids.add(id)
    }
    const want = ({ model, id, shape }: Wanted) => {
      const plan = shape ? planOf(registry, model, shape, true) : displayPlan(registry, model)
      const cache: Map<object, Map<number, any>> = shape ? nested : displays
      const kept = shape ? plan : model
      const known = cache.get(kept) ?? new Map<number, any>()
      cache.set(kept, known)
      if (known.has(id)) return
      known.set(id, null)
      ask(known, id, () => {
        const { columns } = plan
        const found: any[] = []
        read.push([plan, found])
        return {
          kind: plan,
          select: ids =>
            sql`select id, json_build_array(${sql.join(columns.map(column => sql.ref(column)))}) as value from ${sql.table(model.table)} where id = any(${ids})`,
          take: (id, values: unknown[]) => {
            const row = Object.fromEntries(columns.map((column, at) => [column, values[at]]))
            known.set(id, row)
            found.push(row)
          },
        }
      })
    }
    const later: [Plan, readonly any[]][] = []
    for (const [plan, rows] of loadQueue) {
      if (rows.length === 0) continue
      if (!plan.outputs.some(output => output.loads?.length)) {
        refQueue.push([plan, rows])
        continue
      }
      later.push([plan, rows])
      for (const output of plan.outputs) {
        for (const { name, load, when } of output.loads ?? []) {
          const byName = loads.get(plan.model) ?? new Map<string, Map<number, unknown>>()
          loads.set(plan.model, byName)
          const values = byName.get(name) ?? new Map<number, unknown>()
          byName.set(name, values)
          for (const row of rows) {
            if (values.has(row.id) || (when && !when(row))) continue
            ask(values, row.id, () => ({ kind: load, select: load, take: (id, value) => values.set(id, value) }))
          }
        }
        // What needs no further read can be followed at once.
        if (output.refs && !output.loads?.length) for (const row of rows) output.refs(row, reader).forEach(want)
      }
    }
    for (const [plan, rows] of refQueue)
      for (const output of plan.outputs) if (output.refs) for (const row of rows) output.refs(row, reader).forEach(want)
    if (asks.size) await fetchAll(db, [...asks.values()])
    loadQueue = read
    refQueue = later
  }
  return rows.map(row => write(plan, row))
}

const displayPlans = new WeakMap<Model, Plan>()

/** A plan of which only the display text is wanted. */
function displayPlan(registry: Registry, model: Model): Plan {
  const known = displayPlans.get(model)
  if (known) return known
  const output = displayOutput(registry, model)
  const plan: Plan = { model, columns: ['id', ...output.columns], display: true, outputs: [output] }
  displayPlans.set(model, plan)
  return plan
}

/** The SQL of a read, compiled once: its text around the places of the ids, and its parameters. */
interface Compiled {
  readonly pieces: readonly string[]
  readonly parameters: readonly unknown[]
}

const compiled = new WeakMap<object, Compiled>()
const idsMark = '/*ids*/'

function compile(db: Pick<Database, 'kysely'>, { kind, select }: Ask): Compiled {
  const known = compiled.get(kind)
  if (known) return known
  const { sql: text, parameters } = select(sql.raw(idsMark)).compile(db.kysely)
  const made: Compiled = { pieces: text.split(idsMark), parameters }
  compiled.set(kind, made)
  return made
}

/**
 * All reads of one level in one statement. A single id is sent as such: PostgreSQL takes an array whose length it does not
 * know for ten ids, and would rather plan the statement anew each time than do as if there were so many.
 */
async function fetchAll(db: Pick<Database, 'query' | 'kysely'>, asks: readonly Ask[]): Promise<void> {
  const few = asks.reduce((sum, { ids }) => sum + ids.size, 0) <= 2 * asks.length
  const values: unknown[] = []
  const parts = asks.map((ask, at) => {
    const { pieces, parameters } = compile(db, ask)
    const offset = values.length
    const single = few && ask.ids.size === 1
    values.push(...parameters, single ? [...ask.ids][0] : [...ask.ids])
    const ids = single ? `array[$${values.length}::bigint]` : `$${values.length}::bigint[]`
    const text = pieces.map(piece => piece.replace(/\$(\d+)/g, (_, number) => `$${Number(number) + offset}`)).join(ids)
    return `select ${at}::int as at, part.id::bigint as id, part.value::json as value from (${text}) as part`
  })
  const rows = await db.query<{ at: number; id: number; value: unknown }>(parts.join(' union all '), values)
  for (const { at, id, value } of rows) asks[at]!.take(id, value)
}
