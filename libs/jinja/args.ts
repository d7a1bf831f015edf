import { typeError } from './errors.ts'

/** What a call passes. */
export interface Args {
  readonly positional: readonly unknown[]
  readonly named: ReadonlyMap<string, unknown>
}

export const noArgs: Args = { positional: [], named: new Map() }

/** Parameters of a built-in, in order; a name alone is required, a pair has a default. */
export type Parameters = readonly (string | readonly [name: string, fallback: unknown])[]

/** Orders the arguments of a call by the parameters of what is called. */
export function bind(callee: string, parameters: Parameters, args: Args): unknown[] {
  if (args.positional.length > parameters.length)
    throw typeError(
      `${callee}() takes ${parameters.length} positional arguments but ${args.positional.length} were given`,
    )
  const names = parameters.map(parameter => (typeof parameter === 'string' ? parameter : parameter[0]))
  for (const name of args.named.keys()) {
    const at = names.indexOf(name)
    if (at < 0) throw typeError(`${callee}() got an unexpected keyword argument '${name}'`)
    if (at < args.positional.length) throw typeError(`${callee}() got multiple values for argument '${name}'`)
  }
  return parameters.map((parameter, index) => {
    const name = names[index]!
    if (index < args.positional.length) return args.positional[index]
    if (args.named.has(name)) return args.named.get(name)
    if (typeof parameter === 'string') throw typeError(`${callee}() missing 1 required positional argument: '${name}'`)
    return parameter[1]
  })
}
