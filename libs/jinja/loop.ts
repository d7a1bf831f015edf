import type { Args } from './args.ts'
import { TemplateError, typeError } from './errors.ts'
import { equals } from './operators.ts'
import { Callable, Exposed, Undefined, type UndefinedKind } from './values.ts'

/** The variable `loop`. */
export class Loop extends Exposed {
  readonly type = 'LoopContext'
  readonly #items: readonly unknown[]
  readonly #depth: number
  readonly #kind: UndefinedKind
  readonly #recurse: ((items: unknown, depth: number) => unknown) | null
  #changed: readonly unknown[] | null = null
  index0 = -1

  constructor(
    items: readonly unknown[],
    depth: number,
    kind: UndefinedKind,
    recurse: ((items: unknown, depth: number) => unknown) | null,
  ) {
    super()
    this.#items = items
    this.#depth = depth
    this.#kind = kind
    this.#recurse = recurse
  }

  override attribute(name: string): unknown {
    const { index0 } = this
    const { length } = this.#items
    switch (name) {
      case 'index':
        return index0 + 1
      case 'index0':
        return index0
      case 'revindex':
        return length - index0
      case 'revindex0':
        return length - index0 - 1
      case 'first':
        return index0 === 0
      case 'last':
        return index0 === length - 1
      case 'length':
        return length
      case 'depth':
        return this.#depth + 1
      case 'depth0':
        return this.#depth
      case 'previtem':
        return index0 > 0 ? this.#items[index0 - 1] : this.#nothing('there is no previous item')
      case 'nextitem':
        return index0 < length - 1 ? this.#items[index0 + 1] : this.#nothing('there is no next item')
      case 'cycle':
        return new Callable('cycle', ({ positional }) => {
          if (!positional.length) throw typeError('no items for cycling given')
          return positional[index0 % positional.length]
        })
      case 'changed':
        return new Callable('changed', ({ positional }) => {
          const before = this.#changed
          this.#changed = [...positional]
          return !before || !equals(before, this.#changed)
        })
      default:
        return undefined
    }
  }
  #nothing(hint: string): Undefined {
    return new Undefined(this.#kind, null, null, hint)
  }
  override get callable(): boolean {
    return this.#recurse !== null
  }
  override call(args: Args): unknown {
    if (!this.#recurse) throw typeError("The loop must have the 'recursive' marker to be called recursively.")
    if (args.positional.length !== 1) throw new TemplateError('TypeError', 'loop() takes one argument')
    return this.#recurse(args.positional[0], this.#depth + 1)
  }
  override length(): number {
    return this.#items.length
  }
  override repr(): string {
    return `<LoopContext ${this.index0 + 1}/${this.#items.length}>`
  }
}
