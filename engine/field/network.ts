import type { Field, FieldOptions, Nullable } from './field.ts'

/** An IPv4 or IPv6 network, host bits cleared: `10.0.0.0/8`. */
export const cidr = <const O extends FieldOptions>(options: O = {} as O): Field<Nullable<string, O>> => ({
  type: 'cidr',
  options: { filter: false, ...options },
  column: { type: 'cidr' },
  match: 'none',
  wire: 'string',
  widget: 'address',
})

/** An IPv4 or IPv6 address with its mask: `10.0.0.1/24`. The mask is always served. */
export const address = <const O extends FieldOptions>(options: O = {} as O): Field<Nullable<string, O>> => ({
  type: 'address',
  options: { filter: false, ...options },
  column: { type: 'inet' },
  match: 'none',
  wire: 'string',
  widget: 'address',
  json: (value: string) => `"${withMask(value)}"`,
})

/** A MAC address, served in capitals with colons. */
export const mac = <const O extends FieldOptions>(options: O = {} as O): Field<Nullable<string, O>> => ({
  type: 'mac',
  options,
  column: { type: 'macaddr' },
  match: 'mac',
  wire: 'field',
  widget: 'mac',
  json: (value: string) => `"${value.toUpperCase()}"`,
})

/** A 64-bit World Wide Name, served in capitals with colons. */
export const wwn = <const O extends FieldOptions>(options: O = {} as O): Field<Nullable<string, O>> => ({
  type: 'wwn',
  options,
  column: { type: 'macaddr8' },
  match: 'wwn',
  wire: 'string',
  widget: 'mac',
  json: (value: string) => `"${value.toUpperCase()}"`,
})

/** PostgreSQL leaves out the mask of a whole-length address; the wire never does. */
export const withMask = (value: string) => (value.includes('/') ? value : `${value}/${value.includes(':') ? 128 : 32}`)
