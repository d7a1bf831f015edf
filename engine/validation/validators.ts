import { Problem } from '../problem/index.ts'
import { patternIn } from './pattern.ts'

/** One test of a value: why it fails, or nothing. */
type Check = (value: unknown) => string | undefined

/** What an administrator demands of a value of a model's objects, named by its path. */
export interface Demand {
  readonly path: string
  readonly checks: readonly Check[]
}

/** What administrators demand, by model. */
export type Demands = ReadonlyMap<string, readonly Demand[]>

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)

const lengthOf = (value: unknown): number | undefined =>
  typeof value === 'string' ? [...value].length : Array.isArray(value) ? value.length : undefined

const sameAs = (wanted: unknown, value: unknown): boolean =>
  typeof wanted === 'number' && value !== null && value !== '' && typeof value !== 'boolean'
    ? Number(value) === wanted
    : JSON.stringify(wanted) === JSON.stringify(value ?? null)

/** The checks there are, by name; each is made of what the administrator gives it. */
const makers: Readonly<Record<string, (given: any) => Check>> = {
  eq: given => value => (sameAs(given, value) ? undefined : `Ensure this value is equal to ${given}.`),
  neq: given => value => (sameAs(given, value) ? `Ensure this value does not equal ${given}.` : undefined),
  min: given => value =>
    isNothing(value) || Number(value) >= Number(given)
      ? undefined
      : `Ensure this value is greater than or equal to ${given}.`,
  max: given => value =>
    isNothing(value) || Number(value) <= Number(given)
      ? undefined
      : `Ensure this value is less than or equal to ${given}.`,
  min_length: given => value => {
    const length = lengthOf(value ?? '')
    return length === undefined || length >= given
      ? undefined
      : `Ensure this value has at least ${given} characters (it has ${length}).`
  },
  max_length: given => value => {
    const length = lengthOf(value ?? '')
    return length === undefined || length <= given
      ? undefined
      : `Ensure this value has at most ${given} characters (it has ${length}).`
  },
  regex: given => {
    const pattern = patternIn(String(given))
    if (!pattern) throw new Error(`has a regular expression that cannot be read: ${given}`)
    return value => (pattern.test(String(value ?? '')) ? undefined : 'Enter a valid value.')
  },
  required: given => value => (given && isNothing(value) ? 'This field must not be empty.' : undefined),
  prohibited: given => value => (given && !isNothing(value) ? 'This field must be empty.' : undefined),
}

const known = new WeakMap<object, Demands>()

/** What a setting such as CUSTOM_VALIDATORS demands; throws a Problem that says what is wrong with it. */
export function demandsIn(name: string, setting: unknown): Demands {
  if (typeof setting !== 'object' || setting === null) return new Map()
  const cached = known.get(setting)
  if (cached) return cached
  const demands = new Map<string, readonly Demand[]>()
  for (const [model, rules] of Object.entries(setting)) {
    const wrong = (what: string) => new Problem('wrong-setting', `${name} for ${model} ${what}.`)
    if (!Array.isArray(rules)) throw wrong('must be a list of rules')
    const found = rules.flatMap((rule: unknown): Demand[] => {
      if (typeof rule !== 'object' || rule === null || Array.isArray(rule))
        throw wrong(`must hold rules as mappings; a class of Python, as ${JSON.stringify(rule)}, cannot be run here`)
      return Object.entries(rule).map(([path, checks]): Demand => {
        if (typeof checks !== 'object' || checks === null) throw wrong(`must map ${path} to checks`)
        return {
          path,
          checks: Object.entries(checks).map(([check, given]) => {
            const make = makers[check]
            if (!make) throw wrong(`knows no check ${check}; there are ${Object.keys(makers).join(', ')}`)
            try {
              return make(given)
            } catch (error) {
              throw wrong((error as Error).message)
            }
          }),
        }
      })
    })
    const key = model.toLowerCase()
    demands.set(key, [...(demands.get(key) ?? []), ...found])
  }
  known.set(setting, demands)
  return demands
}

/** The first demand that a value does not meet, as a message. */
export function unmet({ path, checks }: Demand, value: unknown): string | undefined {
  for (const check of checks) {
    const message = check(value)
    if (message) return `Custom validation failed for ${path}: ['${message}']`
  }
  return undefined
}
