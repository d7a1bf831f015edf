import { TemplateError, typeError, valueError } from './errors.ts'
import { listMethods } from './methods/list.ts'
import { mappingMethods } from './methods/mapping.ts'
import { numberMethods } from './methods/number.ts'
import { formatMethods, textMethods } from './methods/text.ts'
import type { Host, Method } from './host.ts'
import { repr } from './printing.ts'
import {
  Callable,
  charactersOf,
  describe,
  Exposed,
  isInteger,
  isMapping,
  isNumber,
  isText,
  mappingGet,
  Markup,
  Tuple,
  typeName,
  Undefined,
} from './values.ts'

/** A part of a sequence, as `[1:5:2]` asks for it. */
export class Slice {
  readonly from: unknown
  readonly to: unknown
  readonly step: unknown
  constructor(from: unknown, to: unknown, step: unknown) {
    this.from = from
    this.to = to
    this.step = step
  }
}

function methodsOf(value: unknown): Readonly<Record<string, Method>> | null {
  if (isText(value)) return allTextMethods
  if (Array.isArray(value)) return listMethods
  if (isMapping(value)) return mappingMethods
  return isNumber(value) ? numberMethods : null
}

/** A declared method of a value, `undefined` if it has none of that name. */
function method(value: unknown, name: string, host: Host): unknown {
  const methods = methodsOf(value)
  if (!methods || !Object.hasOwn(methods, name)) return undefined
  if (value instanceof Tuple && name !== 'index' && name !== 'count') return undefined
  const safe = value instanceof Markup
  const self = safe ? value.value : value
  return new Callable(name, async args => {
    const result = await methods[name]!(self, args, host)
    return safe && typeof result === 'string' ? new Markup(result) : result
  })
}

/** `value.name`: a declared method or attribute, else the item of that name. Never what JavaScript's prototypes have. */
export function attribute(value: unknown, name: string, host: Host): unknown {
  const found = attributeOnly(value, name, host)
  if (!isMissing(found) || value instanceof Undefined) return found
  const item = isMapping(value) ? mappingGet(value, name) : value instanceof Exposed ? value.item(name) : undefined
  if (!(item instanceof Promise)) return item === undefined ? found : item
  return item.then(given => given ?? found)
}

/** `value.name` without looking for an item; what `attr` does. */
export function attributeOnly(value: unknown, name: string, host: Host): unknown {
  if (value instanceof Undefined) {
    if (value.kind === 'chainable') return value
    throw value.error()
  }
  if (name.startsWith('__')) return unsafe(value, name, host)
  const missing = (): Undefined => new Undefined(host.undefined, name, describe(value))
  if (value instanceof Exposed) {
    const found = value.attribute(name)
    if (found instanceof Promise) return found.then(given => (given === undefined ? missing() : given))
    return found === undefined ? missing() : found
  }
  if (value instanceof Callable && Object.hasOwn(value.attributes, name)) return value.attributes[name]
  return method(value, name, host) ?? missing()
}

const isMissing = (value: unknown): boolean => value instanceof Undefined

const unsafe = (value: unknown, name: string, host: Host): Undefined =>
  new Undefined(
    host.undefined,
    name,
    describe(value),
    `access to attribute '${name}' of '${typeName(value)}' object is unsafe.`,
    'SecurityError',
  )

/** `value[key]`: an item, else the attribute of that name. */
export async function item(value: unknown, key: unknown, host: Host): Promise<unknown> {
  if (value instanceof Undefined) {
    if (value.kind === 'chainable') return value
    throw value.error()
  }
  if (key instanceof Slice) return sliced(value, key, host)
  const plain = key instanceof Markup ? key.value : key
  const found = await itemOnly(value, plain)
  if (found !== undefined) return found
  if (typeof plain === 'string') {
    const named = attributeOnly(value, plain, host)
    if (named instanceof Promise) return named
    if (!isMissing(named) || plain.startsWith('__')) return named
  }
  return new Undefined(host.undefined, typeof plain === 'string' ? plain : Text(plain), describe(value))
}

/** How a key that is no text is named in messages. */
const Text = (key: unknown): unknown => (isInteger(key) ? key : { toString: () => repr(key) })

function itemOnly(value: unknown, key: unknown): unknown {
  if (isMapping(value)) return mappingGet(value, key)
  if (value instanceof Exposed) return value.item(key)
  const index = isInteger(key) ? Number(key) : typeof key === 'boolean' ? Number(key) : null
  if (index === null) return undefined
  const items = isText(value) ? charactersOf(String(value instanceof Markup ? value.value : value)) : value
  if (!Array.isArray(items)) return undefined
  const found = items[index < 0 ? items.length + index : index] as unknown
  return found === undefined ? undefined : found
}

/** Positions that a slice takes from a sequence of this length. */
export function positions(slice: Slice, length: number): number[] {
  const whole = (bound: unknown): number | null => {
    if (bound === null || bound === undefined) return null
    if (!isInteger(bound) && typeof bound !== 'boolean')
      throw typeError('slice indices must be integers or None or have an __index__ method')
    return Number(bound)
  }
  const step = whole(slice.step) ?? 1
  if (step === 0) throw valueError('slice step cannot be zero')
  const clamp = (bound: number | null, fallback: number): number => {
    if (bound === null) return fallback
    const from = bound < 0 ? bound + length : bound
    return step > 0 ? Math.min(Math.max(from, 0), length) : Math.min(Math.max(from, -1), length - 1)
  }
  const start = clamp(whole(slice.from), step > 0 ? 0 : length - 1)
  const stop = clamp(whole(slice.to), step > 0 ? length : -1)
  const found: number[] = []
  for (let at = start; step > 0 ? at < stop : at > stop; at += step) found.push(at)
  return found
}

async function sliced(value: unknown, slice: Slice, host: Host): Promise<unknown> {
  if (isText(value)) {
    const characters = charactersOf(value instanceof Markup ? value.value : value)
    const part = positions(slice, characters.length)
      .map(at => characters[at])
      .join('')
    return value instanceof Markup ? new Markup(part) : part
  }
  if (value instanceof Exposed) {
    const given = await value.item(slice)
    if (given !== undefined) return given
  }
  const items = value instanceof Exposed ? await value.items() : value
  if (!Array.isArray(items)) {
    if (isMapping(value)) throw new TemplateError('TypeError', "unhashable type: 'slice'")
    return new Undefined(host.undefined, 'slice', describe(value))
  }
  const list = items as unknown[]
  const part = positions(slice, list.length).map(at => list[at])
  return value instanceof Tuple ? Tuple.list(part) : part
}

const allTextMethods: Readonly<Record<string, Method>> = {
  ...textMethods,
  ...formatMethods((of, key, byName, host) =>
    byName ? attribute(of, key, host) : item(of, /^\d+$/.test(key) ? Number(key) : key, host),
  ),
}
