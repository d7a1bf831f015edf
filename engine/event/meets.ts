import { isDeepStrictEqual } from 'node:util'

/** What conditions are judged by: an object as the REST interface shows it, and its states before and after. */
export interface Evidence {
  readonly data: Readonly<Record<string, unknown>>
  /** Null where an event has none, as that of a job. */
  readonly snapshots: Snapshots | null
}

export interface Snapshots {
  readonly prechange: Readonly<Record<string, unknown>> | null
  readonly postchange: Readonly<Record<string, unknown>> | null
}

/** A condition cannot be judged: the whole rule does not apply. The message says why. */
class Unclear extends Error {
  override readonly name = 'Unclear'
}

/** Whether the conditions of an event rule hold, and if they cannot be judged, why. See {@link conditionsFault} for their form. */
export function meets(conditions: unknown, evidence: Evidence): { readonly met: boolean; readonly unclear?: string } {
  const set = conditions as Readonly<Record<string, unknown>> | null
  if (!set || Object.keys(set).length === 0) return { met: true }
  try {
    return { met: judge(set, evidence) }
  } catch (error) {
    if (error instanceof Unclear) return { met: false, unclear: error.message }
    throw error
  }
}

function judge(condition: Readonly<Record<string, unknown>>, evidence: Evidence): boolean {
  if ('attr' in condition) return judgeOne(condition as unknown as Condition, evidence)
  const [[logic, members]] = Object.entries(condition) as [[string, readonly Readonly<Record<string, unknown>>[]]]
  return logic.toLowerCase() === 'and'
    ? members.every(member => judge(member, evidence))
    : members.some(member => judge(member, evidence))
}

interface Condition {
  readonly attr: string
  readonly value?: unknown
  readonly op?: string
  readonly negate?: boolean
}

function judgeOne({ attr, value, op = 'eq', negate = false }: Condition, evidence: Evidence): boolean {
  if (!evidence.snapshots && Object.keys(evidence.data).length === 0) return false
  if (op === 'changed' || op === 'unchanged')
    return (differs(attr, evidence.snapshots) === (op === 'changed')) !== negate
  const found = valueAt(attr, evidence)
  return (found === absent ? op === 'eq' && value === null : compare(found, op, value)) !== negate
}

/** The value of an attribute in a state that there is not, while there is the other one. */
const absent = Symbol('absent')

function valueAt(attr: string, { data, snapshots }: Evidence): unknown {
  const [first, side, ...rest] = attr.split('.')
  if (first !== 'snapshots') return valueIn(data, attr.split('.'), attr)
  if (!snapshots || !(side === 'prechange' || side === 'postchange') || rest.length === 0) throw unresolvable(attr)
  const state = snapshots[side]
  if (state) return valueIn(state, rest, attr)
  const other = snapshots[side === 'prechange' ? 'postchange' : 'prechange']
  if (!other) throw unresolvable(attr)
  valueIn(other, rest, attr)
  return absent
}

/** A value by its path; a list on the way gives a list of what is found in its elements. */
function valueIn(at: unknown, path: readonly string[], attr: string): unknown {
  const [key, ...rest] = path
  if (key === undefined) return at
  if (Array.isArray(at)) return at.map(element => valueIn(element, path, attr))
  if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) throw unresolvable(attr)
  return valueIn((at as Record<string, unknown>)[key], rest, attr)
}

const unresolvable = (attr: string) => new Unclear(`there is no ${attr}`)

/** Whether an attribute is another after than before; one that only one of the states has is. */
function differs(attr: string, snapshots: Snapshots | null): boolean {
  if (!snapshots) throw unresolvable(attr)
  const [before, after] = [snapshots.prechange, snapshots.postchange].map(state => {
    try {
      return { value: valueIn(state, attr.split('.'), attr) }
    } catch (error) {
      if (error instanceof Unclear) return null
      throw error
    }
  })
  if (!before && !after) throw unresolvable(attr)
  return !before || !after || !isDeepStrictEqual(before.value, after.value)
}

function compare(found: unknown, op: string, value: unknown): boolean {
  switch (op) {
    case 'eq':
      return isDeepStrictEqual(found, value)
    case 'gt':
    case 'gte':
    case 'lt':
    case 'lte': {
      const [a, b] = numbers(found, value)
      if (op === 'gt') return a > b
      if (op === 'gte') return a >= b
      return op === 'lt' ? a < b : a <= b
    }
    case 'in':
      return (value as readonly unknown[]).some(one => isDeepStrictEqual(one, found))
    case 'contains':
      if (Array.isArray(found)) return found.some(one => isDeepStrictEqual(one, value))
      if (typeof found === 'string' && typeof value === 'string') return found.includes(value)
      throw new Unclear(`${describe(found)} contains nothing`)
    case 'regex':
      if (typeof found !== 'string') throw new Unclear(`${describe(found)} is no text`)
      return new RegExp(`^(?:${value as string})`).test(found)
    default:
      throw new Unclear(`there is no operator ${op}`)
  }
}

function numbers(a: unknown, b: unknown): [number, number] {
  if (typeof a !== 'number' || typeof b !== 'number') throw new Unclear(`${describe(a)} is no number`)
  return [a, b]
}

const describe = (value: unknown) => JSON.stringify(value)?.slice(0, 80) ?? 'nothing'
