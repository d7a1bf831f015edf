import { sql, type RawBuilder } from 'kysely'
import { columnOf, isAnyRef, isRef, type Model, type Order, type Registry } from '../model/index.ts'
import { countExpression } from './count.ts'
import { columnsOf } from './path.ts'

/** What `order by` needs: tables to join, and the terms. */
export interface OrderBy {
  readonly joins: readonly RawBuilder<unknown>[]
  readonly terms: readonly RawBuilder<unknown>[]
}

/** `order by` for the row called `alias`; a reference sorts as the model it points to does. */
export function compileOrder(registry: Registry, model: Model, alias: string, order: readonly Order[]): OrderBy {
  const joins: RawBuilder<unknown>[] = []
  const terms: RawBuilder<unknown>[] = []
  const add = (model: Model, alias: string, order: Order, reverse: boolean, isOuter = false) => {
    if (typeof order === 'object') {
      if ('sql' in order) terms.push(direct(order.sql(columnsOf(alias)), Boolean(order.desc) !== reverse))
      else
        terms.push(sql`${sql.ref(`${alias}.${order.by}`)}${reverse ? sql` desc` : sql``} nulls ${sql.raw(order.nulls)}`)
      return
    }
    const desc = order.startsWith('-') !== reverse
    const name = order.replace(/^-/, '')
    const field = model.fields[name]
    if (field && isRef(field)) {
      const to = registry.model(field.to)
      const joined = `${alias}_${name}`
      // Where there is always one to join, PostgreSQL may begin with those, in their order, and stop at the page's end.
      const join = field.options.nullable || isOuter ? sql`left join` : sql`join`
      joins.push(
        sql`${join} ${sql.table(to.table)} as ${sql.ref(joined)} on ${sql.ref(`${joined}.id`)} = ${sql.ref(`${alias}.${name}_id`)}`,
      )
      for (const inner of to.spec.order) add(to, joined, inner, desc, isOuter || Boolean(field.options.nullable))
      return
    }
    if (field && isAnyRef(field)) {
      terms.push(direct(sql.ref(`${alias}.${name}_id`), desc))
      return
    }
    const count = model.spec.counts?.[name]
    if (count) terms.push(direct(countExpression(registry, model, alias, count), desc))
    // PostgreSQL knows no order of what is kept verbatim.
    else if (field?.column?.type === 'json') terms.push(direct(sql`${sql.ref(`${alias}.${name}`)}::jsonb`, desc))
    else terms.push(direct(sql.ref(`${alias}.${field ? columnOf(name, field) : name}`), desc))
  }
  for (const one of order) add(model, alias, one, false)
  return { joins, terms }
}

const direct = (term: RawBuilder<unknown>, desc: boolean) => (desc ? sql`${term} desc` : term)
