import type { Entry } from '../changelog/record.ts'
import { isAnyRef, isRef, type Model } from '../model/index.ts'

/** An entry of the change log. */
export function entryOf(
  model: Model,
  action: Entry['action'],
  row: Readonly<Record<string, any>>,
  display: string,
  before: Entry['before'],
  after: Entry['after'],
  message: string,
): Entry {
  return { model, id: row['id'], action, display, before, after, message, related: relatedOf(model, row) }
}

function relatedOf(model: Model, row: Readonly<Record<string, any>>): Entry['related'] {
  for (const name of model.spec.partOf ?? []) {
    const field = model.fields[name]!
    const id = row[`${name}_id`]
    if (id === null || id === undefined) continue
    if (isRef(field)) return [field.to, id]
    if (isAnyRef(field) && row[`${name}_type`]) return [row[`${name}_type`], id]
  }
  return null
}
