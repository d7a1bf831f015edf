import { Invalid, type Field, type FieldOptions, type Nullable } from './field.ts'

export const uuid = <const O extends FieldOptions>(options: O = {} as O): Field<Nullable<string, O>> => ({
  type: 'uuid',
  options,
  column: { type: 'uuid' },
  match: 'uuid',
  wire: 'string',
  widget: 'text',
  parse(value) {
    if (typeof value !== 'string' || !/^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i.test(value))
      throw new Invalid('Must be a valid UUID.')
    return value as Nullable<string, O>
  },
})
