import type { Field, FieldOptions, Nullable } from './field.ts'

export interface ListOptions extends FieldOptions {
  /** PostgreSQL type of an element. */
  readonly of: string
}

/** Any JSON value, served as it is. */
export const json = <T = unknown, const O extends FieldOptions = FieldOptions>(
  options: O = {} as O,
): Field<Nullable<T, O>> => ({
  type: 'json',
  options: { filter: false, ...options },
  column: { type: 'jsonb' },
  match: 'none',
  wire: 'field',
  widget: 'json',
})

/** Several values of one kind, kept in an array. */
export const list = <T = unknown, const O extends ListOptions = ListOptions>(options: O): Field<Nullable<T[], O>> => ({
  type: 'list',
  options: { filter: false, ...options } as O,
  column: { type: `${options.of}[]` },
  match: 'none',
  wire: 'list',
  widget: 'list',
})

/** Ranges of whole numbers, served as pairs that include both ends: `[[1, 4094]]`. */
export const ranges = <const O extends FieldOptions>(options: O = {} as O): Field<[number, number][]> => ({
  type: 'ranges',
  options: { filter: false, ...options },
  column: { type: 'int4range[]' },
  match: 'none',
  wire: 'field',
  widget: 'list',
  json: (value: string | string[]) =>
    `[${parseRanges(value)
      .map(([low, high]) => `[${low},${high}]`)
      .join()}]`,
})

/** `{"[1,4095)"}` (or its elements) as pairs that include both ends. */
export const parseRanges = (value: string | readonly string[]): [number, number][] =>
  [...String(value).matchAll(/([[(])(\d+),(\d+)([\])])/g)].map(([, open, low, high, close]) => [
    Number(low) + (open === '(' ? 1 : 0),
    Number(high) - (close === ')' ? 1 : 0),
  ])
