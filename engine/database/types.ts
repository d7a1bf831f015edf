import pg from 'pg'

const { builtins } = pg.types
const arrayOf =
  <T>(parse: (text: string) => T) =>
  (text: string) =>
    text === '{}' ? [] : (stringArray(text) as (string | null)[]).map(value => (value === null ? null : parse(value)))
const stringArray = pg.types.getTypeParser(1009 as never, 'text') as (text: string) => unknown[]
const keep = (text: string) => text

/** Parsers by type: numbers as numbers, moments and intervals as PostgreSQL's own text, everything else as pg does. */
const parsers = new Map<number, (text: string) => unknown>([
  [builtins.INT8, Number],
  [builtins.NUMERIC, Number],
  [builtins.TIMESTAMPTZ, keep],
  [builtins.TIMESTAMP, keep],
  [builtins.DATE, keep],
  [builtins.INTERVAL, keep],
  [1016, arrayOf(Number)], // int8[]
  [1231, arrayOf(Number)], // numeric[]
  [1041, arrayOf(keep)], // inet[]
  [651, arrayOf(keep)], // cidr[]
])

export const wireTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ?? pg.types.getTypeParser(oid, format as 'text')) as pg.CustomTypesConfig['getTypeParser'],
}
