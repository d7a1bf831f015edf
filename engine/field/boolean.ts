import { Invalid, type Field, type FieldOptions, type Nullable } from './field.ts'

/** Yes or no. */
export const boolean = <const O extends FieldOptions>(options: O = {} as O): Field<Nullable<boolean, O>> => ({
  type: 'boolean',
  options,
  column: { type: 'boolean' },
  match: 'boolean',
  wire: 'boolean',
  widget: 'switch',
  json: String,
  parse(value) {
    const found = truths.get(typeof value === 'string' ? value.toLowerCase() : value)
    if (found === undefined) throw new Invalid('Must be a valid boolean.')
    return found as Nullable<boolean, O>
  },
})

const truths = new Map<unknown, boolean>([
  ...[true, 1, 'true', 't', 'yes', 'y', 'on', '1'].map(value => [value, true] as const),
  ...[false, 0, 'false', 'f', 'no', 'n', 'off', '0'].map(value => [value, false] as const),
])
