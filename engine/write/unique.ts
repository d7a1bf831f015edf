import { sql, type RawBuilder } from 'kysely'
import { textOf, type Transaction } from '../database/index.ts'
import { columnOf, isRef, type Change, type Model } from '../model/index.ts'
import { quote } from '../schema/index.ts'
import { ownColumns } from './row.ts'

/** What may not repeat: one value, several together, or the row that a reference points to. */
export type Uniqueness = 'value' | 'together' | 'reference'

/** Columns that may not repeat together, as the models say it. */
interface Constraint {
  readonly kind: Uniqueness
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
      kind: isRef(field) ? 'reference' : 'value',
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
        .replace(/^_|_id$/g, '')
        .replaceAll('_', ' ')
        .replace(/^[a-z]/, letter => letter.toUpperCase()),
    )
    return {
      kind: 'together',
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
 * Object to rows that repeat what may not repeat: in the table, or among those before them in the request. What rows had
 * that change `together` counts no more. One statement.
 */
export async function checkUnique(
  tx: Transaction,
  model: Model,
  changes: readonly Change[],
  which: Uniqueness,
  together = false,
): Promise<void> {
  const constraints = constraintsOf(model).filter(constraint => constraint.kind === which)
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
    const given = (column: string, of = 'v') => `${of}.v_${column}::${types.get(column)}`
    const conditions = where
      ? [qualify(where, columns, column => `t.${quote(column)}`), qualify(where, columns, column => given(column))]
      : []
    // Each pattern of nulls is asked for on its own: `is null` and `=` find their rows by the index.
    for (const alike of Map.groupBy(concerned, ({ change }) => nullsOf(terms, change)).values()) {
      const lists = columns.map(
        column => sql`${alike.map(({ change }) => textOf(change.row[column], types.get(column)!))}::text[]`,
      )
      const rowsAs = (alias: string) =>
        sql`unnest(${sql.join([...lists, sql`${alike.map(({ change }) => change.id)}::bigint[]`, sql`${alike.map(({ n }) => n)}::int[]`])}) as ${sql.raw(`${alias}(${[...names, 'id', 'n'].join(', ')})`)}`
      const equalTo = (other: (column: string) => string) =>
        terms.map(({ column, lower }) =>
          isNull(alike[0]!.change, column)
            ? `${other(column)} is null`
            : lower
              ? `lower(${other(column)}) = lower(${given(column)})`
              : `${other(column)} = ${given(column)}`,
        )
      parts.push(sql`
        select ${sql.lit(at)}::int as at, v.n from ${rowsAs('v')}
        where exists (
          select from ${sql.table(model.table)} as t
          where t.id <> v.id and ${sql.raw([...equalTo(column => `t.${quote(column)}`), ...conditions].join(' and '))}
          and not exists (select from unnest(${changes.map(change => change.id)}::bigint[], ${changes.map((_, n) => n)}::int[]) as other(id, n) where other.id = t.id and ${together ? sql`true` : sql`other.n < v.n`})
        )`)
      // Which rows of a request a condition holds for, PostgreSQL has to say.
      if (where && alike.length > 1)
        parts.push(sql`
          select ${sql.lit(at)}::int as at, v.n from ${rowsAs('v')}
          where ${sql.raw(qualify(where, columns, column => given(column)))} and exists (
            select from ${rowsAs('o')}
            where o.n < v.n and ${sql.raw([...equalTo(column => given(column, 'o')), qualify(where, columns, column => given(column, 'o'))].join(' and '))}
          )`)
    }
  }
  if (parts.length === 0) return
  const rows = await tx.rows<{ at: number; n: number }>(sql`${sql.join(parts, sql` union all `)}`)
  const told = new Set<string>()
  for (const { at, n } of rows) {
    if (told.has(`${at} ${n}`)) continue
    told.add(`${at} ${n}`)
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
