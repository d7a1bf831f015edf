import { bind, type Args } from './args.ts'
import { TemplateError, typeError, valueError } from './errors.ts'
import { itemsOf } from './operators.ts'
import { printNumber, repr } from './printing.ts'
import {
  Callable,
  Dict,
  Exposed,
  isInteger,
  isMapping,
  mappingEntries,
  mappingSet,
  typeName,
  Undefined,
} from './values.ts'

const longestRange = 100_000

/** `namespace()`: an object whose attributes `set` may assign. */
export class Namespace extends Exposed {
  readonly type = 'Namespace'
  readonly #values = new Dict()

  static async from(args: Args): Promise<Namespace> {
    const made = new Namespace()
    for (const [key, value] of (await dictOf(args)).entries()) made.setAttribute(String(key), value)
    return made
  }
  override attribute(name: string): unknown {
    return this.#values.get(name)
  }
  override item(key: unknown): unknown {
    return this.#values.get(key)
  }
  override setAttribute(name: string, value: unknown): void {
    this.#values.set(name, value)
  }
  override repr(): string {
    return `<Namespace ${repr(this.#values)}>`
  }
}

class Cycler extends Exposed {
  readonly type = 'Cycler'
  readonly #items: readonly unknown[]
  #at = 0

  constructor(items: readonly unknown[]) {
    super()
    if (!items.length) throw new TemplateError('RuntimeError', 'at least one item has to be provided')
    this.#items = items
  }
  override attribute(name: string): unknown {
    if (name === 'current') return this.#items[this.#at]
    if (name === 'reset')
      return new Callable('reset', () => {
        this.#at = 0
        return null
      })
    if (name !== 'next') return undefined
    return new Callable('next', () => {
      const current = this.#items[this.#at]
      this.#at = (this.#at + 1) % this.#items.length
      return current
    })
  }
}

class Joiner extends Exposed {
  readonly type = 'Joiner'
  readonly #mark: unknown
  #used = false
  constructor(mark: unknown) {
    super()
    this.#mark = mark
  }
  override get callable(): boolean {
    return true
  }
  override call(): unknown {
    if (this.#used) return this.#mark
    this.#used = true
    return ''
  }
}

/** `dict(…)`. */
async function dictOf(args: Args): Promise<Dict> {
  const made = new Dict()
  const [first] = bind('dict', [['iterable', null]], { positional: args.positional, named: new Map() })
  if (isMapping(first)) for (const [key, value] of mappingEntries(first)) mappingSet(made, key, value)
  else if (first !== null)
    for (const pair of await itemsOf(first)) {
      const parts = await itemsOf(pair)
      if (parts.length !== 2)
        throw valueError(`dictionary update sequence element #${made.size} has length ${parts.length}; 2 is required`)
      made.set(parts[0], parts[1])
    }
  for (const [key, value] of args.named) made.set(key, value)
  return made
}

/** `range(…)`: a list, never a long one. */
function rangeOf(args: Args): unknown[] {
  const bounds = bind('range', ['start', ['stop', null], ['step', 1]], args).map(bound => {
    if (bound === null) return null
    if (bound instanceof Undefined) throw bound.error()
    if (!isInteger(bound) && typeof bound !== 'boolean')
      throw typeError(`'${typeName(bound)}' object cannot be interpreted as an integer`)
    return Number(bound)
  })
  const [start, stop] = bounds[1] === null ? [0, bounds[0]!] : [bounds[0]!, bounds[1]!]
  const step = bounds[2]!
  if (step === 0) throw valueError('range() arg 3 must not be zero')
  const length = Math.max(0, Math.ceil((stop - start) / step))
  if (length > longestRange)
    throw new TemplateError(
      'OverflowError',
      `Range too big. The sandbox blocks ranges larger than MAX_RANGE (${printNumber(longestRange)}).`,
    )
  return Array.from({ length }, (_unused, index) => start + index * step)
}

/** What every template can call. */
export const builtinGlobals: ReadonlyMap<string, unknown> = new Map(
  [
    new Callable('range', rangeOf),
    new Callable('dict', dictOf),
    new Callable('namespace', args => Namespace.from(args)),
    new Callable('cycler', args => new Cycler(args.positional)),
    new Callable('joiner', args => new Joiner(bind('joiner', [['sep', ', ']], args)[0])),
  ].map(callable => [callable.name, callable]),
)
