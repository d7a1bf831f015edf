import { formatAddress, hasHostBits, networkOf, parseAddress, parseMac, parseWwn } from '@demarc/netaddr'
import { Invalid, type Field, type FieldOptions, type Nullable } from './field.ts'

/** An IPv4 or IPv6 network, host bits cleared: `10.0.0.0/8`. */
export const cidr = <const O extends FieldOptions>(options: O = {} as O): Field<Nullable<string, O>> => ({
  type: 'cidr',
  options: { filter: false, ...options },
  column: { type: 'cidr' },
  match: 'none',
  wire: 'string',
  widget: 'address',
  parse: value => parseNetwork(value) as Nullable<string, O>,
})

/** An IPv4 or IPv6 address with its mask: `10.0.0.1/24`. The mask is always served. */
export const address = <const O extends FieldOptions>(options: O = {} as O): Field<Nullable<string, O>> => ({
  type: 'address',
  options: { filter: false, ...options },
  column: { type: 'inet' },
  match: 'none',
  wire: 'string',
  widget: 'address',
  parse: value => parseHost(value) as Nullable<string, O>,
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
  parse: value => parseOctets(value, parseMac, 'MAC address') as Nullable<string, O>,
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
  parse: value =>
    (value === '' && options.nullable ? null : parseOctets(value, parseWwn, 'WWN')) as Nullable<string, O>,
  json: (value: string) => `"${value.toUpperCase()}"`,
})

/** PostgreSQL leaves out the mask of a whole-length address; the wire never does. */
export const withMask = (value: string) => (value.includes('/') ? value : `${value}/${value.includes(':') ? 128 : 32}`)

function parseHost(value: unknown): string {
  if (value === '') throw new Invalid('This field may not be blank.')
  const address = typeof value === 'string' ? parseAddress(value) : null
  if (!address) throw new Invalid(`Invalid IP address format: ${String(value)}`)
  return formatAddress(address)
}

function parseNetwork(value: unknown): string {
  const text = parseHost(value)
  if (hasHostBits(text)) throw new Invalid(`${text} is not a valid prefix. Did you mean ${networkOf(text)}?`)
  return text
}

function parseOctets(value: unknown, parse: (text: string) => string | null, what: string): string {
  if (value === '') throw new Invalid('This field may not be blank.')
  const found = typeof value === 'string' ? parse(value) : null
  if (!found) throw new Invalid(`Invalid ${what} format: ${String(value)}`)
  return found.toLowerCase()
}
