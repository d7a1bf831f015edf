import type { Budget } from './budget.ts'
import { TemplateError, typeError } from './errors.ts'
import { formatPercent } from './format.ts'
import type { BinaryOperator, CompareOperator } from './nodes.ts'
import { escapeHtml, textNow } from './printing.ts'
import {
  Dict,
  Exposed,
  Float,
  float,
  isInteger,
  isMapping,
  isNumber,
  isText,
  lengthOfText,
  mappingEntries,
  mappingGet,
  mappingHas,
  Markup,
  Tuple,
  typeName,
  Undefined,
} from './values.ts'

/** Whether a value counts as true. */
export function truth(value: unknown): boolean | Promise<boolean> {
  if (value instanceof Exposed) return value.truth()
  if (value === null || value === undefined || value === false || value === '' || value === 0 || value === 0n)
    return false
  if (value instanceof Undefined) {
    if (value.kind === 'strict') throw value.error()
    return false
  }
  if (value instanceof Float) return value.value !== 0
  if (value instanceof Markup) return value.value !== ''
  if (Array.isArray(value)) return value.length > 0
  if (isMapping(value)) return mappingEntries(value).length > 0
  return true
}

/** A number as JavaScript has it; null if it is none. Booleans are numbers. */
export function numeric(value: unknown): number | null {
  if (typeof value === 'number') return value
  if (value instanceof Float) return value.value
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'boolean' ? Number(value) : null
}

/** An integer beyond what JavaScript's numbers hold exactly stays a bigint. */
export const integer = (value: bigint): number | bigint =>
  value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value

const plainText = (value: unknown): string | null =>
  typeof value === 'string' ? value : value instanceof Markup ? value.value : null

/** Whether two values are equal. */
export function equals(left: unknown, right: unknown): boolean {
  if (left === right) return true
  if (left instanceof Undefined || right instanceof Undefined) {
    for (const side of [left, right]) if (side instanceof Undefined && side.kind === 'strict') throw side.error()
    return left instanceof Undefined && right instanceof Undefined
  }
  if (left instanceof Exposed || right instanceof Exposed) {
    if (!(left instanceof Exposed) || !(right instanceof Exposed)) return false
    return left.identity !== null && left.identity === right.identity
  }
  const [a, b] = [numeric(left), numeric(right)]
  if (a !== null && b !== null) return typeof left === 'bigint' && typeof right === 'bigint' ? left === right : a === b
  const [text, other] = [plainText(left), plainText(right)]
  if (text !== null && other !== null) return text === other
  if (Array.isArray(left) && Array.isArray(right)) {
    if (left instanceof Tuple !== right instanceof Tuple || left.length !== right.length) return false
    return left.every((item, index) => equals(item, right[index]))
  }
  if (isMapping(left) && isMapping(right)) {
    const entries = mappingEntries(left)
    if (entries.length !== mappingEntries(right).length) return false
    return entries.every(([key, value]) => mappingHas(right, key) && equals(value, mappingGet(right, key)))
  }
  return left instanceof Date && right instanceof Date && left.getTime() === right.getTime()
}

/** Which of two values comes first: negative, 0 or positive. Throws if they have no order. */
export function order(left: unknown, right: unknown, operator = '<'): number {
  if (left instanceof Undefined) throw left.error()
  if (right instanceof Undefined) throw right.error()
  if (isInteger(left) && isInteger(right)) return left < right ? -1 : left > right ? 1 : 0
  const [a, b] = [numeric(left), numeric(right)]
  if (a !== null && b !== null) return a < b ? -1 : a > b ? 1 : a === b ? 0 : NaN
  const [text, other] = [plainText(left), plainText(right)]
  if (text !== null && other !== null) return compareText(text, other)
  if (Array.isArray(left) && Array.isArray(right) && left instanceof Tuple === right instanceof Tuple) {
    for (let index = 0; index < Math.min(left.length, right.length); index++)
      if (!equals(left[index], right[index])) return order(left[index], right[index], operator)
    return left.length - right.length
  }
  if (left instanceof Date && right instanceof Date) return left.getTime() - right.getTime()
  if (left instanceof Exposed && right instanceof Exposed) return compareText(left.repr(), right.repr())
  throw typeError(`'${operator}' not supported between instances of '${typeName(left)}' and '${typeName(right)}'`)
}

/** By code point, as Python does. */
function compareText(left: string, right: string): number {
  if (left === right) return 0
  if (!/[\ud800-\udfff]/.test(left) && !/[\ud800-\udfff]/.test(right)) return left < right ? -1 : 1
  const [a, b] = [[...left], [...right]]
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = a[index]!.codePointAt(0)! - b[index]!.codePointAt(0)!
    if (difference) return difference
  }
  return a.length - b.length
}

/** Whether a container holds a value. */
export async function includes(container: unknown, value: unknown): Promise<boolean> {
  if (container instanceof Undefined) {
    if (container.kind === 'strict') throw container.error()
    return false
  }
  const text = plainText(container)
  if (text !== null) {
    const part = plainText(value)
    if (value instanceof Undefined) throw value.error()
    if (part === null) throw typeError(`'in <string>' requires string as left operand, not ${typeName(value)}`)
    return text.includes(part)
  }
  if (Array.isArray(container)) return container.some(item => equals(item, value))
  if (isMapping(container)) return mappingHas(container, plainText(value) ?? value)
  if (container instanceof Exposed) {
    const items = await container.items()
    if (items) return items.some(item => equals(item, value))
  }
  throw typeError(`argument of type '${typeName(container)}' is not iterable`)
}

/** One comparison. */
export function compare(operator: CompareOperator, left: unknown, right: unknown): boolean | Promise<boolean> {
  switch (operator) {
    case '==':
      return equals(left, right)
    case '!=':
      return !equals(left, right)
    case 'in':
      return includes(right, left)
    case 'not in':
      return includes(right, left).then(found => !found)
    case '<':
      return order(left, right, operator) < 0
    case '<=':
      return order(left, right, operator) <= 0
    case '>':
      return order(left, right, operator) > 0
    default:
      return order(left, right, operator) >= 0
  }
}

const unsupported = (operator: string, left: unknown, right: unknown): TemplateError =>
  typeError(`unsupported operand type(s) for ${operator}: '${typeName(left)}' and '${typeName(right)}'`)

/** Arithmetic on two values. */
export async function binary(
  operator: BinaryOperator,
  left: unknown,
  right: unknown,
  budget: Budget,
): Promise<unknown> {
  if (left instanceof Undefined) throw left.error()
  if (operator === '%' && isText(left)) return formatPercent(left, right, budget)
  if (right instanceof Undefined) throw right.error()
  if (operator === '+') {
    const added = join(left, right, budget)
    if (added !== undefined) return added
  }
  if (operator === '*') {
    const repeated = repeat(left, right, budget) ?? repeat(right, left, budget)
    if (repeated !== undefined) return repeated
  }
  const [a, b] = [numeric(left), numeric(right)]
  if (a === null || b === null) {
    if (operator === '+' && isText(left)) throw typeError(`can only concatenate str (not "${typeName(right)}") to str`)
    if (operator === '+' && Array.isArray(left)) {
      const name = typeName(left)
      throw typeError(`can only concatenate ${name} (not "${typeName(right)}") to ${name}`)
    }
    if (operator === '*' && (isText(left) || Array.isArray(left)))
      throw typeError(`can't multiply sequence by non-int of type '${typeName(right)}'`)
    throw unsupported(operator === '**' ? '** or pow()' : operator, left, right)
  }
  const exact = [left, right].every(value => isInteger(value) || typeof value === 'boolean')
  if (exact && operator !== '/') return exactly(operator, toBigInt(left), toBigInt(right), budget)
  return float(inexactly(operator, a, b, exact))
}

const toBigInt = (value: unknown): bigint => BigInt(value as number | bigint | boolean)

function join(left: unknown, right: unknown, budget: Budget): unknown {
  if (isText(left) && isText(right)) {
    const safe = left instanceof Markup || right instanceof Markup
    const joined = safe ? safely(left) + safely(right) : String(left) + String(right)
    budget.length(joined.length)
    return safe ? new Markup(joined) : joined
  }
  if (!Array.isArray(left) || !Array.isArray(right)) return undefined
  if (left instanceof Tuple !== right instanceof Tuple) return undefined
  void budget.step(left.length + right.length)
  const items = [...(left as unknown[]), ...(right as unknown[])]
  return left instanceof Tuple ? Tuple.list(items) : items
}

/** A text for HTML, escaped unless it is safe. */
const safely = (value: unknown): string => (value instanceof Markup ? value.value : escapeHtml(textNow(value)))

function repeat(value: unknown, times: unknown, budget: Budget): unknown {
  if (!isInteger(times) && typeof times !== 'boolean') return undefined
  const count = Math.max(0, Number(times))
  if (isText(value)) {
    const text = plainText(value)!
    budget.length(text.length * count)
    const repeated = text.repeat(count)
    return value instanceof Markup ? new Markup(repeated) : repeated
  }
  if (!Array.isArray(value)) return undefined
  budget.length(value.length * count)
  void budget.step(value.length * count)
  const items = Array.from({ length: count }, () => value as unknown[]).flat()
  return value instanceof Tuple ? Tuple.list(items) : items
}

function exactly(operator: BinaryOperator, a: bigint, b: bigint, budget: Budget): unknown {
  switch (operator) {
    case '+':
      return integer(a + b)
    case '-':
      return integer(a - b)
    case '*':
      budget.length(bitsOf(a) + bitsOf(b))
      return integer(a * b)
    case '//':
    case '%': {
      if (b === 0n) throw new TemplateError('ZeroDivisionError', 'integer division or modulo by zero')
      const rest = a % b
      const off = rest !== 0n && rest < 0n !== b < 0n
      return integer(operator === '%' ? rest + (off ? b : 0n) : a / b - (off ? 1n : 0n))
    }
    default: {
      if (b < 0n) return float(Number(a) ** Number(b))
      if (a > 1n || a < -1n) {
        if (BigInt(bitsOf(a)) * b > 100_000n) throw new TemplateError('OverflowError', 'the power is too big')
        return integer(a ** b)
      }
      return integer(a === -1n ? (b % 2n ? -1n : 1n) : b === 0n ? 1n : a)
    }
  }
}

const bitsOf = (value: bigint): number => value.toString(16).length * 4

function inexactly(operator: BinaryOperator, a: number, b: number, exact: boolean): number {
  const divisor = operator === '/' || operator === '//' || operator === '%'
  if (divisor && b === 0) {
    const message =
      operator === '/' ? (exact ? 'division by zero' : 'float division by zero') : 'float floor division by zero'
    throw new TemplateError('ZeroDivisionError', operator === '%' ? 'float modulo' : message)
  }
  switch (operator) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return a / b
    case '//':
      return Math.floor(a / b)
    case '%': {
      const rest = a % b
      return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest
    }
    default:
      return a ** b
  }
}

/** The opposite number. */
export function negative(value: unknown): unknown {
  if (value instanceof Undefined) throw value.error()
  if (typeof value === 'bigint') return integer(-value)
  const number = numeric(value)
  if (number === null) throw typeError(`bad operand type for unary -: '${typeName(value)}'`)
  return value instanceof Float ? float(-number) : number === 0 ? 0 : -number
}

/** The same number. */
export function positive(value: unknown): unknown {
  if (value instanceof Undefined) throw value.error()
  if (!isNumber(value) && typeof value !== 'boolean')
    throw typeError(`bad operand type for unary +: '${typeName(value)}'`)
  return typeof value === 'boolean' ? Number(value) : value
}

/** The items of a value that can be iterated over. */
export async function itemsOf(value: unknown): Promise<readonly unknown[]> {
  if (Array.isArray(value)) return value
  if (value instanceof Undefined) {
    if (value.kind === 'strict') throw value.error()
    return []
  }
  const text = plainText(value)
  if (text !== null) return [...text]
  if (isMapping(value)) return mappingEntries(value).map(([key]) => key)
  if (value instanceof Exposed) {
    const items = await value.items()
    if (items) return items
  }
  throw typeError(`'${typeName(value)}' object is not iterable`)
}

/** How many items or characters a value has. */
export async function lengthOf(value: unknown): Promise<number> {
  if (Array.isArray(value)) return value.length
  if (value instanceof Undefined) {
    if (value.kind === 'strict') throw value.error()
    return 0
  }
  const text = plainText(value)
  if (text !== null) return lengthOfText(text)
  if (value instanceof Dict) return value.size
  if (isMapping(value)) return mappingEntries(value).length
  if (value instanceof Exposed) {
    const length = await value.length()
    if (length !== null) return length
  }
  throw typeError(`object of type '${typeName(value)}' has no len()`)
}
