const operators = ['eq', 'gt', 'gte', 'lt', 'lte', 'in', 'contains', 'regex', 'changed', 'unchanged'] as const
const comparing = new Set(['changed', 'unchanged'])

/** What each kind of value can be compared by. */
const byKind: Readonly<Record<string, readonly string[]>> = {
  text: ['eq', 'contains', 'regex'],
  boolean: ['eq', 'contains'],
  number: ['eq', 'gt', 'gte', 'lt', 'lte', 'contains'],
  list: ['eq', 'in', 'contains'],
  nothing: ['eq'],
}

const kindOf = (value: unknown): string | undefined => {
  if (value === null) return 'nothing'
  if (Array.isArray(value)) return 'list'
  if (typeof value === 'string') return 'text'
  return typeof value === 'boolean' || typeof value === 'number' ? typeof value : undefined
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What is wrong with the conditions of an event rule; undefined if nothing is. */
export function conditionsFault(conditions: unknown): string | undefined {
  if (!isObject(conditions))
    return `Ruleset must be a dictionary, not ${Array.isArray(conditions) ? 'list' : typeof conditions}.`
  if (Object.keys(conditions).length === 0) return undefined
  return 'attr' in conditions ? conditionFault(conditions) : setFault(conditions, true)
}

function setFault(set: Readonly<Record<string, unknown>>, outermost = false): string | undefined {
  const [logic, ...others] = Object.keys(set)
  const known = outermost ? logic?.toLowerCase() : logic
  if (others.length || (known !== 'and' && known !== 'or'))
    return outermost || others.length === 0
      ? "Invalid logic type: must be 'AND' or 'OR'. Please check documentation."
      : 'Incorrect key(s) informed. Please check documentation.'
  const members = set[logic!]
  if (!Array.isArray(members)) return 'Incorrect key(s) informed. Please check documentation.'
  for (const member of members) {
    if (!isObject(member)) return 'Ruleset must be a dictionary.'
    const fault = 'attr' in member ? conditionFault(member) : setFault(member)
    if (fault) return fault
  }
  return undefined
}

function conditionFault(condition: Readonly<Record<string, unknown>>): string | undefined {
  const { attr, value, op = 'eq', negate = false, ...others } = condition
  if (Object.keys(others).length || typeof attr !== 'string' || attr === '' || typeof negate !== 'boolean')
    return 'Incorrect key(s) informed. Please check documentation.'
  if (!operators.includes(op as 'eq')) return `Unknown operator: ${String(op)}. Must be one of: ${operators.join(', ')}`
  if (comparing.has(op as string)) {
    if ('value' in condition) return `The '${String(op)}' operator compares snapshots and does not accept a value.`
    if (attr.startsWith('snapshots.'))
      return `The '${String(op)}' operator looks up '${attr}' in each of the snapshots: name it without 'snapshots.prechange.' or 'snapshots.postchange.'.`
    return undefined
  }
  if (!('value' in condition)) return `A value is required for the '${String(op)}' operator.`
  const kind = kindOf(value)
  if (!kind) return `Unsupported value type: ${typeof value}`
  if (!byKind[kind]!.includes(op as string)) return `Invalid type for ${String(op)} operation: ${kind}`
  return op === 'regex' ? regexFault(value as string) : undefined
}

function regexFault(pattern: string): string | undefined {
  try {
    void new RegExp(pattern)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}
