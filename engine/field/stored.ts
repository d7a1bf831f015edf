import type { Field, FieldOptions } from './field.ts'

/** A column only the engine writes: a normalised weight, a tree path. Not part of a representation. */
export interface Stored<T = unknown> extends Field<T> {
  readonly stored: true
}

/** A column of the given PostgreSQL type that only the engine writes. */
export const stored = <T>(
  type: string,
  options: FieldOptions & { readonly default?: T; readonly collate?: 'natural' } = {},
): Stored<T> => ({
  type: 'stored',
  stored: true,
  options: { filter: false, readonly: true, hidden: true, ...options },
  column: { type, ...(options.collate && { collate: 'natural_sort' }) },
  match: 'number',
  wire: 'field',
  widget: 'text',
})

/** A number of dependent rows that the engine keeps up to date, as a device's `interface_count`. */
export const counter = (options: FieldOptions = {}): Stored<number> => ({
  type: 'counter',
  stored: true,
  options: { readonly: true, default: 0, ...options },
  column: { type: 'bigint' },
  match: 'number',
  wire: 'integer',
  widget: 'number',
  json: String,
})
