import type { Args } from './args.ts'
import { attribute, item, Slice } from './attributes.ts'
import { located, TemplateError, typeError } from './errors.ts'
import { binary, compare, itemsOf, negative, positive, truth } from './operators.ts'
import type { Arguments, Expression } from './nodes.ts'
import { escapeValue, text } from './printing.ts'
import type { Scope } from './scope.ts'
import { Callable, Dict, Exposed, isMapping, mappingEntries, Markup, Tuple, typeName, Undefined } from './values.ts'

/** A compiled expression. `block` is the text of the filter block or set block that it stands at. */
export type Evaluate = (scope: Scope, block?: unknown) => Promise<unknown>

/** What the compiler asks the environment for: unknown filters and tests are told when a template is compiled. */
export interface Names {
  readonly hasFilter: (name: string) => boolean
  readonly hasTest: (name: string) => boolean
}

/** Makes a function of an expression. */
export function compileExpression(node: Expression, names: Names): Evaluate {
  const run = build(node, names)
  const { line } = node
  return async (scope, block) => {
    try {
      return await run(scope, block)
    } catch (error) {
      throw located(error, line, scope.template.name)
    }
  }
}

/** What a name stands for. */
export function lookUp(scope: Scope, name: string): unknown {
  const value = scope.get(name)
  if (value === undefined) return scope.has(name) ? null : new Undefined(scope.run.undefined, name)
  return value
}

/** Calls what can be called. */
async function call(callee: unknown, args: Args, scope: Scope): Promise<unknown> {
  await scope.run.budget.step()
  if (callee instanceof Callable) return callee.call(args)
  if (callee instanceof Exposed && callee.callable) return callee.call(args)
  if (callee instanceof Undefined) throw callee.error()
  if (callee instanceof Exposed) return callee.call(args)
  throw typeError(`'${typeName(callee)}' object is not callable`)
}

type Of<K> = Expression extends infer N ? (N extends { kind: infer J } ? (K extends J ? N : never) : never) : never

type Build<K extends Expression['kind']> = (node: Of<K>, names: Names) => Evaluate

function build(node: Expression, names: Names): Evaluate {
  const builder = builders[node.kind] as (node: Expression, names: Names) => Evaluate
  return builder(node, names)
}

const list: Build<'list' | 'tuple'> = (node, names) => {
  const items = node.items.map(one => compileExpression(one, names))
  const isTuple = node.kind === 'tuple'
  return async scope => {
    await scope.run.budget.step(items.length)
    const values: unknown[] = []
    for (const one of items) values.push(await one(scope))
    return isTuple ? Tuple.list(values) : values
  }
}

const sign: Build<'not' | 'negative' | 'positive'> = (node, names) => {
  const of = compileExpression(node.of, names)
  if (node.kind === 'not') return async scope => !(await truth(await of(scope)))
  const change = node.kind === 'negative' ? negative : positive
  return async scope => change(await of(scope))
}

const logic: Build<'and' | 'or'> = (node, names) => {
  const left = compileExpression(node.left, names)
  const right = compileExpression(node.right, names)
  const stop = node.kind === 'or'
  return async scope => {
    const value = await left(scope)
    return (await truth(value)) === stop ? value : right(scope)
  }
}

const builders: { readonly [K in Expression['kind']]: Build<K> } = {
  constant:
    ({ value }) =>
    async () =>
      value,
  name:
    ({ name }) =>
    async scope =>
      lookUp(scope, name),
  list,
  tuple: list,
  not: sign,
  negative: sign,
  positive: sign,
  and: logic,
  or: logic,
  dict: (node, names) => {
    const entries = node.entries.map(
      ([key, value]) => [compileExpression(key, names), compileExpression(value, names)] as const,
    )
    return async scope => {
      await scope.run.budget.step(entries.length)
      const made = new Dict()
      for (const [key, value] of entries) made.set(await key(scope), await value(scope))
      return made
    }
  },
  attribute: (node, names) => {
    const of = compileExpression(node.of, names)
    const { name } = node
    return async scope => attribute(await of(scope), name, scope.run)
  },
  item: (node, names) => {
    const of = compileExpression(node.of, names)
    const key = compileExpression(node.key, names)
    return async scope => item(await of(scope), await key(scope), scope.run)
  },
  slice: (node, names) => {
    const parts = [node.from, node.to, node.step].map(part => part && compileExpression(part, names))
    return async scope => {
      const [from, to, step] = [await parts[0]?.(scope), await parts[1]?.(scope), await parts[2]?.(scope)]
      return new Slice(from ?? null, to ?? null, step ?? null)
    }
  },
  call: (node, names) => {
    const callee = compileExpression(node.callee, names)
    const args = compileArguments(node.args, names)
    return async scope => call(await callee(scope), await args(scope), scope)
  },
  filter: (node, names) => {
    if (!names.hasFilter(node.name)) return missing('filter', node.name, node.line)
    const of = node.of && compileExpression(node.of, names)
    const args = compileArguments(node.args, names)
    return async (scope, block) => {
      const value = of ? await of(scope, block) : block
      await scope.run.budget.step()
      return scope.run.filterCall(scope.autoescape).filter(node.name, value, await args(scope))
    }
  },
  test: (node, names) => {
    if (!names.hasTest(node.name)) return missing('test', node.name, node.line)
    const of = compileExpression(node.of, names)
    const args = compileArguments(node.args, names)
    return async scope => scope.run.filterCall(scope.autoescape).test(node.name, await of(scope), await args(scope))
  },
  binary: (node, names) => {
    const left = compileExpression(node.left, names)
    const right = compileExpression(node.right, names)
    return async scope => binary(node.operator, await left(scope), await right(scope), scope.run.budget)
  },
  concat: (node, names) => {
    const items = node.items.map(one => compileExpression(one, names))
    return async scope => {
      const values: unknown[] = []
      for (const one of items) values.push(await one(scope))
      const safe = scope.autoescape && values.some(value => value instanceof Markup)
      let joined = ''
      for (const value of values) joined += safe ? (await escapeValue(value)).value : await text(value)
      scope.run.budget.length(joined.length)
      return safe ? new Markup(joined) : joined
    }
  },
  compare: (node, names) => {
    const first = compileExpression(node.first, names)
    const rest = node.rest.map(([operator, operand]) => [operator, compileExpression(operand, names)] as const)
    return async scope => {
      let left = await first(scope)
      for (const [operator, operand] of rest) {
        const right = await operand(scope)
        if (!(await compare(operator, left, right))) return false
        left = right
      }
      return true
    }
  },
  condition: (node, names) => {
    const test = compileExpression(node.test, names)
    const value = compileExpression(node.value, names)
    const otherwise = node.otherwise && compileExpression(node.otherwise, names)
    const { line } = node
    return async scope => {
      if (await truth(await test(scope))) return value(scope)
      if (otherwise) return otherwise(scope)
      const where = `the inline if-expression on line ${line} evaluated to false and no else section was defined.`
      return new Undefined(scope.run.undefined, null, null, where)
    }
  },
}

/** An unknown filter or test: an error of the whole template, unless it stands where it may never be needed. */
function missing(kind: 'filter' | 'test', name: string, line: number): Evaluate {
  return async () => {
    throw new TemplateError('TemplateRuntimeError', `No ${kind} named '${name}' found.`, line)
  }
}

function compileArguments(args: Arguments, names: Names): (scope: Scope) => Promise<Args> {
  const positional = args.positional.map(one => compileExpression(one, names))
  const named = args.named.map(([name, value]) => [name, compileExpression(value, names)] as const)
  const spread = args.spread && compileExpression(args.spread, names)
  const spreadNamed = args.spreadNamed && compileExpression(args.spreadNamed, names)
  return async scope => {
    const values: unknown[] = []
    for (const one of positional) values.push(await one(scope))
    if (spread) values.push(...(await itemsOf(await spread(scope))))
    const byName = new Map<string, unknown>()
    for (const [name, value] of named) byName.set(name, await value(scope))
    if (spreadNamed) {
      const mapping = await spreadNamed(scope)
      if (!isMapping(mapping)) throw typeError(`argument after ** must be a mapping, not ${typeName(mapping)}`)
      for (const [name, value] of mappingEntries(mapping)) byName.set(String(name), value)
    }
    return { positional: values, named: byName }
  }
}
