import type { Args } from './args.ts'
import type { Budget } from './budget.ts'
import { TemplateError, typeError, valueError } from './errors.ts'
import { printFixed, printFloat, repr, text, textNow, escapeHtml } from './printing.ts'
import { Exposed, Float, isMapping, mappingGet, Markup, Tuple, typeName, Undefined, isInteger } from './values.ts'

const directive =
  /%(?:\((?<key>[^)]*)\))?(?<flags>[-+ #0]*)(?<width>\*|\d+)?(?:\.(?<precision>\*|\d+))?[hlL]?(?<type>.)?/gs

/** Python's `'%s of %d' % (…)`. */
export async function formatPercent(template: string | Markup, values: unknown, budget: Budget): Promise<unknown> {
  const safe = template instanceof Markup
  const source = safe ? template.value : template
  const queue = values instanceof Tuple ? [...values] : [values]
  let used = 0
  let byKey = false
  const take = (): unknown => {
    if (used >= queue.length) throw typeError('not enough arguments for format string')
    return queue[used++]
  }
  let out = ''
  let at = 0
  for (const found of source.matchAll(directive)) {
    out += source.slice(at, found.index)
    at = found.index + found[0].length
    const { key, flags = '', width, precision, type } = found.groups as Record<string, string | undefined>
    if (type === undefined) throw valueError('incomplete format')
    if (type === '%') {
      out += '%'
      continue
    }
    let left = flags.includes('-')
    let size = width === '*' ? Number(take()) : Number(width ?? 0)
    if (size < 0) {
      left = true
      size = -size
    }
    const digits = precision === '*' ? Number(take()) : precision === undefined ? null : Number(precision)
    budget.length(size)
    budget.length(digits ?? 0)
    let value: unknown
    if (key === undefined) value = take()
    else {
      if (!isMapping(values)) throw typeError('format requires a mapping')
      byKey = true
      value = mappingGet(values, key)
      if (value === undefined) throw new TemplateError('KeyError', `'${key}'`)
    }
    const printed = await directiveText(type, value, digits, flags)
    const shown = safe && !(value instanceof Markup) ? escapeHtml(printed) : printed
    out += pad(shown, size, left, flags.includes('0') && !'sra'.includes(type))
    budget.length(out.length)
  }
  out += source.slice(at)
  if (!byKey && used < queue.length && !isMapping(values) && !(values instanceof Undefined))
    throw typeError('not all arguments converted during string formatting')
  return safe ? new Markup(out) : out
}

function pad(value: string, size: number, left: boolean, zeros: boolean): string {
  if (left) return value.padEnd(size)
  if (!zeros) return value.padStart(size)
  const sign = /^[-+ ]?(?:0[xXo])?/.exec(value)![0]
  return sign + value.slice(sign.length).padStart(size - sign.length, '0')
}

async function directiveText(type: string, value: unknown, digits: number | null, flags: string): Promise<string> {
  if (type === 's' || type === 'r' || type === 'a') {
    const printed = type === 's' ? await text(value) : repr(value)
    return digits === null ? printed : printed.slice(0, digits)
  }
  if (value instanceof Undefined) throw value.error()
  if (type === 'c') return typeof value === 'string' ? value : String.fromCodePoint(Number(value))
  const number = toNumber(value)
  const plus = flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : ''
  if ('diuxXo'.includes(type)) {
    if (number === null || ('xXo'.includes(type) && !isInteger(value) && typeof value !== 'boolean')) {
      const wanted = 'xXo'.includes(type) ? 'an integer' : 'a real number'
      throw typeError(`%${type} format: ${wanted} is required, not ${typeName(value)}`)
    }
    const whole = typeof value === 'bigint' ? value : BigInt(Math.trunc(number))
    const magnitude = whole < 0n ? -whole : whole
    const base = type === 'o' ? 8 : type === 'x' || type === 'X' ? 16 : 10
    const body = magnitude.toString(base).padStart(digits ?? 0, '0')
    const prefix = flags.includes('#') && base !== 10 ? `0${type}` : ''
    return (whole < 0n ? '-' : plus) + prefix + (type === 'X' ? body.toUpperCase() : body)
  }
  if (!'eEfFgG'.includes(type)) {
    const code = type.codePointAt(0)!.toString(16)
    throw valueError(`unsupported format character '${type}' (0x${code})`)
  }
  if (number === null) throw typeError(`must be real number, not ${typeName(value)}`)
  const body = fixed(Math.abs(number), type, digits ?? 6)
  return (number < 0 || Object.is(number, -0) ? '-' : plus) + body
}

function toNumber(value: unknown): number | null {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return Number(value)
  return value instanceof Float ? value.value : null
}

/** A float in the notation of `e`, `f` or `g`. */
function fixed(value: number, type: string, digits: number): string {
  const upper = type === type.toUpperCase()
  const kind = type.toLowerCase()
  if (!Number.isFinite(value)) return upper ? String(printFloat(value)).toUpperCase() : printFloat(value)
  const precision = Math.min(digits, 100)
  let body: string
  if (kind === 'f')
    body =
      value < 1e21 ? printFixed(value, precision) : `${BigInt(value)}${precision ? `.${'0'.repeat(precision)}` : ''}`
  else if (kind === 'e') body = exponent(value.toExponential(precision))
  else {
    const significant = Math.max(1, precision)
    const power = value === 0 ? 0 : Number(value.toExponential(significant - 1).split('e')[1])
    if (power < -4 || power >= significant) {
      const [mantissa, tail] = value.toExponential(significant - 1).split('e') as [string, string]
      body = exponent(`${trimZeros(mantissa)}e${tail}`)
    } else body = trimZeros(value.toFixed(Math.min(100, Math.max(0, significant - 1 - power))))
  }
  return upper ? body.toUpperCase() : body
}

const trimZeros = (body: string): string => (body.includes('.') ? body.replace(/\.?0+$/, '') : body)
const exponent = (body: string): string => body.replace(/e([+-])(\d)$/, 'e$10$2')

const field = /\{\{|\}\}|\{(?<name>[^{}:!]*)(?:!(?<convert>[rsa]))?(?::(?<spec>(?:[^{}]|\{[^{}]*\})*))?\}|[{}]/g

/** Python's `'{} of {name:>10}'.format(…)`; `read` gets attributes and items of an argument. */
export async function formatBraces(
  template: string,
  args: Args,
  read: (of: unknown, key: string, attribute: boolean) => unknown,
  budget: Budget,
): Promise<string> {
  let counter = 0
  let out = ''
  let at = 0
  const argument = async (name: string): Promise<unknown> => {
    const [head] = /^[^.[]*/.exec(name)!
    let value: unknown
    if (head === '' || /^\d+$/.test(head)) {
      const index = head === '' ? counter++ : Number(head)
      if (index >= args.positional.length)
        throw new TemplateError('IndexError', `Replacement index ${index} out of range for positional args tuple`)
      value = args.positional[index]
    } else {
      if (!args.named.has(head)) throw new TemplateError('KeyError', `'${head}'`)
      value = args.named.get(head)
    }
    for (const [, attribute, key] of name.slice(head.length).matchAll(/\.([^.[]+)|\[([^\]]*)\]/g))
      value = await read(value, attribute ?? key!, attribute !== undefined)
    return value
  }
  for (const found of template.matchAll(field)) {
    out += template.slice(at, found.index)
    at = found.index + found[0].length
    if (found[0] === '{{' || found[0] === '}}') {
      out += found[0][0]
      continue
    }
    if (found[0].length === 1) throw valueError(`Single '${found[0]}' encountered in format string`)
    const { name, convert, spec = '' } = found.groups as { name: string; convert?: string; spec?: string }
    let value = await argument(name)
    if (convert === 's') value = await text(value)
    else if (convert) value = repr(value)
    let filled = ''
    let read = 0
    for (const inner of spec.matchAll(/\{([^{}]*)\}/g)) {
      filled += spec.slice(read, inner.index) + textNow(await argument(inner[1]!))
      read = inner.index + inner[0].length
    }
    if (value instanceof Exposed) value = await value.text()
    out += formatSpec(value, filled + spec.slice(read), budget)
    budget.length(out.length)
  }
  return out + template.slice(at)
}

const specification =
  /^(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<alternate>#)?(?<zero>0)?(?<width>\d+)?(?<group>[_,])?(?:\.(?<precision>\d+))?(?<type>[bcdeEfFgGnosxX%])?$/su

/** Python's `format(value, spec)`. */
function formatSpec(value: unknown, spec: string, budget: Budget): string {
  if (!spec) return textNow(value)
  const found = specification.exec(spec)
  if (!found) throw valueError(`Invalid format specifier '${spec}' for object of type '${typeName(value)}'`)
  const { fill, align, sign, alternate, zero, width, group, precision, type } = found.groups as Record<
    string,
    string | undefined
  >
  const size = Number(width ?? 0)
  const digits = precision === undefined ? null : Number(precision)
  budget.length(size)
  budget.length(digits ?? 0)
  const number = toNumber(value)
  if (number === null || type === 's') {
    if (type && type !== 's') throw valueError(`Unknown format code '${type}' for object of type '${typeName(value)}'`)
    const printed = textNow(value)
    return aligned(digits === null ? printed : printed.slice(0, digits), size, fill ?? (zero ? '0' : ' '), align ?? '<')
  }
  const isFloat = !isInteger(value) && typeof value !== 'boolean'
  const negative = number < 0 || Object.is(number, -0)
  let body: string
  let prefix = ''
  if (type && 'eEfFgG%'.includes(type)) {
    body =
      type === '%' ? `${fixed(Math.abs(number) * 100, 'f', digits ?? 6)}%` : fixed(Math.abs(number), type, digits ?? 6)
  } else if (isFloat) {
    if (type && type !== 'n') throw valueError(`Unknown format code '${type}' for object of type 'float'`)
    body = digits === null ? printFloat(Math.abs(number)) : fixed(Math.abs(number), 'g', digits)
  } else {
    const whole = BigInt(value as number | bigint)
    const magnitude = whole < 0n ? -whole : whole
    const bases: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16, X: 16 }
    const base = bases[type ?? ''] ?? 10
    if (type === 'c') body = String.fromCodePoint(Number(whole))
    else body = type === 'X' ? magnitude.toString(base).toUpperCase() : magnitude.toString(base)
    if (alternate && base !== 10) prefix = `0${type}`
  }
  if (group) {
    const every = type && 'bxXo'.includes(type) ? 4 : 3
    const [whole, ...rest] = body.split('.') as [string, ...string[]]
    const grouped = whole.replace(new RegExp(`\\B(?=(?:[\\da-fA-F]{${every}})+$)`, 'g'), group)
    body = [grouped, ...rest].join('.')
  }
  const mark = (negative ? '-' : sign === '+' ? '+' : sign === ' ' ? ' ' : '') + prefix
  if (zero && !align) return mark + body.padStart(size - mark.length, '0')
  if (align === '=') return mark + body.padStart(size - mark.length, fill ?? ' ')
  return aligned(mark + body, size, fill ?? ' ', align ?? '>')
}

function aligned(body: string, size: number, fill: string, align: string): string {
  const room = Math.max(0, size - [...body].length)
  if (align === '<') return body + fill.repeat(room)
  if (align === '^') return fill.repeat(Math.floor(room / 2)) + body + fill.repeat(Math.ceil(room / 2))
  return fill.repeat(room) + body
}
