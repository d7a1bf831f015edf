import { TemplateError } from './errors.ts'
import { type BlockRenderer, Context, Output, Scope, type Template } from './scope.ts'
import { Callable, Exposed, Markup, Undefined } from './values.ts'

/** Finds the template of a name, or of the first of several names that exists. */
async function load(scope: Scope, wanted: unknown): Promise<Template> {
  if (wanted instanceof Undefined) throw wanted.error()
  const names = Array.isArray(wanted) ? (wanted as unknown[]) : [wanted]
  return scope.run.load(names, scope.template.name)
}

/** Remembers what a template extends; nothing that it writes from here on is seen. */
export async function extendTemplate(scope: Scope, wanted: unknown): Promise<void> {
  const { context } = scope
  if (context.parent) throw new TemplateError('TemplateRuntimeError', 'extended multiple times')
  context.parent = await load(scope, wanted)
  addBlocks(context, context.parent)
  scope.out.mute = true
}

/** Puts the blocks of a template behind those that its children define. */
function addBlocks(context: Context, template: Template): void {
  for (const block of template.blocks) {
    const known = context.blocks.get(block.name)
    if (known) known.push(block)
    else context.blocks.set(block.name, [block])
  }
}

/** Renders a template with its parents. */
export async function renderTemplate(
  template: Template,
  context: Context,
  out: Output,
  around: Scope | null = null,
): Promise<void> {
  addBlocks(context, template)
  let current: Template | null = template
  let depth = 0
  while (current) {
    if (++depth > context.run.budget.limits.depth)
      throw new TemplateError('RecursionError', 'maximum recursion depth exceeded')
    context.parent = null
    const scope: Scope = new Scope(context, current, out, current.autoescape, around, !around)
    if (!scope.has('self')) scope.context.vars.set('self', new Self(context, scope))
    await current.render(scope)
    out.mute = false
    current = context.parent
  }
}

/** Renders one definition of a block where `scope` is. */
export async function renderBlock(renderer: BlockRenderer, scope: Scope, scoped: boolean): Promise<void> {
  const { context } = scope
  const inner = scoped
    ? new Scope(context, renderer.template, scope.out, scope.autoescape, scope)
    : new Scope(context, renderer.template, scope.out, renderer.template.autoescape)
  inner.set('super', new Super(renderer, inner))
  inner.set('self', new Self(context, inner))
  await context.run.budget.deeper(() => renderer.render(inner))
}

async function blockText(renderer: BlockRenderer, scope: Scope): Promise<unknown> {
  const out = new Output(scope.run.budget)
  const inner = scope.inner(out)
  await renderBlock(renderer, inner, true)
  return scope.autoescape ? new Markup(String(out)) : String(out)
}

/** `super`: the definition of a block that the template's parent has. */
class Super extends Exposed {
  readonly type = 'BlockReference'
  readonly #next: BlockRenderer | undefined
  readonly #name: string
  readonly #scope: Scope

  constructor(current: BlockRenderer, scope: Scope) {
    super()
    const chain = scope.context.blocks.get(current.name)!
    this.#next = chain[chain.indexOf(current) + 1]
    this.#name = current.name
    this.#scope = scope
  }
  override get callable(): boolean {
    return true
  }
  override attribute(name: string): unknown {
    return name === 'super' && this.#next ? new Super(this.#next, this.#scope) : undefined
  }
  override call(): unknown {
    if (!this.#next) throw new TemplateError('UndefinedError', `there is no parent block called '${this.#name}'.`)
    return blockText(this.#next, this.#scope)
  }
}

/** `self`: the blocks of this template. */
class Self extends Exposed {
  readonly type = 'TemplateReference'
  readonly #context: Context
  readonly #scope: Scope
  constructor(context: Context, scope: Scope) {
    super()
    this.#context = context
    this.#scope = scope
  }
  override attribute(name: string): unknown {
    const renderer = this.#context.blocks.get(name)?.[0]
    return renderer && new Callable(name, () => blockText(renderer, this.#scope))
  }
}

/** What an imported template offers. */
class TemplateModule extends Exposed {
  readonly type = 'TemplateModule'
  readonly name: string
  readonly #context: Context
  readonly #text: string
  constructor(name: string, context: Context, body: string) {
    super()
    this.name = name
    this.#context = context
    this.#text = body
  }
  override attribute(name: string): unknown {
    return this.#context.exported.has(name) ? this.#context.vars.get(name) : undefined
  }
  override text(): string {
    return this.#text
  }
  override repr(): string {
    return `<TemplateModule '${this.name}'>`
  }
}

const visible = (scope: Scope): Map<string, unknown> => {
  const names = new Map([...scope.context.all(), ...scope.locals()])
  for (const own of ['self', 'super']) names.delete(own)
  return names
}

/** Renders another template here. */
export async function includeTemplate(
  scope: Scope,
  wanted: unknown,
  { ignoreMissing, withContext }: { ignoreMissing: boolean; withContext: boolean },
): Promise<void> {
  if (scope.out.mute) return
  let template: Template
  try {
    template = await load(scope, wanted)
  } catch (error) {
    const missing = error instanceof TemplateError && /^Template(s)?NotFound$/.test(error.type)
    if (missing && ignoreMissing) return
    throw error
  }
  const context = new Context(scope.run, withContext ? visible(scope) : new Map())
  const out = new Output(scope.run.budget)
  await scope.run.budget.deeper(() => renderTemplate(template, context, out))
  scope.out.write(String(out))
}

/** Renders another template for the names that it sets. */
export async function importTemplate(scope: Scope, wanted: unknown, withContext: boolean): Promise<TemplateModule> {
  const template = await load(scope, wanted)
  const context = new Context(scope.run, withContext ? visible(scope) : new Map())
  const out = new Output(scope.run.budget)
  await scope.run.budget.deeper(() => renderTemplate(template, context, out))
  return new TemplateModule(template.name ?? '<template>', context, String(out))
}
