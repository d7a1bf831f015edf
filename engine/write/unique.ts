import { sql, type RawBuilder } from 'kysely'
import { textOf, type Transaction } from '../database/index.ts'
import { columnOf, type Change, type Model } from '../model/index.ts'
import { quote } from '../schema/index.ts'
import { ownColumns } from './row.ts'

/** Columns that may not repeat together, as the models say it. */
interface Constraint {
  readonly terms: readonly Term[]
  /** SQL that says which rows it holds for. */
  readonly where?: string
  /** Nulls are equal to each other. */
  readonly nullsSame: boolean
  readonly message: string
  /** The key it is reported on; the object as a whole where null. */
  readonly key: string | null
  /** Columns that the terms and the condition read. */
  readonly columns: readonly string[]
}

interface Term {
  readonly column: string
  readonly lower: boolean
}

const known = new WeakMap<Model, readonly Constraint[]>()

/** Every constraint of uniqueness of a model: of single columns, and of several together. */
function constraintsOf(model: Model): readonly Constraint[] {
  const cached = known.get(model)
  if (cached) return cached
  const own = ownColumns(model)
  const label = model.spec.label
  const single = own
    .filter(({ field, name, key }) => field.options.unique && name === columnOf(key, field))
    .map(({ name, key, field }): Constraint => ({
      terms: [{ column: name, lower: false }],
      nullsSame: false,
      message: `${label} with this ${field.options.label ?? key.replaceAll('_', ' ')} already exists.`,
      key,
      columns: [name],
    }))
  const together = (model.spec.unique ?? []).map((unique): Constraint => {
    const spec = 'columns' in unique ? unique : { columns: unique }
    const terms = spec.columns.map((text): Term => {
      const lowered = /^lower\((\w+)\)$/i.exec(text)?.[1]
      const name = lowered ?? text
      return { column: model.fields[name] ? columnOf(name, model.fields[name]!) : name, lower: Boolean(lowered) }
    })
    const conditional = spec.where
      ? own.map(column => column.name).filter(name => new RegExp(`\\b${name}\\b`).test(spec.where!))
      : []
    const names = spec.columns.map(text =>
      text
        .replace(/^lower\((\w+)\)$/i, '$1')
        .replace(/_id$/, '')
        .replaceAll('_', ' ')
        .replace(/^[a-z]/, letter => letter.toUpperCase()),
    )
    return {
      terms,
      nullsSame: spec.nulls === 'same',
      message:
        spec.message ??
        `${label.charAt(0).toUpperCase()}${label.slice(1)} with this ${names.slice(0, -1).join(', ')} and ${names.at(-1)} already exists.`,
      key: null,
      columns: [...new Set([...terms.map(term => term.column), ...conditional])],
      ...(spec.where && { where: spec.where }),
    }
  })
  const all = [...single, ...together]
  known.set(model, all)
  return all
}

/**
 * Object to rows that repeat what may not repeat: in the table, or among those before them in the request. `which` says
 * whether constraints of single columns are meant, or of several. What rows had that change `together` counts no more.
 * One statement.
 */
export async function checkUnique(
  tx: Transaction,
  model: Model,
  changes: readonly Change[],
  which: 'single' | 'together',
  together = false,
): Promise<void> {
  const constraints = constraintsOf(model).filter(constraint => (constraint.key !== null) === (which === 'single'))
  const types = new Map(ownColumns(model).map(column => [column.name, column.type]))
  const parts: RawBuilder<unknown>[] = []
  for (const [at, constraint] of constraints.entries()) {
    const { terms, nullsSame, columns, where, key, message } = constraint
    const concerned = changes.flatMap((change, n) =>
      change.changed(...columns) && (nullsSame || terms.every(term => change.row[term.column] !== null))
        ? [{ change, n }]
        : [],
    )
    if (concerned.length === 0) continue
    if (!where) {
      const seen = new Map<string, number>()
      for (const { change } of concerned) {
        const value = JSON.stringify(
          terms.map(({ column, lower }) =>
            lower ? String(change.row[column] ?? '').toLowerCase() : change.row[column],
          ),
        )
        if (seen.has(value)) change.fail(key, message)
        else seen.set(value, change.id)
      }
    }
    const names = columns.map(column => `v_${column}`)
    const given = (column: string) => `v.v_${column}::${types.get(column)}`
    const conditions = where
      ? [qualify(where, columns, column => `t.${quote(column)}`), qualify(where, columns, given)]
      : []
    // Each pattern of nulls is asked for on its own: `is null` and `=` find their rows by the index.
    for (const alike of Map.groupBy(concerned, ({ change }) => nullsOf(terms, change)).values()) {
      const lists = columns.map(
        column => sql`${alike.map(({ change }) => textOf(change.row[column], types.get(column)!))}::text[]`,
      )
      const equal = terms.map(({ column, lower }) =>
        isNull(alike[0]!.change, column)
          ? `t.${quote(column)} is null`
          : lower
            ? `lower(t.${quote(column)}) = lower(${given(column)})`
            : `t.${quote(column)} = ${given(column)}`,
      )
      parts.push(sql`
        select ${sql.lit(at)}::int as at, v.n from unnest(${sql.join([...lists, sql`${alike.map(({ change }) => change.id)}::bigint[]`, sql`${alike.map(({ n }) => n)}::int[]`])}) as v(${sql.raw([...names, 'id', 'n'].join(', '))})
        where exists (
          select from ${sql.table(model.table)} as t
          where t.id <> v.id and ${sql.raw([...equal, ...conditions].join(' and '))}
          and not exists (select from unnest(${changes.map(change => change.id)}::bigint[], ${changes.map((_, n) => n)}::int[]) as other(id, n) where other.id = t.id and ${together ? sql`true` : sql`other.n < v.n`})
        )`)
    }
  }
  if (parts.length === 0) return
  const rows = await tx.rows<{ at: number; n: number }>(sql`${sql.join(parts, sql` union all `)}`)
  for (const { at, n } of rows) {
    const { key, message } = constraints[at]!
    changes[n]!.fail(key, message)
  }
}

const isNull = (change: Change, column: string) => (change.row[column] ?? null) === null

/** Which of a constraint's columns a row leaves empty. */
const nullsOf = (terms: readonly Term[], change: Change) =>
  terms.map(({ column }) => Number(isNull(change, column))).join('')

/**
 * Empty, of each constraint on several columns that rows change under, one that changes and may be null: on the way to
 * what the rows will be, none stands in the place of another. One statement, or none.
 */
export async function vacate(tx: Transaction, model: Model, changes: readonly Change[]): Promise<void> {
  const nullable = new Set(ownColumns(model).flatMap(({ name, field }) => (field.options.nullable ? name : [])))
  const emptied = new Map<string, readonly number[]>()
  for (const { key, where, nullsSame, columns } of constraintsOf(model)) {
    const moving = changes.filter(change => change.changed(...columns))
    const column = columns.find(name => nullable.has(name) && moving.some(change => change.changed(name)))
    if (key === null && !where && !nullsSame && column && moving.length > 1)
      emptied.set(
        column,
        moving.map(({ id }) => id),
      )
  }
  if (emptied.size === 0) return
  const set = [...emptied].map(
    ([column, ids]) =>
      sql`${sql.ref(column)} = case when id = any(${ids}::bigint[]) then null else ${sql.ref(column)} end`,
  )
  const all = [...new Set([...emptied.values()].flat())]
  await tx.rows(sql`update ${sql.table(model.table)} set ${sql.join(set)} where id = any(${all}::bigint[])`)
}

/** A condition on columns, with each of them replaced. */
const qualify = (where: string, columns: readonly string[], name: (column: string) => string) =>
  columns.reduce(
    (text, column) => text.replace(new RegExp(`(?<![.\\w])${column}(?!\\w)`, 'g'), name(column)),
    `(${where})`,
  )
