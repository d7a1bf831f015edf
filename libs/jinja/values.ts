import { TemplateError } from './errors.ts'
import type { Args } from './args.ts'

/** A float without fraction, which JavaScript cannot tell from an integer: 2.0. All others are plain numbers. */
export class Float {
  readonly value: number
  constructor(value: number) {
    this.value = value
  }
}

/** A number that prints as a float even when it is whole. */
export const float = (value: number): number | Float => (Number.isInteger(value) ? new Float(value) : value)

/** A list that cannot change and prints in parentheses. */
export class Tuple extends Array<unknown> {
  static override get [Symbol.species](): ArrayConstructor {
    return Array
  }
  static list(items: Iterable<unknown>): Tuple {
    const tuple = new Tuple()
    for (const item of items) tuple.push(item)
    return tuple
  }
}

/** A text that is known to be safe HTML. */
export class Markup {
  readonly value: string
  constructor(value: string) {
    this.value = value
  }
}

/** A mapping with keys of any type, in order of insertion. */
export class Dict {
  readonly #entries = new Map<unknown, [unknown, unknown]>()

  constructor(entries: Iterable<readonly [unknown, unknown]> = []) {
    for (const [key, value] of entries) this.set(key, value)
  }
  get size(): number {
    return this.#entries.size
  }
  has(key: unknown): boolean {
    return this.#entries.has(hashOf(key))
  }
  get(key: unknown): unknown {
    return this.#entries.get(hashOf(key))?.[1]
  }
  set(key: unknown, value: unknown): void {
    const hash = hashOf(key)
    const known = this.#entries.get(hash)
    if (known) known[1] = value
    else this.#entries.set(hash, [key, value])
  }
  delete(key: unknown): void {
    this.#entries.delete(hashOf(key))
  }
  clear(): void {
    this.#entries.clear()
  }
  entries(): [unknown, unknown][] {
    return [...this.#entries.values()].map(([key, value]) => [key, value])
  }
}

/** What makes two keys the same: 1, 1.0 and True are. */
export function hashOf(key: unknown): unknown {
  if (typeof key === 'string') return `s${key}`
  if (typeof key === 'boolean') return Number(key)
  if (key instanceof Float) return key.value
  if (key instanceof Markup) return `s${key.value}`
  if (typeof key === 'bigint' && BigInt(Number(key)) === key) return Number(key)
  if (key instanceof Tuple) return `t${JSON.stringify(key.map(item => String(hashOf(item))))}`
  if (key instanceof Exposed) return key.identity === null ? key : `o${key.identity}`
  if (Array.isArray(key)) throw new TemplateError('TypeError', "unhashable type: 'list'")
  if (key instanceof Dict || isPlain(key)) throw new TemplateError('TypeError', "unhashable type: 'dict'")
  return key
}

/** A function that templates may call. */
export class Callable {
  readonly name: string
  readonly call: (args: Args) => unknown
  readonly attributes: Readonly<Record<string, unknown>>
  constructor(name: string, call: (args: Args) => unknown, attributes: Readonly<Record<string, unknown>> = {}) {
    this.name = name
    this.call = call
    this.attributes = attributes
  }
}

/**
 * An object of the host that templates may use: only through these methods, of which a subclass overrides what it has.
 * Attributes, items and length may come later; `undefined` says that there is none.
 */
export abstract class Exposed {
  /** What messages call its type: `dcim.models.Device`. */
  abstract readonly type: string
  /** Two objects of the same identity are equal; null: only itself is. */
  get identity(): string | null {
    return null
  }
  attribute(_name: string): unknown {
    return undefined
  }
  item(_key: unknown): unknown {
    return undefined
  }
  setAttribute(name: string, _value: unknown): void {
    throw new TemplateError('SecurityError', `cannot assign attribute '${name}' on non-namespace object`)
  }
  /** Its items if it can be iterated over. */
  items(): readonly unknown[] | Promise<readonly unknown[]> | null {
    return null
  }
  length(): number | Promise<number> | null {
    return null
  }
  truth(): boolean | Promise<boolean> {
    return true
  }
  call(_args: Args): unknown {
    throw new TemplateError('TypeError', `'${this.type}' object is not callable`)
  }
  get callable(): boolean {
    return false
  }
  /** How it prints. */
  text(): string | Promise<string> {
    return this.repr()
  }
  /** How it prints within a list. */
  repr(): string {
    return `<${this.type} object>`
  }
  /** What stands in its place where a value of plain data is wanted, as in JSON. */
  plain(): unknown {
    return this.repr()
  }
}

export type UndefinedKind = 'default' | 'chainable' | 'debug' | 'strict'

/** What stands for a name or attribute that does not exist. */
export class Undefined {
  readonly kind: UndefinedKind
  readonly name: unknown
  readonly owner: string | null
  readonly hint: string | null
  /** What kind of error it is to use it. */
  readonly failure: string

  constructor(
    kind: UndefinedKind,
    name: unknown,
    owner: string | null = null,
    hint: string | null = null,
    failure = 'UndefinedError',
  ) {
    this.failure = failure
    this.kind = kind
    this.name = name
    this.owner = owner
    this.hint = hint
  }
  get message(): string {
    if (this.hint !== null) return this.hint
    if (this.owner === null) return `'${String(this.name)}' is undefined`
    if (typeof this.name !== 'string') return `${this.owner} has no element ${String(this.name)}`
    return `'${this.owner}' has no attribute '${this.name}'`
  }
  /** The error of using it. */
  error(): TemplateError {
    return new TemplateError(this.failure, this.message)
  }
  /** How it prints; a strict one does not. */
  text(): string {
    if (this.kind === 'strict') throw this.error()
    if (this.kind !== 'debug') return ''
    if (this.hint !== null) return `{{ undefined value printed: ${this.hint} }}`
    if (this.owner === null) return `{{ ${String(this.name)} }}`
    const name = typeof this.name === 'string' ? `'${this.name}'` : String(this.name)
    return `{{ no such element: ${this.owner}[${name}] }}`
  }
}

/** Whether it is an object of plain data. */
function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

export type Mapping = Dict | Record<string, unknown>

/** Whether it is a mapping: one that the template made, or an object of plain data. */
export const isMapping = (value: unknown): value is Mapping => value instanceof Dict || isPlain(value)

/** An own data property; never an inherited one, never a getter. */
const ownValue = (object: object, key: string): unknown => Object.getOwnPropertyDescriptor(object, key)?.value

/** The value of a key, `undefined` if there is none. */
export function mappingGet(mapping: Mapping, key: unknown): unknown {
  if (mapping instanceof Dict) return mapping.get(key)
  const name = key instanceof Markup ? key.value : key
  return typeof name === 'string' ? ownValue(mapping, name) : undefined
}

export const mappingHas = (mapping: Mapping, key: unknown): boolean =>
  mapping instanceof Dict ? mapping.has(key) : typeof key === 'string' && Object.hasOwn(mapping, key)

export function mappingSet(mapping: Mapping, key: unknown, value: unknown): void {
  if (mapping instanceof Dict) return mapping.set(key, value)
  const name = typeof key === 'string' ? key : String(key)
  Object.defineProperty(mapping, name, { value, writable: true, enumerable: true, configurable: true })
}

export function mappingDelete(mapping: Mapping, key: unknown): void {
  if (mapping instanceof Dict) mapping.delete(key)
  else delete mapping[String(key)]
}

export const mappingEntries = (mapping: Mapping): [unknown, unknown][] =>
  mapping instanceof Dict
    ? mapping.entries()
    : Object.keys(mapping).map((key): [unknown, unknown] => [key, ownValue(mapping, key)])

/** What Python calls the type. */
export function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType'
  if (value instanceof Undefined) return 'Undefined'
  if (typeof value === 'string') return 'str'
  if (typeof value === 'boolean') return 'bool'
  if (isInteger(value)) return 'int'
  if (isNumber(value)) return 'float'
  if (value instanceof Tuple) return 'tuple'
  if (Array.isArray(value)) return 'list'
  if (isMapping(value)) return 'dict'
  if (value instanceof Markup) return 'Markup'
  if (value instanceof Callable) return 'function'
  if (value instanceof Exposed) return value.type
  return 'object'
}

/** How messages about missing attributes name a value. */
export const describe = (value: unknown): string =>
  value === null || value === undefined ? 'None' : `${typeName(value)} object`

export const isInteger = (value: unknown): value is number | bigint =>
  typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))

export const isNumber = (value: unknown): value is number | bigint | Float =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof Float

export const isText = (value: unknown): value is string | Markup => typeof value === 'string' || value instanceof Markup

/** The characters of a text, those beyond 16 bits as one. */
export const charactersOf = (text: string): string[] => (/[\ud800-\udfff]/.test(text) ? [...text] : text.split(''))

/** Number of characters, those beyond 16 bits as one. */
export const lengthOfText = (text: string): number => (/[\ud800-\udfff]/.test(text) ? [...text].length : text.length)
