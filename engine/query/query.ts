import type { RawBuilder } from 'kysely'
import type { Columns, Order } from '../model/index.ts'

/** Which rows: plain data but for the conditions that a model declares itself. */
export type Condition =
  | { readonly and: readonly Condition[] }
  | { readonly or: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly path: string; readonly lookup: Lookup; readonly value: unknown }
  | { readonly sql: (row: Columns) => RawBuilder<boolean> }

/** How the column at the end of a path compares with a value. */
export type Lookup =
  | 'exact'
  | 'in'
  | 'within'
  | 'isnull'
  | 'empty'
  | 'lt'
  | 'lte'
  | 'gt'
  | 'gte'
  | 'range'
  | 'iexact'
  | 'contains'
  | 'icontains'
  | 'startswith'
  | 'istartswith'
  | 'endswith'
  | 'iendswith'
  | 'regex'
  | 'iregex'
  | 'year'
  | 'month'
  | 'day'
  | 'date'
  | 'net_contained'
  | 'net_contained_or_equal'
  | 'net_contains'
  | 'net_contains_or_equals'
  | 'net_host'
  | 'net_in'
  | 'family'
  | 'net_mask_length'
  | 'has_key'
  | 'array_contains'

/** A read, as data: which rows of a model, in which order, which part of them. */
export interface Query {
  readonly model: string
  readonly where: Condition
  readonly order: readonly Order[]
  readonly page:
    | { readonly limit: number | null; readonly offset: number }
    | { readonly limit: number; readonly start: number }
}

/** Holds for every row. */
export const everything: Condition = { and: [] }
/** Holds for no row. */
export const nothing: Condition = { or: [] }
export const and = (...conditions: readonly Condition[]): Condition => ({ and: conditions })
