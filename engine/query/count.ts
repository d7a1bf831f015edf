import { sql, type RawBuilder } from 'kysely'
import { isAnyRef, isRefs, linkOf, type Count, type Model, type Registry } from '../model/index.ts'

/** The tables and columns behind `dcim.device.rack`: what is counted, by which column, and that which points to what it is counted for. */
function source(registry: Registry, model: Model, of: string) {
  const [app, name, fieldName] = of.split('.') as [string, string, string]
  const far = registry.model(`${app}.${name}`)
  const field = far.fields[fieldName]
  if (!field) throw new Error(`${model.name} counts ${of}, which is no field`)
  if (isRefs(field) && field.type === 'refs') {
    const { table, own, other } = linkOf(registry, far, fieldName, field)
    return { table, counted: own, column: other, where: sql`` }
  }
  if (field.type === 'tags') return { table: 'extras_taggeditem', counted: 'id', column: 'tag_id', where: sql`` }
  const where = isAnyRef(field) ? sql` and ${sql.ref(`${fieldName}_type`)} = ${sql.lit(model.name)}` : sql``
  return { table: far.table, counted: 'id', column: `${fieldName}_id`, where }
}

/** SQL that yields `id` and `value` (the count) for rows of a model; rows with none are left out. */
export function countLoad(
  registry: Registry,
  model: Model,
  count: Count,
  ids: RawBuilder<number[]>,
): RawBuilder<unknown> {
  if (typeof count === 'object' && count.load) return count.load(ids)
  const { table, counted, column, where } = source(registry, model, typeof count === 'string' ? count : count.of)
  if (typeof count === 'object' && count.below)
    // What hangs on several rows of a subtree counts once.
    return sql`select above.id, to_json(count(distinct ${sql.ref(`counted.${counted}`)})) as value from ${sql.table(model.table)} as above join ${sql.table(model.table)} as below on below.path <@ above.path join ${sql.table(table)} as counted on ${sql.ref(`counted.${column}`)} = below.id where above.id = any(${ids}) group by above.id`
  return sql`select ${sql.ref(column)} as id, to_json(count(*)) as value from ${sql.table(table)} where ${sql.ref(column)} = any(${ids})${where} group by ${sql.ref(column)}`
}

/** The count of one row, to sort by. */
export function countExpression(registry: Registry, model: Model, alias: string, count: Count): RawBuilder<unknown> {
  const inner = countLoad(registry, model, count, sql<number[]>`array[${sql.ref(`${alias}.id`)}]`)
  return sql`coalesce((select (value::text)::numeric from (${inner}) as counted_for_order), 0)`
}
