import type { Field, FieldOptions, Nullable } from './field.ts'

/** An uploaded picture; the column holds its path below `/media/`. */
export const image = <const O extends FieldOptions>(options: O = {} as O): Field<Nullable<string, O>> => ({
  type: 'image',
  options: { filter: false, ...options },
  column: { type: 'character varying(100)' },
  match: 'none',
  wire: 'image upload',
  widget: 'image',
})
