import { located, TemplateError, valueError } from './errors.ts'
import { compileExpression, type Evaluate, lookUp, type Names } from './evaluate.ts'
import { extendTemplate, importTemplate, includeTemplate, renderBlock } from './inheritance.ts'
import { Loop } from './loop.ts'
import { makeMacro } from './macro.ts'
import type { Statement, Target } from './nodes.ts'
import { itemsOf, truth } from './operators.ts'
import { escapeValue, repr, text } from './printing.ts'
import { Output, type Scope } from './scope.ts'
import { Dict, Exposed, Markup, Undefined, typeName } from './values.ts'
import { Namespace } from './globals.ts'

/** How a statement leaves: on to the next one, or out of a turn or a loop. */
type Leaves = 'break' | 'continue' | undefined

/** A compiled statement. */
export type Execute = (scope: Scope) => Promise<Leaves>

/** Makes a function of statements. */
export function compileBody(body: readonly Statement[], names: Names): Execute {
  const steps = body.map(node => compileStatement(node, names))
  return async scope => {
    for (const step of steps) {
      const leaves = await step(scope)
      if (leaves) return leaves
    }
    return undefined
  }
}

function compileStatement(node: Statement, names: Names): Execute {
  const builder = builders[node.kind] as (node: Statement, names: Names) => Execute
  const run = builder(node, names)
  const { line } = node
  if (node.kind === 'text') return run
  return async scope => {
    try {
      await scope.run.budget.step()
      return await run(scope)
    } catch (error) {
      throw located(error, line, scope.template.name)
    }
  }
}

/** Prints a value. */
async function print(scope: Scope, value: unknown): Promise<void> {
  if (scope.out.mute) return
  scope.out.write(scope.autoescape ? (await escapeValue(value)).value : await text(value))
}

/** The text that a body writes, in a scope of its own. */
async function capture(scope: Scope, body: Execute): Promise<string | Markup> {
  const out = new Output(scope.run.budget)
  await body(scope.inner(out))
  return scope.autoescape ? new Markup(String(out)) : String(out)
}

/** Gives a value to a name, to a member of a namespace, or its items to several. */
async function assign(scope: Scope, target: Target, value: unknown): Promise<void> {
  if (target.kind === 'name') return scope.set(target.name, value)
  if (target.kind === 'member') {
    const owner = lookUp(scope, target.of)
    if (!(owner instanceof Namespace))
      throw new TemplateError('TemplateRuntimeError', 'cannot assign attribute on non-namespace object', target.line)
    return owner.setAttribute(target.name, value)
  }
  if (value instanceof Undefined) throw value.error()
  const wanted = target.items.length
  let items: readonly unknown[]
  try {
    items = await itemsOf(value)
  } catch (error) {
    if (error instanceof TemplateError && !(value instanceof Exposed))
      throw new TemplateError('TypeError', `cannot unpack non-iterable ${typeName(value)} object`)
    throw error
  }
  if (items.length > wanted) throw valueError(`too many values to unpack (expected ${wanted})`)
  if (items.length < wanted) throw valueError(`not enough values to unpack (expected ${wanted}, got ${items.length})`)
  for (const [index, one] of target.items.entries()) await assign(scope, one, items[index])
}

type Of<K> = Statement extends infer N ? (N extends { kind: infer J } ? (K extends J ? N : never) : never) : never

type Build<K extends Statement['kind']> = (node: Of<K>, names: Names) => Execute

const done =
  (run: (scope: Scope) => Promise<unknown>): Execute =>
  async scope => {
    await run(scope)
    return undefined
  }

const jump: Build<'break' | 'continue' | 'debug'> = node => {
  if (node.kind === 'debug')
    return done(async scope => {
      const names = new Map([...scope.context.all(), ...scope.locals()])
      await print(scope, repr(new Dict([['context', new Dict(names)]])))
    })
  return async () => node.kind as Leaves
}

const loop: Build<'for'> = (node, names) => {
  const items = compileExpression(node.items, names)
  const filter = node.filter && compileExpression(node.filter, names)
  const body = compileBody(node.body, names)
  const otherwise = compileBody(node.otherwise, names)
  const turn = async (scope: Scope, values: readonly unknown[], depth: number): Promise<Leaves> => {
    const chosen = filter ? await filtered(scope, node.target, values, filter) : values
    const recurse = async (inner: unknown, deeper: number): Promise<unknown> => {
      const out = new Output(scope.run.budget)
      const found = await itemsOf(inner)
      await scope.run.budget.deeper(() => turn(scope.inner(out), found, deeper))
      return scope.autoescape ? new Markup(String(out)) : String(out)
    }
    const variable = new Loop(chosen, depth, scope.run.undefined, node.recursive ? recurse : null)
    for (const value of chosen) {
      await scope.run.budget.step()
      variable.index0++
      const inner = scope.inner()
      inner.set('loop', variable)
      await assign(inner, node.target, value)
      if ((await body(inner)) === 'break') break
    }
    return chosen.length ? undefined : otherwise(scope.inner())
  }
  return async scope => {
    const given = await items(scope)
    return turn(scope, [...(await itemsOf(given))], 0)
  }
}

async function filtered(
  scope: Scope,
  target: Target,
  values: readonly unknown[],
  filter: Evaluate,
): Promise<unknown[]> {
  const chosen: unknown[] = []
  for (const value of values) {
    await scope.run.budget.step()
    const inner = scope.inner()
    await assign(inner, target, value)
    if (await truth(await filter(inner))) chosen.push(value)
  }
  return chosen
}

const builders: { readonly [K in Statement['kind']]: Build<K> } = {
  text: ({ text: data }) => done(async scope => scope.out.write(data)),
  print: (node, names) => {
    const value = compileExpression(node.value, names)
    return done(async scope => (scope.out.mute ? undefined : print(scope, await value(scope))))
  },
  do: (node, names) => done(compileExpression(node.value, names)),
  break: jump,
  continue: jump,
  debug: jump,
  for: loop,
  if: (node, names) => {
    const branches = node.branches.map(
      ([test, body]) => [compileExpression(test, names), compileBody(body, names)] as const,
    )
    const otherwise = compileBody(node.otherwise, names)
    return async scope => {
      for (const [test, body] of branches) if (await truth(await test(scope))) return body(scope)
      return otherwise(scope)
    }
  },
  set: (node, names) => {
    const value = compileExpression(node.value, names)
    return done(async scope => assign(scope, node.target, await value(scope)))
  },
  setBlock: (node, names) => {
    const filter = node.filter && compileExpression(node.filter, names)
    const body = compileBody(node.body, names)
    return done(async scope => {
      const written = await capture(scope, body)
      const value = filter ? await filter(scope, written) : written
      await assign(scope, node.target, scope.autoescape && typeof value === 'string' ? new Markup(value) : value)
    })
  },
  with: (node, names) => {
    const values = node.values.map(([target, value]) => [target, compileExpression(value, names)] as const)
    const body = compileBody(node.body, names)
    return async scope => {
      const inner = scope.inner()
      const given: unknown[] = []
      for (const [, value] of values) given.push(await value(scope))
      for (const [index, [target]] of values.entries()) await assign(inner, target, given[index])
      return body(inner)
    }
  },
  macro: (node, names) => {
    const body = compileBody(node.macro.body, names)
    const defaults = node.macro.defaults.map(one => compileExpression(one, names))
    return done(async scope => scope.set(node.macro.name!, makeMacro(node.macro, body, defaults, scope)))
  },
  callBlock: (node, names) => {
    const body = compileBody(node.caller.body, names)
    const defaults = node.caller.defaults.map(one => compileExpression(one, names))
    const inner = node.call as Extract<typeof node.call, { kind: 'call' }>
    const special = { kind: 'name', name: ' caller', line: node.line } as const
    const args = { ...inner.args, named: [...inner.args.named, ['caller', special] as const] }
    const call = compileExpression({ ...inner, args }, names)
    return done(async scope => {
      const within = scope.inner()
      within.set(' caller', makeMacro({ ...node.caller, name: 'caller' }, body, defaults, scope))
      await print(scope, await call(within))
    })
  },
  filterBlock: (node, names) => {
    const filter = compileExpression(node.filter, names)
    const body = compileBody(node.body, names)
    return done(async scope => print(scope, await filter(scope, await capture(scope, body))))
  },
  autoescape: (node, names) => {
    const value = compileExpression(node.value, names)
    const body = compileBody(node.body, names)
    return async scope => {
      const inner = scope.inner()
      inner.autoescape = await truth(await value(scope))
      return body(inner)
    }
  },
  block: ({ block }) =>
    done(async scope => {
      if (scope.out.mute) return
      const [renderer] = scope.context.blocks.get(block.name)!
      if (renderer!.required)
        throw new TemplateError('TemplateRuntimeError', `Required block '${block.name}' not found`, block.line)
      await renderBlock(renderer!, scope, block.scoped)
    }),
  extends: (node, names) => {
    const template = compileExpression(node.template, names)
    return done(async scope => extendTemplate(scope, await template(scope)))
  },
  include: (node, names) => {
    const template = compileExpression(node.template, names)
    return done(async scope => includeTemplate(scope, await template(scope), node))
  },
  import: (node, names) => {
    const template = compileExpression(node.template, names)
    return done(async scope => scope.set(node.as, await importTemplate(scope, await template(scope), node.withContext)))
  },
  from: (node, names) => {
    const template = compileExpression(node.template, names)
    return done(async scope => {
      const module = await importTemplate(scope, await template(scope), node.withContext)
      for (const [name, as] of node.names) {
        const where = `the template '${module.name}' (imported on line ${node.line}) does not export the requested name '${name}'`
        scope.set(as, module.attribute(name) ?? new Undefined(scope.run.undefined, name, null, where))
      }
    })
  },
}
