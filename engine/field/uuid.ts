import type { Field, FieldOptions, Nullable } from './field.ts'

export const uuid = <const O extends FieldOptions>(options: O = {} as O): Field<Nullable<string, O>> => ({
  type: 'uuid',
  options,
  column: { type: 'uuid' },
  match: 'uuid',
  wire: 'string',
  widget: 'text',
})
