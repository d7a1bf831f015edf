import { sql, type RawBuilder } from 'kysely'
import type { Database } from '../database/index.ts'
import type { Model, Order, Registry } from '../model/index.ts'
import { compileCondition } from './compile.ts'
import { compileOrder } from './order.ts'
import type { Condition, Query } from './query.ts'

/** A row as the database gives it, one property per column. */
export type AnyRow = Readonly<Record<string, any>> & { readonly id: number }

/** The statement that reads one page of a model: the bare table, with joins for the order alone. */
export function pageStatement(registry: Registry, query: Query, columns: readonly string[]): RawBuilder<AnyRow> {
  const model = registry.model(query.model)
  const selected = columns.includes('*') ? sql`t.*` : sql.join(columns.map(column => sql.ref(`t.${column}`)))
  const cursor: Condition[] = 'start' in query.page ? [{ path: 'id', lookup: 'gte', value: query.page.start }] : []
  const where = compileCondition(registry, model, 't', { and: [query.where, ...cursor] })
  const { joins, terms } =
    'start' in query.page ? { joins: [], terms: [sql`t.id`] } : compileOrder(registry, model, 't', query.order)
  const limit = query.page.limit === null ? sql`` : sql` limit ${sql.lit(query.page.limit)}`
  const offset = 'offset' in query.page && query.page.offset > 0 ? sql` offset ${sql.lit(query.page.offset)}` : sql``
  return sql<AnyRow>`select ${selected} from ${sql.table(model.table)} as t${joins.length ? sql` ${sql.join(joins, sql` `)}` : sql``} where ${where}${terms.length ? sql` order by ${sql.join(terms)}` : sql``}${limit}${offset}`
}

/** The statement that counts the rows a condition finds. */
export const countStatement = (registry: Registry, model: Model, where: Condition): RawBuilder<{ count: number }> =>
  sql<{
    count: number
  }>`select count(*) as count from ${sql.table(model.table)} as t where ${compileCondition(registry, model, 't', where)}`

/** One page of rows, and how many there are in all (null for a page by cursor). Two statements, side by side. */
export async function readPage(
  db: Database,
  registry: Registry,
  query: Query,
  columns: readonly string[],
): Promise<{ rows: AnyRow[]; count: number | null }> {
  const [rows, counts] = await Promise.all([
    db.rows<AnyRow>(pageStatement(registry, query, columns)),
    'start' in query.page
      ? null
      : db.rows<{ count: number }>(countStatement(registry, registry.model(query.model), query.where)),
  ])
  return { rows, count: counts ? counts[0]!.count : null }
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
