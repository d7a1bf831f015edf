import { sql, type RawBuilder } from 'kysely'
import type { Field } from '../field/index.ts'
import type { Model, Registry } from '../model/index.ts'
import { along, columnsOf, fieldAt, modelAt, resolvePath } from './path.ts'
import type { Condition, Lookup } from './query.ts'

/** A path or lookup that a condition may not use. */
export class BadCondition extends Error {}

/** The SQL of a condition on the row called `alias`. Throws {@link BadCondition} for a path that leads nowhere. */
export function compileCondition(
  registry: Registry,
  model: Model,
  alias: string,
  condition: Condition,
): RawBuilder<boolean> {
  const compile = (inner: Condition): RawBuilder<boolean> => compileCondition(registry, model, alias, inner)
  if ('and' in condition) {
    if (condition.and.length === 0) return sql<boolean>`true`
    return sql<boolean>`(${sql.join(condition.and.map(compile), sql` and `)})`
  }
  if ('or' in condition) {
    if (condition.or.length === 0) return sql<boolean>`false`
    return sql<boolean>`(${sql.join(condition.or.map(compile), sql` or `)})`
  }
  if ('not' in condition) return sql<boolean>`(${compile(condition.not)}) is not true`
  if ('sql' in condition) return sql<boolean>`(${condition.sql(columnsOf(alias))})`
  const steps = resolvePath(registry, model, condition.path)
  if (!steps) throw new BadCondition(`${model.name} has no ${condition.path}`)
  const { lookup, value } = condition
  if (lookup === 'isnull') {
    const isSet = along(alias, steps, column => sql<boolean>`${column} is not null`)
    return value ? sql<boolean>`(${isSet}) is not true` : isSet
  }
  const tree = modelAt(steps)
  if (lookup === 'within') {
    if (!tree?.spec.tree) return along(alias, steps, column => compare(column, 'in', value))
    return along(
      alias,
      steps,
      column =>
        sql<boolean>`${column} in (select below.id from ${sql.table(tree.table)} as below join ${sql.table(tree.table)} as above on below.path <@ above.path where above.id = any(${value as number[]}::bigint[]))`,
    )
  }
  return along(alias, steps, column => compare(column, lookup, value, fieldAt(steps)))
}

const likeSpecial = /[\\%_]/g
const likeText = (value: unknown) => String(value).replace(likeSpecial, '\\$&')

/** `column lookup value`, where a list of values means any of them. */
export function compare(
  column: RawBuilder<unknown>,
  lookup: Lookup,
  value: unknown,
  field?: Field,
): RawBuilder<boolean> {
  if (Array.isArray(value) && !['in', 'range', 'empty', 'array_contains'].includes(lookup)) {
    if (value.length === 1) return compare(column, lookup, value[0], field)
    if (lookup === 'exact') return compare(column, 'in', value, field)
    return sql<boolean>`(${sql.join(
      value.map(one => compare(column, lookup, one, field)),
      sql` or `,
    )})`
  }
  const isText =
    !field ||
    ['text', 'slug', 'markdown', 'email', 'url', 'color', 'timezone', 'choice', 'modelName', 'image'].includes(
      field.type,
    )
  const isString = isText && !(field && /^(smallint|integer|bigint)/.test(field.column?.type ?? ''))
  const asText = isString ? column : sql`${column}::text`
  const natural = field?.column?.collate ? sql` collate ${sql.ref(field.column.collate)}` : sql``
  const folded = sql`upper(${asText})`
  const fold = (text: string) => sql`upper(${text}::text${natural})`
  const list = Array.isArray(value) ? value : [value]
  // A number that the column is too narrow for can be asked for all the same.
  const isNarrow = /^(smallint|integer)$/.test(field?.column?.type ?? '')
  const wide = (one: unknown) => (isNarrow && Number.isInteger(one) ? sql`${one}::bigint` : sql`${one}`)
  switch (lookup) {
    case 'exact':
      return value === null ? sql<boolean>`${column} is null` : sql<boolean>`${column} = ${wide(value)}`
    case 'in':
      if (list.length === 1) return sql<boolean>`${column} = ${wide(list[0])}`
      return isNarrow && list.every(Number.isInteger)
        ? sql<boolean>`${column} = any(${list}::bigint[])`
        : sql<boolean>`${column} = any(${list})`
    case 'empty': {
      const empty =
        isString || field?.type === 'list' || field?.type === 'choiceList'
          ? sql<boolean>`(${column} is null or ${column}::text in ('', '{}'))`
          : sql<boolean>`${column} is null`
      return value ? empty : sql<boolean>`not ${empty}`
    }
    case 'isnull':
      return value ? sql<boolean>`${column} is null` : sql<boolean>`${column} is not null`
    case 'lt':
      return sql<boolean>`${column} < ${wide(value)}`
    case 'lte':
      return sql<boolean>`${column} <= ${wide(value)}`
    case 'gt':
      return sql<boolean>`${column} > ${wide(value)}`
    case 'gte':
      return sql<boolean>`${column} >= ${wide(value)}`
    case 'range':
      return sql<boolean>`${column} between ${wide(list[0])} and ${wide(list[1])}`
    case 'iexact':
      return sql<boolean>`${folded} = ${fold(String(value))}`
    case 'contains':
      if (field?.column?.type.endsWith('[]')) return sql<boolean>`${column} @> ${list}`
      if (field?.type === 'json') return sql<boolean>`${column} @> ${JSON.stringify(value)}::jsonb`
      return sql<boolean>`${asText} like ${`%${likeText(value)}%`}`
    case 'icontains':
      return sql<boolean>`${folded} like ${fold(`%${likeText(value)}%`)}`
    case 'startswith':
      return sql<boolean>`${asText} like ${`${likeText(value)}%`}`
    case 'istartswith':
      return sql<boolean>`${folded} like ${fold(`${likeText(value)}%`)}`
    case 'endswith':
      return sql<boolean>`${asText} like ${`%${likeText(value)}`}`
    case 'iendswith':
      return sql<boolean>`${folded} like ${fold(`%${likeText(value)}`)}`
    case 'regex':
      return sql<boolean>`${asText} ~ ${String(value)}`
    case 'iregex':
      return sql<boolean>`${asText} ~* ${String(value)}`
    case 'year':
    case 'month':
    case 'day':
      return sql<boolean>`extract(${sql.raw(lookup)} from ${column}) = ${Number(value)}`
    case 'date':
      return sql<boolean>`${column}::date = ${value}::date`
    case 'net_contained':
      return sql<boolean>`${column} << ${value}::inet`
    case 'net_contained_or_equal':
      return sql<boolean>`${column} <<= ${value}::inet`
    case 'net_contains':
      return sql<boolean>`${column} >> ${value}::inet`
    case 'net_contains_or_equals':
      return sql<boolean>`${column} >>= ${value}::inet`
    case 'net_host':
      return sql<boolean>`host(${column}) = ${String(value)}`
    case 'net_in':
      return sql<boolean>`${column} <<= any(${list}::inet[])`
    case 'family':
      return sql<boolean>`family(${column}) = ${Number(value)}`
    case 'net_mask_length':
      return sql<boolean>`masklen(${column}) = ${Number(value)}`
    case 'has_key':
      return sql<boolean>`${column} ? ${String(value)}`
    case 'array_contains':
      return sql<boolean>`${column} @> ${list}`
    case 'within':
      throw new BadCondition('only a tree has rows within')
  }
}
