import { Budget, defaultLimits, type Limits } from './budget.ts'
import { located, TemplateError } from './errors.ts'
import type { Names } from './evaluate.ts'
import type { Filter, FilterCall } from './filters/filter.ts'
import { builtinFilters } from './filters/index.ts'
import { builtinGlobals } from './globals.ts'
import { renderTemplate } from './inheritance.ts'
import { defaultSyntax, type Syntax } from './options.ts'
import { parse } from './parser.ts'
import { textNow } from './printing.ts'
import { Context, Output, type Run, type Template } from './scope.ts'
import { compileTemplate } from './template.ts'
import { builtinTests, type Test } from './tests.ts'

export type Extension = 'do' | 'loopcontrols' | 'debug'

/** What an environment is made of; what is left out is as in Jinja2. */
export interface EnvironmentOptions extends Partial<Syntax> {
  readonly extensions?: readonly Extension[]
  readonly filters?: Readonly<Record<string, Filter>>
  readonly tests?: Readonly<Record<string, Test>>
  readonly globals?: Readonly<Record<string, unknown>>
  /** The source of another template, for `extends`, `include` and `import`; null if there is none. */
  readonly loader?: (name: string) => string | null | Promise<string | null>
  readonly limits?: Partial<Limits>
  readonly random?: () => number
}

/** Renders templates. */
export class Environment {
  readonly #syntax: Syntax
  readonly #extensions: ReadonlySet<string>
  readonly #filters: ReadonlyMap<string, Filter>
  readonly #tests: ReadonlyMap<string, Test>
  readonly #globals: ReadonlyMap<string, unknown>
  readonly #options: EnvironmentOptions
  readonly #names: Names

  constructor(options: EnvironmentOptions = {}) {
    this.#options = options
    this.#syntax = { ...defaultSyntax, ...options }
    this.#extensions = new Set(options.extensions)
    this.#filters = new Map([...builtinFilters, ...Object.entries(options.filters ?? {})])
    const tests = new Map<string, Test>()
    for (const [name, test] of [
      ...builtinTests({ filters: this.#filters, tests }),
      ...Object.entries(options.tests ?? {}),
    ])
      tests.set(name, test)
    this.#tests = tests
    this.#globals = new Map([...builtinGlobals, ...Object.entries(options.globals ?? {})])
    this.#names = { hasFilter: name => this.#filters.has(name), hasTest: name => this.#tests.has(name) }
  }

  /** Reads a template; throws a TemplateSyntaxError if that cannot be done. */
  compile(source: string, name: string | null = null): Template {
    try {
      const node = parse(source, this.#syntax, this.#extensions)
      return compileTemplate(node, name, this.#syntax.autoescape, this.#names)
    } catch (error) {
      throw located(overflown(error), 1, name)
    }
  }

  /** Renders a source. `name` is its own name among those that the loader knows. */
  async render(source: string, context: Readonly<Record<string, unknown>> = {}, name: string | null = null) {
    const template = this.compile(source, name)
    const run = this.#run()
    const out = new Output(run.budget)
    try {
      await renderTemplate(template, new Context(run, new Map(Object.entries(context))), out)
    } catch (error) {
      throw overflown(error)
    }
    return out.toString()
  }

  #run(): Run {
    const budget = new Budget({ ...defaultLimits, ...this.#options.limits })
    const calls = new Map<boolean, FilterCall>()
    const cache = new Map<string, Template>()
    return {
      budget,
      undefined: this.#syntax.undefined,
      globals: this.#globals,
      load: names => this.#load(names, cache),
      filterCall: autoescape => {
        const known = calls.get(autoescape)
        if (known) return known
        const made: FilterCall = {
          budget,
          undefined: this.#syntax.undefined,
          autoescape,
          random: this.#options.random ?? Math.random,
          filter: (name, value, args) => this.#filter(name)(value, args, made),
          test: (name, value, args) => this.#test(name)(value, args, made),
        }
        calls.set(autoescape, made)
        return made
      },
    }
  }

  #filter(name: string): Filter {
    const filter = this.#filters.get(name)
    if (!filter) throw new TemplateError('TemplateRuntimeError', `No filter named '${name}'.`)
    return filter
  }

  #test(name: string): Test {
    const test = this.#tests.get(name)
    if (!test) throw new TemplateError('TemplateRuntimeError', `No test named '${name}'.`)
    return test
  }

  async #load(wanted: readonly unknown[], cache: Map<string, Template>): Promise<Template> {
    const names = wanted.map(textNow)
    if (!this.#options.loader) throw new TemplateError('TypeError', 'no loader for this environment specified')
    for (const name of names) {
      const known = cache.get(name)
      if (known) return known
      const source = await this.#options.loader(name)
      if (source === null) continue
      const template = this.compile(source, name)
      cache.set(name, template)
      return template
    }
    if (names.length === 1) throw new TemplateError('TemplateNotFound', names[0]!)
    const tried = names.join(', ')
    throw new TemplateError('TemplatesNotFound', `none of the templates given were found: ${tried}`)
  }
}

/** JavaScript's own error for what is nested too deeply or too long, as one of the template. */
function overflown(error: unknown): unknown {
  if (!(error instanceof RangeError)) return error
  return new TemplateError('RecursionError', 'maximum recursion depth exceeded')
}
