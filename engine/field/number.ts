import { Invalid, type Field, type FieldOptions, type Nullable } from './field.ts'

export interface NumberOptions extends FieldOptions {
  readonly min?: number
  readonly max?: number
  readonly unit?: string
  readonly default?: number
}

const limits: Readonly<Record<string, number>> = {
  smallint: 32_767,
  integer: 2_147_483_647,
  bigint: Number.MAX_SAFE_INTEGER,
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
    parse: value => parseWhole(value, options, limits[column]!) as Nullable<number, O>,
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
  parse: value => parseDecimal(value, options) as Nullable<number, O>,
})

function parseWhole(value: unknown, options: NumberOptions, limit: number): number {
  const text = typeof value === 'string' ? value.trim() : value
  const number = typeof text === 'string' ? (/^[-+]?\d+(\.0*)?$/.test(text) ? Number(text) : Number.NaN) : text
  if (typeof number !== 'number' || !Number.isInteger(number)) throw new Invalid('A valid integer is required.')
  return within(number, options.min ?? -limit - 1, options.max ?? limit)
}

function parseDecimal(value: unknown, options: DecimalOptions): number {
  const text = typeof value === 'string' ? value.trim() : value
  const number = typeof text === 'string' && text !== '' ? Number(text) : text
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new Invalid('A valid number is required.')
  const { digits, places } = options
  if (Math.abs(number) >= 10 ** digits)
    throw new Invalid(`Ensure that there are no more than ${digits} digits in total.`)
  const [whole = '', fraction = ''] = Math.abs(number).toFixed(12).replace(/0+$/, '').split('.')
  if (fraction.length > places) throw new Invalid(`Ensure that there are no more than ${places} decimal places.`)
  const significant = whole.replace(/^0+/, '')
  if (significant.length + fraction.length > digits)
    throw new Invalid(`Ensure that there are no more than ${digits} digits in total.`)
  if (significant.length > digits - places)
    throw new Invalid(`Ensure that there are no more than ${digits - places} digits before the decimal point.`)
  return within(number, options.min, options.max)
}

function within(number: number, min: number | undefined, max: number | undefined): number {
  if (min !== undefined && number < min) throw new Invalid(`Ensure this value is greater than or equal to ${min}.`)
  if (max !== undefined && number > max) throw new Invalid(`Ensure this value is less than or equal to ${max}.`)
  return number
}
