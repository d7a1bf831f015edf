import type { ActiveCustomField } from '../customfield/index.ts'
import { pythonType } from '../field/index.ts'
import type { Registry } from '../model/index.ts'
import type { Draft } from './parse.ts'
import { namedBy, type Named } from './references.ts'

/** Read the map of custom fields that a client sent into `draft.values.custom_fields`: only what was sent, still to be merged. */
export function parseCustomFields(
  registry: Registry,
  fields: readonly ActiveCustomField[],
  value: unknown,
  draft: Draft,
  named: Named[],
): void {
  if (value === undefined) return
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    draft.faults.add(
      'custom_fields',
      'Invalid data format. Custom field data must be passed as a dictionary mapping field names to their values.',
    )
    return
  }
  const sent: Record<string, unknown> = {}
  const unknown: Record<string, string[]> = {}
  for (const [name, given] of Object.entries(value)) {
    const field = fields.find(one => one.name === name)
    if (!field) {
      unknown[name] = [`Custom field '${name}' does not exist for this object type.`]
      continue
    }
    sent[name] = given
    if (given === null || (field.type !== 'object' && field.type !== 'multiobject')) continue
    const to = registry.models.get(field.related_object_type ?? '')
    if (!to) continue
    const refuse = (fault: string) => draft.faults.add('custom_fields', fault)
    if (field.type === 'object') {
      const by = namedBy(given)
      if (typeof by === 'string') refuse(by)
      else named.push({ model: to, by, take: (id, fault) => (fault ? refuse(fault) : void (sent[name] = id)) })
    } else if (!Array.isArray(given)) refuse(`Unknown related object(s): ${String(given)}`)
    else {
      const ids: number[] = []
      sent[name] = ids
      for (const one of given) {
        const by = namedBy(one)
        if (typeof by === 'string') refuse(by)
        else named.push({ model: to, by, take: (id, fault) => (fault ? refuse(fault) : void ids.push(id!)) })
      }
    }
  }
  if (Object.keys(unknown).length) draft.faults.add('custom_fields', unknown)
  draft.values['custom_fields'] = sent
}

/** The custom fields that a row will have: what it has, what was sent, and for a new row the defaults; stale keys go. */
export function mergeCustomFields(
  fields: readonly ActiveCustomField[],
  before: Readonly<Record<string, unknown>> | null,
  sent: Readonly<Record<string, unknown>> | undefined,
): Record<string, unknown> {
  const merged: Record<string, unknown> = {}
  for (const { name, type, default: fallback } of fields) {
    const value = sent && name in sent ? sent[name] : before ? before[name] : (fallback ?? null)
    if (value === undefined) continue
    merged[name] =
      type === 'decimal' && typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))
        ? Number(value)
        : type === 'multiobject' && Array.isArray(value) && value.length === 0
          ? null
          : value
  }
  return merged
}

/** What is wrong with the custom fields of a row; each text belongs under `__all__`. */
export function customFieldFaults(
  fields: readonly ActiveCustomField[],
  data: Readonly<Record<string, unknown>>,
): string[] {
  return fields.flatMap(field => {
    const value = data[field.name] ?? null
    const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0)
    if (empty) return field.required ? [`Missing required custom field '${field.name}'.`] : []
    const reason = valueFault(field, value)
    return reason ? [`Invalid value for custom field '${field.name}': ${reason}`] : []
  })
}

function valueFault(field: ActiveCustomField, value: unknown): string | undefined {
  const bounds = (number: number) => {
    if (field.validation_minimum !== null && number < field.validation_minimum)
      return `Value must be at least ${field.validation_minimum}`
    if (field.validation_maximum !== null && number > field.validation_maximum)
      return `Value must not exceed ${field.validation_maximum}`
    return undefined
  }
  switch (field.type) {
    case 'text':
    case 'longtext':
    case 'url':
      if (typeof value !== 'string') return 'Value must be a string.'
      if (field.validation_regex && !new RegExp(`^(?:${field.validation_regex})`, 'u').test(value))
        return `Value must match regex '${field.validation_regex}'`
      return undefined
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value) ? bounds(value) : 'Value must be an integer.'
    case 'decimal':
      return typeof value === 'number' ? bounds(value) : 'Value must be a decimal.'
    case 'boolean':
      return [true, false, 0, 1].includes(value as number) ? undefined : 'Value must be true or false.'
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
        ? undefined
        : 'Date values must be in ISO 8601 format (YYYY-MM-DD).'
    case 'datetime':
      return typeof value === 'string' &&
        /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[-+]\d{2}:?\d{2})?)?$/.test(value) &&
        !Number.isNaN(Date.parse(value.replace(' ', 'T')))
        ? undefined
        : 'Date and time values must be in ISO 8601 format (YYYY-MM-DD HH:MM:SS).'
    case 'select':
      return typeof value === 'string' && field.choices.has(value)
        ? undefined
        : `Invalid choice (${typeof value === 'object' ? JSON.stringify(value) : String(value)}) for choice set ${field.choice_set_name}.`
    case 'multiselect':
      return Array.isArray(value) && value.every(one => typeof one === 'string' && field.choices.has(one))
        ? undefined
        : `Invalid choice(s) (${Array.isArray(value) ? value.map(one => (typeof one === 'object' ? JSON.stringify(one) : one)).join(', ') : String(value)}) for choice set ${field.choice_set_name}.`
    case 'object':
      return Number.isInteger(value) ? undefined : `Value must be an object ID, not ${pythonType(value)}`
    case 'multiobject':
      return Array.isArray(value) ? undefined : `Value must be a list of object IDs, not ${pythonType(value)}`
    default:
      return undefined
  }
}
