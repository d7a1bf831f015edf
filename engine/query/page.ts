import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database/index.ts'
import type { Model, Order, Registry } from '../model/index.ts'
import { compileCondition } from './compile.ts'
import { compileOrder } from './order.ts'
import type { Condition, Query } from './query.ts'
import { isEverything, totalOf } from './total.ts'

/** A row as the database gives it, one property per column. */
export type AnyRow = Readonly<Record<string, any>> & { readonly id: number }

/** Rows to pass over from which on it is worth looking up their ids first. */
const deep = 1000

/** The statement that reads one page of a model: the bare table, with joins for the order alone. */
export function pageStatement(registry: Registry, query: Query, columns: readonly string[]): RawBuilder<AnyRow> {
  const model = registry.model(query.model)
  const selected = columns.includes('*') ? sql`t.*` : sql.join(columns.map(column => sql.ref(`t.${column}`)))
  const cursor: Condition[] = 'start' in query.page ? [{ path: 'id', lookup: 'gte', value: query.page.start }] : []
  const where = compileCondition(registry, model, 't', { and: [query.where, ...cursor] })
  const { joins, terms } =
    'start' in query.page ? { joins: [], terms: [sql`t.id`] } : compileOrder(registry, model, 't', query.order)
  const from = sql`${sql.table(model.table)} as t${joins.length ? sql` ${sql.join(joins, sql` `)}` : sql``}`
  const order = terms.length ? sql` order by ${sql.join(terms)}` : sql``
  const limit = query.page.limit === null ? sql`` : sql` limit ${sql.lit(query.page.limit)}`
  const offset = 'offset' in query.page && query.page.offset > 0 ? sql` offset ${sql.lit(query.page.offset)}` : sql``
  if (!('offset' in query.page) || query.page.offset < deep)
    return sql<AnyRow>`select ${selected} from ${from} where ${where}${order}${limit}${offset}`
  // Rows that are only passed over need not be fetched whole: their ids are in the index that they are ordered by.
  const ids = sql`select t.id from ${from} where ${where}${order}${limit}${offset}`
  return sql<AnyRow>`select ${selected} from unnest(array(${ids})) with ordinality as page(id, place) join ${sql.table(model.table)} as t on t.id = page.id order by page.place`
}

/** The statement that counts the rows a condition finds. */
export const countStatement = (registry: Registry, model: Model, where: Condition): RawBuilder<{ count: number }> =>
  sql<{
    count: number
  }>`select count(*) as count from ${sql.table(model.table)} as t where ${compileCondition(registry, model, 't', where)}`

/** One page of rows, and how many there are in all (null for a page by cursor). Two statements at most, side by side. */
export async function readPage(
  db: Database,
  registry: Registry,
  query: Query,
  columns: readonly string[],
): Promise<{ rows: AnyRow[]; count: number | null }> {
  const model = registry.model(query.model)
  const countRows = async () =>
    (await db.rows<{ count: number }>(countStatement(registry, model, query.where)))[0]!.count
  const [rows, count] = await Promise.all([
    db.rows<AnyRow>(pageStatement(registry, query, columns)),
    'start' in query.page ? null : isEverything(query.where) ? totalOf(db, model, countRows) : countRows(),
  ])
  return { rows, count }
}

/** The row with an id, if it fulfils the condition. */
export async function readRow(
  db: Database,
  registry: Registry,
  model: Model,
  id: number,
  where: Condition,
  columns: readonly string[],
): Promise<AnyRow | undefined> {
  const query: Query = {
    model: model.name,
    where: { and: [{ path: 'id', lookup: 'exact', value: id }, where] },
    order: [],
    page: { limit: null, offset: 0 },
  }
  return (await db.rows<AnyRow>(pageStatement(registry, query, columns)))[0]
}

export const defaultOrder = (model: Model): readonly Order[] => model.spec.order
