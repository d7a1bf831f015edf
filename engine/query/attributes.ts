import { sql } from 'kysely'
import { compare } from './compile.ts'
import { and, type Condition, type Lookup } from './query.ts'

const prefix = 'attr_'

/** Whether a parameter looks inside the attributes of a row. */
export const isAttribute = (parameter: string) => parameter.startsWith(prefix)

const ordered = { lt: sql`<`, lte: sql`<=`, gt: sql`>`, gte: sql`>=` } as const
const textual: ReadonlySet<string> = new Set<Lookup>([
  'iexact',
  'icontains',
  'startswith',
  'istartswith',
  'endswith',
  'iendswith',
  'regex',
  'iregex',
])

/**
 * The condition behind `attr_<key>[__<lookup>]=<value>` on a JSON column: numbers and booleans are meant as such, all
 * else as text. Every value given must hold.
 */
export function attributeCondition(column: string, parameter: string, values: readonly string[]): Condition {
  const parts = parameter.slice(prefix.length).split('__')
  const last = parts.at(-1)!
  const known = last === 'exact' || last === 'isnull' || last in ordered || textual.has(last)
  const lookup = parts.length > 1 && known ? last : 'exact'
  const keys = lookup === last && parts.length > 1 ? parts.slice(0, -1) : parts
  return and(
    ...values.map((value): Condition => ({
      sql: row => {
        const found = sql`${row[column]} #> ${sql.val(keys)}::text[]`
        if (lookup === 'isnull')
          return value.toLowerCase() === 'true' ? sql`(${found}) is null` : sql`(${found}) is not null`
        if (textual.has(lookup))
          return compare(sql`(${row[column]} #>> ${sql.val(keys)}::text[])`, lookup as Lookup, value)
        const operator = ordered[lookup as keyof typeof ordered] ?? sql`=`
        return sql`(${found}) ${operator} ${jsonOf(value)}::jsonb`
      },
    })),
  )
}

/** The value as JSON where it is that, otherwise as a text. */
function jsonOf(value: string): string {
  try {
    JSON.parse(value)
    return value
  } catch {
    return JSON.stringify(value)
  }
}
