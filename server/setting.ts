/** How a setting is read: from YAML as it stands there, from the environment as text. */
export interface Setting<T> {
  readonly type: string
  readonly default: T
  readonly doc: string
  /** Never printed; may be given as a file, in `<NAME>_FILE`. */
  readonly secret?: true
  /** From an environment variable; throws a phrase that says what is wrong. */
  fromText(text: string): T
  /** From demarc.yaml; throws a phrase that says what is wrong. */
  fromValue(value: unknown): T
}

interface Options {
  readonly secret?: true
}

/** Some text. */
export function text<D extends string | null>(fallback: D, doc: string, options: Options = {}): Setting<string | D> {
  const fromText = (value: string) => value
  return { type: 'text', default: fallback, doc, ...options, fromText, fromValue: orNull(fallback, textOf, fromText) }
}

/** One of a few words. */
export function oneOf<const W extends string>(words: readonly W[], fallback: NoInfer<W>, doc: string): Setting<W> {
  const fromText = (value: string) => {
    const found = words.find(word => word === value.toLowerCase())
    if (!found) throw `must be one of ${words.join(', ')}`
    return found
  }
  return { type: words.join(' | '), default: fallback, doc, fromText, fromValue: value => fromText(textOf(value)) }
}

/** A whole number within bounds. */
export function integer<D extends number | null>(
  fallback: D,
  doc: string,
  { min = 0, max = Number.MAX_SAFE_INTEGER } = {},
): Setting<number | D> {
  const check = (value: unknown) => {
    if (!Number.isSafeInteger(value)) throw 'must be a whole number'
    if ((value as number) < min || (value as number) > max) {
      throw max === Number.MAX_SAFE_INTEGER ? `must be at least ${min}` : `must lie between ${min} and ${max}`
    }
    return value as number
  }
  const fromText = (value: string) => check(/^[+-]?\d+$/.test(value.trim()) ? Number(value) : Number.NaN)
  const fromValue = (value: unknown) => (typeof value === 'string' ? fromText(value) : check(value))
  return { type: 'integer', default: fallback, doc, fromText, fromValue: orNull(fallback, fromValue) }
}

/** Yes or no. */
export function boolean(fallback: boolean, doc: string): Setting<boolean> {
  const fromText = (value: string) => {
    const word = value.trim().toLowerCase()
    if (['true', 'yes', 'on', '1'].includes(word)) return true
    if (['false', 'no', 'off', '0'].includes(word)) return false
    throw 'must be true or false'
  }
  const fromValue = (value: unknown) => (typeof value === 'boolean' ? value : fromText(textOf(value)))
  return { type: 'boolean', default: fallback, doc, fromText, fromValue }
}

/** Several texts: a YAML list, a JSON array, or words with white space or commas between them. */
export function list(fallback: readonly string[], doc: string, { split = /[\s,]+/ } = {}): Setting<readonly string[]> {
  const fromValue = (value: unknown) => {
    if (typeof value === 'string') return fromText(value)
    if (!Array.isArray(value) || value.some(item => typeof item !== 'string')) throw 'must be a list of texts'
    return value as string[]
  }
  const fromText = (value: string): readonly string[] =>
    value.trim().startsWith('[') ? fromValue(parseJson(value)) : value.split(split).filter(Boolean)
  return { type: 'list', default: fallback, doc, fromText, fromValue }
}

/** A mapping whose values a function checks: YAML, or JSON text. */
export function mapping<T>(
  fallback: Readonly<Record<string, T>>,
  doc: string,
  options: Options & { each?: (value: unknown, key: string) => T } = {},
): Setting<Readonly<Record<string, T>>> {
  const { each = value => value as T, ...rest } = options
  const fromValue = (value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw 'must be a mapping'
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, each(item, key)]))
  }
  const fromText = (value: string) => fromValue(parseJson(value))
  return { type: 'mapping', default: fallback, doc, ...rest, fromText, fromValue }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw 'must be a text'
}

function orNull<T, D>(fallback: D, ...steps: ((value: never) => unknown)[]): (value: unknown) => T {
  return value => {
    if (value === null && fallback === null) return null as T
    return steps.reduce((result, step) => step(result as never), value) as T
  }
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    throw 'must be JSON'
  }
}
