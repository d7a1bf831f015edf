import type { Field, FieldOptions, Nullable } from './field.ts'

export interface NumberOptions extends FieldOptions {
  readonly min?: number
  readonly max?: number
  readonly unit?: string
  readonly default?: number
}

const whole =
  (column: string) =>
  <const O extends NumberOptions>(options: O = {} as O): Field<Nullable<number, O>> => ({
    type: 'integer',
    options,
    column: { type: column },
    match: 'number',
    wire: 'integer',
    widget: 'number',
    json: String,
  })

export const smallint = whole('smallint')
export const integer = whole('integer')
export const bigint = whole('bigint')

export interface DecimalOptions extends NumberOptions {
  readonly digits: number
  readonly places: number
}

/** A number with a fixed count of decimal places. */
export const decimal = <const O extends DecimalOptions>(options: O): Field<Nullable<number, O>> => ({
  type: 'decimal',
  options,
  column: { type: `numeric(${options.digits},${options.places})` },
  match: 'decimal',
  wire: 'decimal',
  widget: 'number',
  json: String,
})
