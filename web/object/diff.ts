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

/** What a reference to one of several models is recorded as. */
export interface Pointer {
  /** The number of the model. */
  readonly type: number
  readonly id: number
}

/** In which fields two states differ, custom fields one by one; of a state alone, what is set in it. */
export function differences(
  model: ModelMeta | undefined,
  before: Data | null,
  after: Data | null,
): readonly Difference[] {
  const a = flat(model, before)
  const b = flat(model, after)
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return keys
    .filter(key => !aside.has(key) && !(key.startsWith('_') && key !== '_name'))
    .filter(key => JSON.stringify(a[key] ?? null) !== JSON.stringify(b[key] ?? null))
    .filter(key => (before && after) || !isEmpty(before ? a[key] : b[key]))
    .map(key => ({
      key,
      label: labelOf(model, key),
      field: model?.fields[key],
      before: before ? a[key] : undefined,
      after: after ? b[key] : undefined,
    }))
}

/** A state with its custom fields beside the others, and references to any of several models as pointers. */
function flat(model: ModelMeta | undefined, data: Data | null): Data {
  const { custom_fields: custom, ...rest } = data ?? {}
  const state: Record<string, unknown> = { ...rest }
  for (const [key, { sent }] of Object.entries(model?.fields ?? {})) {
    const [type, id] = sent ?? []
    if (!type || !id || !(type in rest) || !(id in rest)) continue
    delete state[type]
    delete state[id]
    state[key] = rest[type] === null ? null : ({ type: rest[type], id: rest[id] } as Pointer)
  }
  if (typeof custom !== 'object' || custom === null) return state
  return { ...state, ...Object.fromEntries(Object.entries(custom).map(([key, value]) => [`cf_${key}`, value])) }
}

/** What to call a key of a recorded state. */
export function labelOf(model: ModelMeta | undefined, key: string): string {
  const label = model?.fields[key]?.label
  if (label) return label
  const own = Object.values(model?.fields ?? {}).find(field => field.sent?.includes(key))
  if (own) return own.label
  return titleCase(key.replace(/^cf_/, '').replaceAll('_', ' '))
}
