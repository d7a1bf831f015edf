import { bind, type Args, type Parameters } from '../args.ts'
import { item } from '../attributes.ts'
import type { Host } from '../host.ts'
import { isInteger, isText, Undefined } from '../values.ts'

/** What a filter or test may use of the rendering it runs in. */
export interface FilterCall extends Host {
  readonly autoescape: boolean
  /** Applies another filter. */
  readonly filter: (name: string, value: unknown, args: Args) => unknown
  /** Asks another test. */
  readonly test: (name: string, value: unknown, args: Args) => boolean | Promise<boolean>
  /** A line of text that does not depend on the template: for `random`. */
  readonly random: () => number
}

/** A filter: gets the value, the arguments and what it may use. */
export type Filter = (value: any, args: Args, call: FilterCall) => unknown

/** A filter with declared parameters, which arrive in order. */
const declared =
  (name: string, parameters: Parameters, run: (value: any, values: any[], call: FilterCall) => unknown): Filter =>
  (value, args, call) =>
    run(value, bind(name, parameters, args), call)

/** Several of them. */
export const declareAll = (
  filters: Readonly<Record<string, readonly [Parameters, (value: any, values: any[], call: FilterCall) => unknown]>>,
): Record<string, Filter> =>
  Object.fromEntries(
    Object.entries(filters).map(([name, [parameters, run]]) => [name, declared(name, parameters, run)]),
  )

/** Reads `site.region.0` of a value; the fallback stands for what does not exist. */
export async function readPath(value: unknown, path: unknown, host: Host, fallback: unknown = null): Promise<unknown> {
  const parts = isInteger(path)
    ? [Number(path)]
    : isText(path)
      ? String(typeof path === 'string' ? path : path.value)
          .split('.')
          .map(part => (/^\d+$/.test(part) ? Number(part) : part))
      : []
  let current = value
  for (const part of parts) {
    current = await item(current, part, host)
    if (current instanceof Undefined && fallback !== null && fallback !== undefined) current = fallback
  }
  return current
}
