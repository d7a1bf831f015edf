import {
  Callable,
  Dict,
  Exposed,
  Float,
  isMapping,
  mappingEntries,
  Markup,
  Tuple,
  Undefined,
  type Mapping,
} from './values.ts'

/** How Python prints a float: `1.0`, `0.1`, `1e+16`, `inf`. */
export function printFloat(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0'
  const [digits, power] = value.toExponential().split('e') as [string, string]
  const exponent = Number(power)
  if (exponent < -4 || exponent >= 16) {
    const size = String(Math.abs(exponent)).padStart(2, '0')
    return `${digits}e${exponent < 0 ? '-' : '+'}${size}`
  }
  const sign = value < 0 ? '-' : ''
  const plain = digits.replace('-', '').replace('.', '')
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${plain}`
  const whole = plain.slice(0, exponent + 1).padEnd(exponent + 1, '0')
  return `${sign}${whole}.${plain.slice(exponent + 1) || '0'}`
}

/** With this many decimals: what lies in the middle of two goes to the even one. */
export function printFixed(value: number, digits: number): string {
  const doubled = value * 2 ** (digits + 1)
  if (digits > 20 || !Number.isSafeInteger(doubled) || doubled % 2 === 0) return value.toFixed(digits)
  const below = (BigInt(Math.abs(doubled)) * 5n ** BigInt(digits) - 1n) / 2n
  const even = String(below % 2n ? below + 1n : below).padStart(digits + 1, '0')
  const whole = even.slice(0, even.length - digits)
  return `${value < 0 ? '-' : ''}${whole}${digits ? `.${even.slice(-digits)}` : ''}`
}

/** How Python prints a number. */
export function printNumber(value: number | bigint | Float): string {
  if (value instanceof Float) return printFloat(value.value)
  return typeof value === 'bigint' || Number.isInteger(value) ? BigInt(value).toString() : printFloat(value)
}

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' }

/** A text as Python writes it in source: `'it'`, `"it's"`. */
function quote(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'"
  let body = ''
  for (const character of text) {
    const code = character.codePointAt(0)!
    if (character === mark) body += `\\${mark}`
    else if (escapes[character]) body += escapes[character]
    else if (code < 0x20 || (code >= 0x7f && code < 0xa1) || code === 0xad)
      body += `\\x${code.toString(16).padStart(2, '0')}`
    else if (code >= 0xd800 && code <= 0xdfff) body += `\\u${code.toString(16)}`
    else body += character
  }
  return `${mark}${body}${mark}`
}

/** How a value prints within a list or a mapping. */
export function repr(value: unknown): string {
  return represent(value, [])
}

function represent(value: unknown, around: readonly unknown[]): string {
  if (value === null || value === undefined) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Float) return printNumber(value)
  if (value instanceof Undefined) return 'Undefined'
  if (value instanceof Markup) return `Markup(${quote(value.value)})`
  if (value instanceof Callable) return `<function ${value.name}>`
  if (value instanceof Exposed) return value.repr()
  if (value instanceof Date) return value.toISOString()
  if (around.includes(value)) return Array.isArray(value) ? '[...]' : '{...}'
  const within = [...around, value]
  if (value instanceof Tuple) {
    const items = value.map(item => represent(item, within))
    return items.length === 1 ? `(${items[0]},)` : `(${items.join(', ')})`
  }
  if (Array.isArray(value)) return `[${value.map(item => represent(item, within)).join(', ')}]`
  if (value instanceof Dict || isMapping(value)) return printMapping(value as Mapping, within)
  return '<object>'
}

const printMapping = (mapping: Mapping, around: readonly unknown[]): string =>
  `{${mappingEntries(mapping)
    .map(([key, value]) => `${represent(key, around)}: ${represent(value, around)}`)
    .join(', ')}}`

/** How a value prints where nothing is to be waited for. */
export function textNow(value: unknown): string {
  if (typeof value === 'string') return value
  if (value instanceof Markup) return value.value
  if (value instanceof Undefined) return value.text()
  return repr(value)
}

/** How a value prints. */
export function text(value: unknown): string | Promise<string> {
  return value instanceof Exposed ? value.text() : textNow(value)
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
}

/** A text for HTML. */
export const escapeHtml = (value: string): string => value.replace(/[&<>"']/g, character => entities[character]!)

/** A value for HTML; what is safe already stays. */
export const escapeValue = async (value: unknown): Promise<Markup> =>
  value instanceof Markup ? value : new Markup(escapeHtml(await text(value)))
