import type { Args } from './args.ts'
import { typeError } from './errors.ts'
import type { Evaluate } from './evaluate.ts'
import type { MacroSpec } from './nodes.ts'
import { Output, type Scope } from './scope.ts'
import { Callable, Dict, Markup, Tuple, Undefined } from './values.ts'

/** Makes a macro that sees the names of where it is defined. */
export function makeMacro(
  spec: MacroSpec,
  body: (scope: Scope) => Promise<unknown>,
  defaults: readonly Evaluate[],
  around: Scope,
): Callable {
  const name = spec.name ?? 'anonymous'
  const { parameters } = spec
  const run = async (args: Args): Promise<unknown> => {
    const out = new Output(around.run.budget)
    const scope = around.inner(out)
    const named = new Map(args.named)
    if (args.positional.length > parameters.length && !spec.varargs)
      throw typeError(`macro '${name}' takes not more than ${parameters.length} argument(s)`)
    for (const [index, parameter] of parameters.entries()) {
      if (index < args.positional.length) {
        if (named.has(parameter)) throw typeError(`macro '${name}' got multiple values for argument '${parameter}'`)
        scope.set(parameter, args.positional[index])
        continue
      }
      if (named.has(parameter)) {
        scope.set(parameter, named.get(parameter))
        named.delete(parameter)
        continue
      }
      const fallback = defaults[index - parameters.length + defaults.length]
      const missing = `parameter '${parameter}' was not provided`
      const value = fallback ? await fallback(scope) : new Undefined(around.run.undefined, parameter, null, missing)
      scope.set(parameter, value)
    }
    if (spec.caller && !parameters.includes('caller')) {
      const caller = named.get('caller') ?? new Undefined(around.run.undefined, 'caller', null, 'No caller defined')
      scope.set('caller', caller)
      named.delete('caller')
    }
    if (spec.varargs) scope.set('varargs', Tuple.list(args.positional.slice(parameters.length)))
    if (spec.kwargs) scope.set('kwargs', new Dict(named))
    else if (named.size) throw typeError(`macro '${name}' takes no keyword argument '${[...named.keys()][0]}'`)
    await around.run.budget.deeper(async () => body(scope))
    return around.autoescape ? new Markup(String(out)) : String(out)
  }
  return new Callable(name, run, {
    name,
    arguments: Tuple.list(parameters),
    catch_kwargs: spec.kwargs,
    catch_varargs: spec.varargs,
    caller: spec.caller,
  })
}
