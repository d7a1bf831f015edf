import { sql, type RawBuilder } from 'kysely'
import { compare } from '../query/compile.ts'
import type { Condition, Lookup } from '../query/query.ts'
import { BadValue, readValue } from '../query/values.ts'
import type { ActiveCustomField } from './cache.ts'

const textLookups: Readonly<Record<string, readonly [Lookup, boolean]>> = {
  '': ['exact', false],
  n: ['exact', true],
  ic: ['icontains', false],
  nic: ['icontains', true],
  isw: ['istartswith', false],
  nisw: ['istartswith', true],
  iew: ['iendswith', false],
  niew: ['iendswith', true],
  ie: ['iexact', false],
  nie: ['iexact', true],
  regex: ['regex', false],
  iregex: ['iregex', false],
}
const orderLookups: Readonly<Record<string, readonly [Lookup, boolean]>> = {
  '': ['exact', false],
  n: ['exact', true],
  lt: ['lt', false],
  lte: ['lte', false],
  gt: ['gt', false],
  gte: ['gte', false],
}
const casts: Readonly<Record<string, string>> = {
  integer: 'numeric',
  decimal: 'numeric',
  object: 'numeric',
  date: 'text',
  datetime: 'timestamptz',
}

/**
 * The condition that `cf_<name>[__<lookup>]` makes on a custom field; undefined where there is no such parameter.
 * Throws BadValue. A field without a value is in the results of every negated lookup.
 */
export function customFieldCondition(
  fields: readonly ActiveCustomField[],
  parameter: string,
  given: readonly string[],
): Condition | undefined {
  const [, name, suffix = ''] = /^cf_(.+?)(?:__([a-z]+))?$/.exec(parameter) ?? []
  const field = fields.find(one => one.name === name)
  if (!field || field.filter_logic === 'disabled' || field.type === 'json') return undefined
  const values = given.map(value => value.trim()).filter(value => value !== '')
  if (values.length === 0) return undefined
  const json = (row: any) => sql`(${row.custom_fields} -> ${field.name})`
  const text = (row: any) => sql`(${row.custom_fields} ->> ${field.name})`
  const make = (where: (row: any) => RawBuilder<boolean>): Condition => ({ sql: where })

  if (suffix === 'empty') {
    const empty = readValue('boolean', values.at(-1)!)
    if (field.type === 'boolean' || (isText(field) && field.filter_logic === 'loose')) return undefined
    if (empty === undefined) return undefined
    const isEmpty = make(row => sql`coalesce(${text(row)}, '') in ('', '[]')`)
    return empty ? isEmpty : { not: isEmpty }
  }
  if (field.type === 'boolean') {
    const value = suffix === '' ? readValue('boolean', values.at(-1)!) : undefined
    return value === undefined ? undefined : make(row => sql`${json(row)} = ${String(value)}::jsonb`)
  }
  if (field.type === 'multiselect' || field.type === 'multiobject') {
    if (suffix !== '' && suffix !== 'n') return undefined
    const wanted = field.type === 'multiselect' ? values : values.map(value => readValue('number', value))
    const contains = make(
      row =>
        sql`(${sql.join(
          wanted.map(one => sql`${json(row)} @> ${JSON.stringify([one])}::jsonb`),
          sql` or `,
        )})`,
    )
    return suffix === 'n' ? { not: contains } : contains
  }
  if (isText(field) && field.filter_logic === 'loose') {
    if (suffix !== '') return undefined
    return make(row => compare(text(row), 'icontains', values))
  }
  const textual = isText(field) || field.type === 'select'
  const [lookup, negated] = (textual ? textLookups : orderLookups)[suffix] ?? []
  if (!lookup) return undefined
  const isNull = textual && lookup === 'exact' && values.includes('null')
  const read = values
    .filter(value => !(isNull && value === 'null'))
    .map(value => {
      if (field.type === 'integer' || field.type === 'object') return readValue('number', value)
      if (field.type === 'decimal') return readValue('decimal', value)
      if (field.type === 'date') return readValue('date', value)
      if (field.type === 'datetime') return readValue('datetime', value)
      return value
    })
  const cast = casts[field.type]
  const column = (row: any) => (cast ? sql`${text(row)}::${sql.raw(cast)}` : text(row))
  const any: Condition[] = []
  if (read.length) any.push(make(row => compare(column(row), lookup, read)))
  if (isNull) any.push(make(row => sql`${text(row)} is null`))
  const found: Condition = { or: any }
  return negated ? { not: found } : found
}

const isText = (field: ActiveCustomField) => field.type === 'text' || field.type === 'longtext' || field.type === 'url'

export { BadValue }
