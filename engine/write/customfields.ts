import { isEmpty, storedValue, valueFault, withScheme, type ActiveCustomField } from '../customfield/index.ts'
import type { Transaction } from '../database/index.ts'
import type { Change, Model, Registry } from '../model/index.ts'
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
    const given = sent && name in sent
    const had = before?.[name]
    // A key that was never set gets the default with the first write of custom fields.
    const value = given
      ? sent[name]
      : had !== undefined || (before && !sent)
        ? had
        : before
          ? (fallback ?? undefined)
          : (fallback ?? null)
    if (value !== undefined) merged[name] = storedValue(type, given && type === 'url' ? withScheme(value) : value)
  }
  return merged
}

/** What is wrong with the custom fields of a row; each text belongs under `__all__`. */
export function customFieldFaults(
  fields: readonly ActiveCustomField[],
  data: Readonly<Record<string, unknown>>,
  settings: Readonly<Record<string, unknown>>,
): string[] {
  return fields.flatMap(field => {
    const value = data[field.name]
    if (isEmpty(value)) return field.required ? [`Missing required custom field '${field.name}'.`] : []
    const reason = valueFault(field, value, settings)
    return reason ? [`Invalid value for custom field '${field.name}': ${reason}`] : []
  })
}

/** Object to values that another object of the type has, where no two may have the same. One statement. */
export async function checkUniqueCustomFields(
  tx: Transaction,
  model: Model,
  fields: readonly ActiveCustomField[],
  changes: readonly Change[],
): Promise<void> {
  const seen = new Map<string, number>()
  const asked: { readonly change: Change; readonly name: string; readonly value: string }[] = []
  for (const change of changes) {
    for (const { name, unique } of fields) {
      const value: unknown = change.row['custom_fields']?.[name]
      if (!unique || isEmpty(value)) continue
      const key = JSON.stringify([name, value])
      if (seen.has(key)) change.fail(null, duplicate(name))
      else asked.push({ change, name, value: JSON.stringify(value) })
      seen.set(key, change.id)
    }
  }
  if (asked.length === 0) return
  // Rows of the request are compared with each other above: as they will be, not as they are.
  const rows = await tx.query<{ n: number }>(
    `select v.n from unnest($1::int[], $2::text[], $3::jsonb[]) as v(n, name, value)
     where exists (select from ${model.table} as t where t.custom_fields -> v.name = v.value and t.id <> all($4::bigint[]))`,
    [
      asked.map((_, n) => n),
      asked.map(({ name }) => name),
      asked.map(({ value }) => value),
      changes.map(({ id }) => id),
    ],
  )
  for (const { n } of rows) asked[n]!.change.fail(null, duplicate(asked[n]!.name))
}

const duplicate = (name: string) => `Custom field '${name}' must have a unique value.`
