import type { Budget } from './budget.ts'
import type { Host } from './host.ts'
import type { FilterCall } from './filters/filter.ts'
import type { UndefinedKind } from './values.ts'

/** Where a template's text goes. */
export class Output {
  readonly #budget: Budget
  readonly #parts: string[] = []
  /** Swallows everything: what a child template writes outside of its blocks. */
  mute = false

  constructor(budget: Budget) {
    this.#budget = budget
  }
  write(text: string): void {
    if (this.mute || !text) return
    this.#budget.written(text.length)
    this.#parts.push(text)
  }
  toString(): string {
    return this.#parts.join('')
  }
}

/** One rendering: what all of its templates share. */
export interface Run extends Host {
  readonly budget: Budget
  readonly undefined: UndefinedKind
  readonly globals: ReadonlyMap<string, unknown>
  readonly load: (names: readonly unknown[], from: string | null) => Promise<Template>
  readonly filterCall: (autoescape: boolean) => FilterCall
}

/** A compiled template. */
export interface Template {
  readonly name: string | null
  readonly autoescape: boolean
  readonly blocks: readonly BlockRenderer[]
  readonly render: (scope: Scope) => Promise<unknown>
}

/** One definition of a block, by the template that has it. */
export interface BlockRenderer {
  readonly name: string
  readonly scoped: boolean
  readonly required: boolean
  readonly line: number
  readonly template: Template
  readonly render: (scope: Scope) => Promise<void>
}

/** What the top of a template knows; its parents share it. */
export class Context {
  readonly run: Run
  readonly given: ReadonlyMap<string, unknown>
  readonly vars = new Map<string, unknown>()
  readonly exported = new Set<string>()
  /** Definitions of each block, the child's before its parent's. */
  readonly blocks = new Map<string, BlockRenderer[]>()
  /** The template that it extends, once it said so. */
  parent: Template | null = null

  constructor(run: Run, given: ReadonlyMap<string, unknown>) {
    this.run = run
    this.given = given
  }
  has(name: string): boolean {
    return this.vars.has(name) || this.given.has(name) || this.run.globals.has(name)
  }
  get(name: string): unknown {
    if (this.vars.has(name)) return this.vars.get(name)
    return this.given.has(name) ? this.given.get(name) : this.run.globals.get(name)
  }
  all(): Map<string, unknown> {
    return new Map([...this.given, ...this.vars])
  }
}

/** The names that a part of a template sees. */
export class Scope {
  readonly context: Context
  readonly around: Scope | null
  readonly out: Output
  readonly template: Template
  autoescape: boolean
  readonly #vars: Map<string, unknown> | null

  constructor(
    context: Context,
    template: Template,
    out: Output,
    autoescape: boolean,
    around: Scope | null = null,
    top = false,
  ) {
    this.context = context
    this.template = template
    this.around = around
    this.out = out
    this.autoescape = autoescape
    this.#vars = top ? null : new Map()
  }
  get run(): Run {
    return this.context.run
  }
  /** A scope within this one. */
  inner(out: Output = this.out): Scope {
    return new Scope(this.context, this.template, out, this.autoescape, this)
  }
  has(name: string): boolean {
    return this.#vars?.has(name) || (this.around ? this.around.has(name) : this.context.has(name))
  }
  get(name: string): unknown {
    if (this.#vars?.has(name)) return this.#vars.get(name)
    return this.around ? this.around.get(name) : this.context.get(name)
  }
  set(name: string, value: unknown): void {
    if (this.#vars) {
      this.#vars.set(name, value)
      return
    }
    this.context.vars.set(name, value)
    if (!name.startsWith('_')) this.context.exported.add(name)
  }
  /** Names of this and all scopes around it, without those of the context. */
  locals(): Map<string, unknown> {
    return new Map([...(this.around?.locals() ?? []), ...(this.#vars ?? [])])
  }
}
