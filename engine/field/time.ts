import { Invalid, type Field, type FieldOptions, type Nullable } from './field.ts'

/** A moment, served as ISO 8601 in UTC with microseconds where there are any: `2024-05-01T12:00:00.123456Z`. */
export const datetime = <const O extends FieldOptions>(options: O = {} as O): Field<Nullable<string, O>> => ({
  type: 'datetime',
  options,
  column: { type: 'timestamp with time zone' },
  match: 'datetime',
  wire: 'datetime',
  widget: 'datetime',
  json: (value: string) => `"${isoTime(value)}"`,
  parse: value => parseMoment(value) as Nullable<string, O>,
})

/** A day: `2024-05-01`. */
export const date = <const O extends FieldOptions>(options: O = {} as O): Field<Nullable<string, O>> => ({
  type: 'date',
  options,
  column: { type: 'date' },
  match: 'date',
  wire: 'date',
  widget: 'date',
  parse: value => parseDay(value) as Nullable<string, O>,
})

/** A length of time, served as `[D ]HH:MM:SS[.uuuuuu]`. */
export const duration = <const O extends FieldOptions>(options: O = {} as O): Field<Nullable<string, O>> => ({
  type: 'duration',
  options,
  column: { type: 'interval' },
  match: 'duration',
  wire: 'string',
  widget: 'duration',
  json: (value: string) => `"${value.replace(/ days?/, '').replace(/\.\d+/, fraction => fraction.padEnd(7, '0'))}"`,
})

/** PostgreSQL's text of a moment in UTC, as ISO 8601. */
export function isoTime(value: string): string {
  const [, day, time, fraction] = /^(\S+?)[ T](\d\d:\d\d:\d\d)(\.\d+)?/.exec(value)!
  return `${day}T${time}${fraction ? fraction.padEnd(7, '0') : ''}Z`
}

function parseDay(value: unknown): string {
  const fault = new Invalid('Date has wrong format. Use one of these formats instead: YYYY-MM-DD.')
  if (typeof value !== 'string' || !/^\d{4}-\d{1,2}-\d{1,2}$/.test(value.trim())) throw fault
  const [year, month, day] = value.trim().split('-').map(Number) as [number, number, number]
  const date = new Date(Date.UTC(year, month - 1, day))
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) throw fault
  return date.toISOString().slice(0, 10)
}

function parseMoment(value: unknown): string {
  const fault = new Invalid(
    'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].',
  )
  const match =
    typeof value === 'string'
      ? /^(\d{4}-\d{1,2}-\d{1,2})(?:[T ](\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)\s*(Z|[-+]\d{2}(?::?\d{2})?)?)?$/i.exec(
          value.trim(),
        )
      : null
  if (!match) throw fault
  const [, day, clock = '00:00', zone = 'Z'] = match
  const text = `${parseDay(day)} ${clock.padStart(5, '0')}${zone.toUpperCase() === 'Z' ? '+00' : zone}`
  if (Number.isNaN(Date.parse(text.replace(' ', 'T').replace(/([+-]\d{2})$/, '$1:00')))) throw fault
  return text
}
