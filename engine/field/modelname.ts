import type { Field, FieldOptions, Nullable } from './field.ts'

export interface ModelNameOptions extends FieldOptions {
  /** A feature that the models must have. */
  readonly having?: string
  /** At least one is named. */
  readonly some?: true
}

/** The name of a model, as `dcim.site`. */
export const modelName = <const O extends ModelNameOptions>(options: O = {} as O): Field<Nullable<string, O>> => ({
  type: 'modelName',
  options,
  column: { type: 'character varying(100)' },
  match: 'modelName',
  wire: 'field',
  widget: 'select',
})

/** Names of models that something applies to. */
export const modelNames = <const O extends ModelNameOptions>(options: O = {} as O): Field<string[]> => ({
  type: 'modelNames',
  options,
  column: { type: 'character varying(100)[]' },
  match: 'modelName',
  wire: 'field',
  widget: 'multiselect',
})
