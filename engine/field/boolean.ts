import type { Field, FieldOptions, Nullable } from './field.ts'

/** Yes or no. */
export const boolean = <const O extends FieldOptions>(options: O = {} as O): Field<Nullable<boolean, O>> => ({
  type: 'boolean',
  options,
  column: { type: 'boolean' },
  match: 'boolean',
  wire: 'boolean',
  widget: 'switch',
  json: String,
})
