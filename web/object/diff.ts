import type { FieldMeta, ModelMeta } from '@demarc/engine/meta'
import { titleCase } from '../api/meta.ts'
import { isEmpty } from '../field/plain.ts'

/** A field before and after a change. */
export interface Difference {
  readonly key: string
  readonly label: string
  readonly field: FieldMeta | undefined
  readonly before: unknown
  readonly after: unknown
}

type Data = Readonly<Record<string, unknown>>

const aside = new Set(['created', 'last_updated', 'id', 'url', 'display', 'display_url'])

/** In which fields two states differ, custom fields one by one; of a state alone, what is set in it. */
export function differences(
  model: ModelMeta | undefined,
  before: Data | null,
  after: Data | null,
): readonly Difference[] {
  const a = flat(before)
  const b = flat(after)
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return keys
    .filter(key => !aside.has(key) && !(key.startsWith('_') && key !== '_name'))
    .filter(key => JSON.stringify(a[key] ?? null) !== JSON.stringify(b[key] ?? null))
    .filter(key => (before && after) || !isEmpty(before ? a[key] : b[key]))
    .map(key => ({
      key,
      label: labelOf(model, key),
      field: fieldOf(model, key),
      before: before ? a[key] : undefined,
      after: after ? b[key] : undefined,
    }))
}

function flat(data: Data | null): Data {
  const { custom_fields: custom, ...rest } = data ?? {}
  if (typeof custom !== 'object' || custom === null) return rest
  return {
    ...rest,
    ...Object.fromEntries(Object.entries(custom).map(([key, value]) => [`cf_${key}`, value])),
  }
}

/** The field of a key; a reference to one of several models is recorded under two. */
function fieldOf(model: ModelMeta | undefined, key: string): FieldMeta | undefined {
  return model?.fields[key]
}

function labelOf(model: ModelMeta | undefined, key: string): string {
  const label = model?.fields[key]?.label
  if (label) return label
  const own = Object.values(model?.fields ?? {}).find(field => field.sent?.includes(key))
  if (own) return key.endsWith('_type') ? `${own.label}: kind` : own.label
  return titleCase(key.replace(/^cf_/, '').replaceAll('_', ' '))
}
