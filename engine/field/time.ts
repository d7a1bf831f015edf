import type { Field, FieldOptions, Nullable } from './field.ts'

/** A moment, served as ISO 8601 in UTC with microseconds where there are any: `2024-05-01T12:00:00.123456Z`. */
export const datetime = <const O extends FieldOptions>(options: O = {} as O): Field<Nullable<string, O>> => ({
  type: 'datetime',
  options,
  column: { type: 'timestamp with time zone' },
  match: 'datetime',
  wire: 'datetime',
  widget: 'datetime',
  json: (value: string) => `"${isoTime(value)}"`,
})

/** A day: `2024-05-01`. */
export const date = <const O extends FieldOptions>(options: O = {} as O): Field<Nullable<string, O>> => ({
  type: 'date',
  options,
  column: { type: 'date' },
  match: 'date',
  wire: 'date',
  widget: 'date',
})

/** A length of time, served as `[D ]HH:MM:SS[.uuuuuu]`. */
export const duration = <const O extends FieldOptions>(options: O = {} as O): Field<Nullable<string, O>> => ({
  type: 'duration',
  options,
  column: { type: 'interval' },
  match: 'duration',
  wire: 'string',
  widget: 'text',
  json: (value: string) => `"${value.replace(/ days?/, '').replace(/\.\d+/, fraction => fraction.padEnd(7, '0'))}"`,
})

/** PostgreSQL's text of a moment in UTC, as ISO 8601. */
export function isoTime(value: string): string {
  const [, day, time, fraction] = /^(\S+?)[ T](\d\d:\d\d:\d\d)(\.\d+)?/.exec(value)!
  return `${day}T${time}${fraction ? fraction.padEnd(7, '0') : ''}Z`
}
