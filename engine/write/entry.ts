import type { Entry } from '../changelog/record.ts'
import type { Field, JsonOptions } from '../field/index.ts'
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
  return {
    model,
    id: row['id'],
    action,
    display,
    ...withoutSecrets(model, before, after),
    message,
    related: relatedOf(model, row),
  }
}

/** Both snapshots with stars in place of secrets; one that changed is said to have. */
function withoutSecrets(model: Model, before: Entry['before'], after: Entry['after']): Pick<Entry, 'before' | 'after'> {
  for (const [name, key] of secretsOf(model)) {
    const [old, next] = [before?.[name], after?.[name]].map(value => (value as Record<string, unknown> | null)?.[key])
    if (old) before = { ...before, [name]: { ...(before![name] as object), [key]: '********' } }
    if (next)
      after = {
        ...after,
        [name]: { ...(after![name] as object), [key]: !before || old === next ? '********' : '***CHANGED***' },
      }
  }
  return { before, after }
}

const known = new WeakMap<Model, readonly (readonly [field: string, key: string])[]>()

/** The keys of a model's JSON fields that hold secrets. */
function secretsOf(model: Model): readonly (readonly [field: string, key: string])[] {
  const cached = known.get(model)
  if (cached) return cached
  const secrets = Object.entries<Field>(model.fields).flatMap(([name, field]) =>
    ((field.options as JsonOptions).secrets ?? []).map(key => [name, key] as const),
  )
  known.set(model, secrets)
  return secrets
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
