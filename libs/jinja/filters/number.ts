import { TemplateError, typeError } from '../errors.ts'
import { integer, numeric } from '../operators.ts'
import { printFixed, printFloat } from '../printing.ts'
import { Float, float, isInteger, isText, Markup, typeName, Undefined } from '../values.ts'
import { declareAll, type Filter } from './filter.ts'

const textOf = (value: unknown): string | null =>
  isText(value) ? (value instanceof Markup ? value.value : value) : null

const digitsOf: Readonly<Record<number, RegExp>> = { 2: /^[01]+$/, 8: /^[0-7]+$/, 16: /^[\da-f]+$/i }

/** A text as an integer of this base, null if it is none. */
function parseInteger(text: string, base: number): number | bigint | null {
  const plain = text.trim().replace(/(?<=\w)_(?=\w)/g, '')
  const [, sign, body] = /^([-+]?)(.*)$/s.exec(plain) as unknown as [string, string, string]
  const marks: Readonly<Record<number, RegExp>> = { 2: /^0b/i, 8: /^0o/i, 16: /^0x/i }
  const marked = marks[base]
  const digits = marked ? body.replace(marked, '') : body
  let whole: bigint
  if (base === 10) {
    if (!/^\d+$/.test(digits)) return null
    whole = BigInt(digits)
  } else if (digitsOf[base]) {
    if (!digitsOf[base].test(digits)) return null
    whole = BigInt({ 2: '0b', 8: '0o', 16: '0x' }[base]! + digits)
  } else {
    const parsed = parseInt(digits, base || 10)
    if (Number.isNaN(parsed)) return null
    whole = BigInt(parsed)
  }
  return integer(sign === '-' ? -whole : whole)
}

/** A text as a float, null if it is none. */
function parseFloatText(text: string): number | null {
  const plain = text.trim().replace(/(?<=\d)_(?=\d)/g, '')
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(plain)) return Number(plain)
  const special = /^([-+]?)(?:(inf(?:inity)?)|nan)$/i.exec(plain)
  if (!special) return null
  return special[2] ? (special[1] === '-' ? -Infinity : Infinity) : NaN
}

function toInteger(value: unknown, fallback: unknown, base: number): unknown {
  const text = textOf(value)
  if (text !== null) {
    const parsed = parseInteger(text, base)
    if (parsed !== null) return parsed
    const number = parseFloatText(text)
    return number === null || !Number.isFinite(number) ? fallback : integer(BigInt(Math.trunc(number)))
  }
  if (typeof value === 'bigint') return value
  if (value instanceof Undefined) throw value.error()
  const number = numeric(value)
  return number === null || !Number.isFinite(number) ? fallback : integer(BigInt(Math.trunc(number)))
}

function toFloat(value: unknown, fallback: unknown): unknown {
  const text = textOf(value)
  if (value instanceof Undefined) throw value.error()
  const number = text === null ? numeric(value) : parseFloatText(text)
  return number === null ? fallback : float(number)
}

/** Half to even, on the decimal that the float prints as. */
function rounded(value: number, digits: number): number {
  if (!Number.isFinite(value)) return value
  if (digits > 15) return value
  if (digits < 0) {
    const unit = 10 ** -digits
    return halfEven(value / unit) * unit
  }
  if (digits === 0) return halfEven(value)
  return Number(printFixed(value, digits))
}

const halfEven = (value: number): number => {
  const floor = Math.floor(value)
  const rest = value - floor
  if (rest !== 0.5) return Math.round(value)
  return floor % 2 === 0 ? floor : floor + 1
}

function round(value: unknown, precision: number, method: unknown): unknown {
  const name = textOf(method)
  if (name !== 'common' && name !== 'ceil' && name !== 'floor')
    throw new TemplateError('FilterArgumentError', 'method must be common, ceil or floor')
  if (value instanceof Undefined) throw value.error()
  const number = numeric(value)
  if (number === null) throw typeError(`type ${typeName(value)} doesn't define __round__ method`)
  if (name === 'common') return isInteger(value) ? value : float(rounded(number, precision))
  const unit = 10 ** precision
  return float((name === 'ceil' ? Math.ceil(number * unit) : Math.floor(number * unit)) / unit)
}

function fileSize(value: unknown, binary: boolean): string {
  const bytes = Number(toFloatNumber(value))
  const base = binary ? 1024 : 1000
  const prefixes = binary
    ? ['KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB', 'ZiB', 'YiB']
    : ['kB', 'MB', 'GB', 'TB', 'PB', 'EB', 'ZB', 'YB']
  if (bytes === 1) return '1 Byte'
  if (bytes < base) return `${Math.trunc(bytes)} Bytes`
  let index = 0
  while (index < prefixes.length - 1 && bytes >= base ** (index + 2)) index++
  return `${(bytes / base ** (index + 1)).toFixed(1)} ${prefixes[index]}`
}

function toFloatNumber(value: unknown): number {
  const text = textOf(value)
  const number = text === null ? numeric(value) : parseFloatText(text)
  if (number === null)
    throw new TemplateError('ValueError', `could not convert string to float: '${text ?? printFloat(NaN)}'`)
  return number
}

/** Filters of numbers. */
export const numberFilters: Readonly<Record<string, Filter>> = declareAll({
  int: [
    [
      ['default', 0],
      ['base', 10],
    ],
    (value, [fallback, base]) => toInteger(value, fallback, Number(base)),
  ],
  float: [[['default', new Float(0)]], (value, [fallback]) => toFloat(value, fallback)],
  abs: [
    [],
    value => {
      if (value instanceof Undefined) throw value.error()
      if (typeof value === 'bigint') return value < 0n ? -value : value
      const number = numeric(value)
      if (number === null) throw typeError(`bad operand type for abs(): '${typeName(value)}'`)
      return value instanceof Float ? float(Math.abs(number)) : Math.abs(number)
    },
  ],
  round: [
    [
      ['precision', 0],
      ['method', 'common'],
    ],
    (value, [precision, method]) => round(value, Number(precision), method),
  ],
  filesizeformat: [[['binary', false]], (value, [binary]) => fileSize(value, Boolean(binary))],
})
