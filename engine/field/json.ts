import { networkOf, parseAddress } from '@demarc/netaddr'
import type { Choices } from './choice.ts'
import { Invalid, pythonType, type Field, type FieldOptions, type Nullable } from './field.ts'

export interface ListOptions extends FieldOptions {
  /** PostgreSQL type of an element. */
  readonly of: string
  /** What forms offer; whether other values are taken is for a rule to say. */
  readonly from?: Choices
}

export interface JsonOptions extends FieldOptions {
  /** Keys whose values the change log does not show. */
  readonly secrets?: readonly string[]
  /** Kept as the text that came, which costs half the time to write; nothing within it can be asked for. */
  readonly verbatim?: true
}

/** Any JSON value, served as it is. */
export const json = <T = unknown, const O extends JsonOptions = JsonOptions>(
  options: O = {} as O,
): Field<Nullable<T, O>> => ({
  type: 'json',
  options: { filter: false, ...options },
  column: { type: options.verbatim ? 'json' : 'jsonb' },
  match: 'none',
  wire: 'field',
  widget: 'json',
  parse: value => value as Nullable<T, O>,
})

/** Several values of one kind, kept in an array. */
export const list = <T = unknown, const O extends ListOptions = ListOptions>(options: O): Field<Nullable<T[], O>> => ({
  type: 'list',
  options: { filter: false, ...options } as O,
  column: { type: `${options.of}[]` },
  match: 'none',
  wire: 'list',
  widget: options.from ? 'multiselect' : 'list',
  parse: value => parseList(value, options.of) as Nullable<T[], O>,
})

/** Ranges of whole numbers, served as pairs that include both ends: `[[1, 4094]]`. */
export const ranges = <const O extends FieldOptions>(options: O = {} as O): Field<[number, number][]> => ({
  type: 'ranges',
  options: { filter: false, ...options },
  column: { type: 'int4range[]' },
  match: 'none',
  wire: 'field',
  widget: 'list',
  parse: value => parseRangeList(value) as never,
  json: (value: string | string[] | [number, number][]) =>
    `[${parseRanges(value as string | string[])
      .map(([low, high]) => `[${low},${high}]`)
      .join()}]`,
})

/** The elements of a list, each read for the type of the column. */
function parseList(value: unknown, of: string): unknown[] {
  if (!Array.isArray(value)) throw new Invalid(`Expected a list of items but got type "${pythonType(value)}".`)
  const faults: Record<string, string[]> = {}
  const read = value.map((one, at) => {
    try {
      return parseElement(one, of)
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      faults[at] = [error.message]
      return null
    }
  })
  if (Object.keys(faults).length) throw new Invalid(faults)
  return read
}

function parseElement(value: unknown, of: string): unknown {
  if (of === 'jsonb' || of.endsWith('[]')) return value
  if (/^(smallint|integer|bigint)$/.test(of)) {
    const number = typeof value === 'string' && /^-?\d+$/.test(value.trim()) ? Number(value) : value
    if (typeof number !== 'number' || !Number.isInteger(number)) throw new Invalid('A valid integer is required.')
    return number
  }
  if (of === 'cidr') {
    const address = typeof value === 'string' ? parseAddress(value) : null
    if (!address) throw new Invalid(`Invalid IP network: ${String(value)}`)
    return networkOf(address)
  }
  if (typeof value !== 'string' && typeof value !== 'number') throw new Invalid('Not a valid string.')
  return String(value)
}

/** Pairs that include both ends, as PostgreSQL's ranges. */
function parseRangeList(value: unknown): string[] {
  if (!Array.isArray(value)) throw new Invalid(`Expected a list of items but got type "${pythonType(value)}".`)
  return value.map(pair => {
    if (!Array.isArray(pair) || pair.length !== 2)
      throw new Invalid('Ranges must be specified in the form (lower, upper).')
    if (!pair.every(Number.isInteger)) throw new Invalid('Range boundaries must be defined as integers.')
    return `[${pair[0]},${pair[1] + 1})`
  })
}

/** `{"[1,4095)"}` (or its elements) as pairs that include both ends. */
export const parseRanges = (value: string | readonly string[]): [number, number][] =>
  [...String(value).matchAll(/([[(])(\d+),(\d+)([\])])/g)].map(([, open, low, high, close]) => [
    Number(low) + (open === '(' ? 1 : 0),
    Number(high) - (close === ')' ? 1 : 0),
  ])
