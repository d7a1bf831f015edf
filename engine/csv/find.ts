import { sql } from 'kysely'
import type { Transaction } from '../database/index.ts'
import { columnOf, type Model, type Registry } from '../model/index.ts'
import type { Permissions } from '../permission/index.ts'
import { compileCondition, everything } from '../query/index.ts'

/** A row of another model that a cell names. */
export interface Wanted {
  readonly to: Model
  readonly by: string
  readonly text: string
  /** Columns of the other row, and what they must be. */
  readonly within: Readonly<Record<string, number>>
  /** What columns may be besides, where no row is found so. */
  readonly also: Readonly<Record<string, readonly (number | null)[]>>
  /** The rows that may be meant, where not all may. */
  readonly among?: ReadonlySet<number>
  /** No row elsewhere is meant, even if it is the only one of that name. */
  readonly strict: boolean
  /** Found whether or not the caller may view it. */
  readonly open: boolean
  /** Named in a list: all rows of the name are meant, not one. */
  readonly all: boolean
  /** Given each id, or null and why there is none. */
  readonly take: (id: number | null, fault?: string) => void
}

/** Find the rows that cells name among those the caller may view; one statement for each model and way of naming. */
export async function findRows(
  tx: Transaction,
  registry: Registry,
  permissions: Permissions,
  wanted: readonly Wanted[],
): Promise<void> {
  for (const group of Map.groupBy(wanted, one => `${one.to.name} ${one.by} ${one.open}`).values()) {
    const { to, by, open } = group[0]!
    const allowed = open ? everything : permissions.constrain('view', to)
    const columns = [...new Set(group.flatMap(one => Object.keys(one.within)))]
    const texts = [...new Set(group.map(one => one.text))]
    const found = allowed ? await rowsNamed(tx, registry, to, by, texts, columns, allowed) : []
    const byText = Map.groupBy(found, row => row['named'] as string)
    for (const { text, within, also, among, strict, all: every, take } of group) {
      const all = (byText.get(text) ?? []).filter(row => !among || among.has(row['id'] as number))
      const exact = all.filter(row => Object.entries(within).every(([column, id]) => row[column] === id))
      const narrowed = exact.length
        ? exact
        : all.filter(row =>
            Object.entries(within).every(
              ([column, id]) => row[column] === id || also[column]?.includes(row[column] as number | null),
            ),
          )
      // Where nothing lies within, a name that only one row has still says which is meant; the rules may refuse it.
      const rows = narrowed.length || strict ? narrowed : all
      if (rows.length === 1 || (every && rows.length)) for (const row of rows) take(row['id'] as number)
      else if (narrowed.length > 1)
        take(null, `"${text}" is not a unique value for this field; multiple objects were found`)
      else take(null, `Object not found: ${text}`)
    }
  }
}

async function rowsNamed(
  tx: Transaction,
  registry: Registry,
  to: Model,
  by: string,
  texts: readonly string[],
  columns: readonly string[],
  allowed: Parameters<typeof compileCondition>[3],
): Promise<Record<string, unknown>[]> {
  const field = to.fields[by]
  const column = by === 'id' ? 'id' : columnOf(by, field!)
  const type = by === 'id' ? 'bigint' : field!.column!.type
  const own = sql.ref(`t.${column}`)
  const numeric = /^(big|small)?int/.test(type)
  const values = numeric ? texts.filter(text => /^\d{1,18}$/.test(text)) : texts
  const is = numeric
    ? sql`${own} = any(${values}::bigint[])`
    : /char|text/.test(type)
      ? sql`${own} = any(${values}::text[])`
      : sql`${own}::text = any(${values}::text[])`
  const extra = columns.map(name => sql`, ${sql.ref(`t.${name}`)}`)
  return tx.rows(
    sql`select t.id, ${own}::text as named ${sql.join(extra, sql` `)} from ${sql.table(to.table)} as t where ${is} and ${compileCondition(registry, to, 't', allowed)}`,
  )
}
