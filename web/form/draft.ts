import type { FieldMeta, Meta, ModelMeta } from '@demarc/engine/meta'
import { type Row, titleCase, valueOf } from '../api/meta.ts'
import type { Params } from '../api/query.ts'
import type { Any } from '../field/input/anyRef.tsx'
import { inputOf } from '../field/input/index.ts'
import { picked } from '../field/input/ref.tsx'
import { Unfit } from '../field/input/view.ts'

/** What a form holds, by field; each as its input wants it. */
export type Values = Readonly<Record<string, unknown>>

/** Messages by field; those of no field under `__all__`. */
export type Faults = Readonly<Record<string, readonly string[]>>

export interface Group {
  readonly name: string
  readonly fields: readonly string[]
}

/** Everything that may be entered for a model. */
export function fieldsOf(model: ModelMeta): Readonly<Record<string, FieldMeta>> {
  const fields = Object.entries(model.fields).filter(([, field]) => !field.readonly)
  return { ...Object.fromEntries(fields), ...model.inputs }
}

/** The form's groups: those of the model, what they leave out, custom fields by theirs, comments. */
export function groupsOf(model: ModelMeta): readonly Group[] {
  const fields = fieldsOf(model)
  const keys = Object.keys(fields)
  const groups = model.form
    .map(({ name, fields: own }) => ({ name, fields: own.filter(key => fields[key]) }))
    .filter(group => group.fields.length)
  const placed = new Set(groups.flatMap(group => group.fields))
  const rest = keys.filter(
    key => !placed.has(key) && !key.startsWith('cf_') && !['owner', 'comments', 'tags'].includes(key),
  )
  const assigned = rest.filter(key => fields[key]!.widget === 'anyRef')
  const more = rest.filter(key => fields[key]!.widget !== 'anyRef')
  if (!placed.has('tags') && fields.tags) more.push('tags')
  if (assigned.length) {
    const group = { name: 'Assignment', fields: assigned }
    if (assigned.some(key => fields[key]!.required)) groups.unshift(group)
    else groups.splice(1, 0, group)
  }
  if (more.length) groups.push({ name: groups.length ? 'More' : '', fields: more })
  const custom = Map.groupBy(
    keys.filter(key => key.startsWith('cf_')),
    key => fields[key]!.group ?? 'Custom fields',
  )
  for (const [name, own] of custom) groups.push({ name, fields: own })
  const last = ['owner', 'comments'].filter(key => fields[key] && !placed.has(key))
  if (last.length) groups.push({ name: last.length > 1 ? 'Owner and comments' : fields[last[0]!]!.label, fields: last })
  return groups
}

/** What the form holds of an object, or of a new one with its defaults. */
export function valuesOf(model: ModelMeta, row?: Row): Values {
  return Object.fromEntries(
    Object.entries(fieldsOf(model)).map(([key, field]) => [key, row ? readOf(key, field, row) : defaultOf(key, field)]),
  )
}

function defaultOf(key: string, field: FieldMeta): unknown {
  const empty = field.widget === 'json' && isBare(field.default)
  return inputOf(field.widget, key).read(empty ? null : (field.default ?? null), field)
}

const isBare = (value: unknown) => typeof value === 'object' && value !== null && !Object.keys(value).length

function readOf(key: string, field: FieldMeta, row: Row): unknown {
  if (field.widget === 'anyRef')
    return { model: (row[field.sent?.[0] ?? ''] as string | null) ?? null, object: picked(row[key]) } satisfies Any
  return inputOf(field.widget, key).read(valueOf(row, key), field)
}

/** What is sent: everything that is set, or only what differs from `before`, or, where that is unknown, all; and what cannot be. */
export function bodyOf(
  model: ModelMeta,
  values: Values,
  before?: Values | 'unknown',
): { readonly body: Readonly<Record<string, unknown>>; readonly faults: Faults } {
  const body: Record<string, unknown> = {}
  const custom: Record<string, unknown> = {}
  const faults: Record<string, string[]> = {}
  for (const [key, field] of Object.entries(fieldsOf(model))) {
    const write = (value: unknown) => inputOf(field.widget, key).write(value, field)
    let sent: unknown
    try {
      sent = write(values[key])
    } catch (error) {
      if (!(error instanceof Unfit)) throw error
      faults[key] = [error.message]
      continue
    }
    if (before && before !== 'unknown' && same(values[key], before[key], write)) continue
    const set = isSet(sent)
    if (field.required && !set && !(before && key in (model.inputs ?? {}))) faults[key] = ['This is required.']
    if (!before && !set && field.default === undefined) continue
    if (field.widget === 'anyRef') {
      const { model: type, object } = sent as Any
      if (type && !object) faults[key] = ['Choose one, or clear the kind.']
      const [typeKey, idKey] = field.sent!
      body[typeKey] = object ? type : null
      body[idKey] = object?.id ?? null
    } else if (key.startsWith('cf_')) custom[key.slice(3)] = sent
    else body[key] = sent
  }
  if (Object.keys(custom).length) body.custom_fields = custom
  return { body, faults }
}

function isSet(sent: unknown): boolean {
  if (sent === null || sent === undefined || sent === '') return false
  if (Array.isArray(sent)) return sent.length > 0
  if (typeof sent === 'object' && 'model' in sent && 'object' in sent) return Boolean((sent as Any).object)
  return true
}

function same(a: unknown, b: unknown, write: (value: unknown) => unknown): boolean {
  if (a === b) return true
  if (a instanceof File || b instanceof File) return false
  try {
    return JSON.stringify(slim(write(a))) === JSON.stringify(slim(write(b)))
  } catch {
    return false
  }
}

/** Of a picked object only its id counts. */
function slim(sent: unknown): unknown {
  if (typeof sent !== 'object' || sent === null || !('model' in sent) || !('object' in sent)) return sent
  const { model, object } = sent as Any
  return [model, object?.id ?? null]
}

/** The fields in which two states of a form differ. */
export function changedOf(model: ModelMeta, values: Values, before: Values): readonly string[] {
  return Object.entries(fieldsOf(model))
    .filter(([key, field]) => !same(values[key], before[key], value => inputOf(field.widget, key).write(value, field)))
    .map(([key]) => key)
}

/** A body as a form with files where it holds one. */
export function packed(body: Readonly<Record<string, unknown>>): unknown {
  if (!Object.values(body).some(value => value instanceof File)) return body
  const form = new FormData()
  for (const [key, value] of Object.entries(body)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each instanceof File) form.append(key, each)
      else if (typeof each === 'object' && each !== null) form.append(key, JSON.stringify(each))
      else form.append(key, each === null || each === undefined ? '' : String(each))
    }
  }
  return form
}

/** The server's messages, under the keys that the form has. */
export function landed(model: ModelMeta, said: Faults): Faults {
  const fields = fieldsOf(model)
  const keys = new Map(
    Object.entries(fields).flatMap(([key, field]) => (field.sent ?? []).map(sent => [sent as string, key] as const)),
  )
  const out: Record<string, readonly string[]> = {}
  for (const [key, texts] of Object.entries(said)) {
    const own = fields[key] ? key : keys.get(key)
    if (own) out[own] = [...(out[own] ?? []), ...texts.map(titleCase)]
    else out.__all__ = [...(out.__all__ ?? []), ...texts.map(text => (key === '__all__' ? text : `${key}: ${text}`))]
  }
  return out
}

/** Parameters that narrow a picker by what is already chosen in the form: the racks of the chosen site. */
export function narrowOf(meta: Meta, model: ModelMeta, key: string, values: Values, id?: number): Params {
  const fields = fieldsOf(model)
  const by = fields[key]?.by
  if (by && fields[key]?.kinds) return [['kind', String(values[by] ?? '')]]
  if (by) return values[by] ? [['id', String((values[by] as { id: number }).id)]] : []
  const target = meta.models[fields[key]?.to?.[0] ?? '']
  if (!target || !['ref', 'refs', 'mapping'].includes(fields[key]!.widget)) return []
  const address = /^(?:primary_ip([46])|oob_ip)$/.exec(key)
  const own = model.name.split('.')[1]
  if (address && (own === 'device' || own === 'virtualmachine'))
    return [
      ...(address[1] ? [['family', address[1]] as const] : []),
      ...(id ? [[own === 'device' ? 'device_id' : 'virtual_machine_id', String(id)] as const] : []),
    ]
  return Object.entries(fields).flatMap(([other, field]) => {
    if (other === key || field.widget !== 'ref') return []
    const theirs = target.fields[other]
    const chosen = values[other] as { id: number } | null
    if (!chosen || theirs?.widget !== 'ref' || theirs.to?.[0] !== field.to?.[0]) return []
    const near = theirs.required || `${key} ${other}` === 'rack location' || /^(device|module)_type$/.test(other)
    return near ? [[`${other}_id`, String(chosen.id)] as const] : []
  })
}

/** Address of the form for a copy. */
export function cloneHref(model: ModelMeta, row: Row): string {
  const params = new URLSearchParams()
  for (const key of model.clone ?? []) {
    const field = fieldsOf(model)[key]
    if (!field) continue
    const value = inputOf(field.widget, key).write(readOf(key, field, row), field)
    if (field.widget === 'anyRef') {
      const { model: type, object } = value as Any
      if (type && object)
        for (const [at, each] of [type, object.id].entries()) params.append(field.sent![at]!, String(each))
    } else if (['json', 'mapping', 'attributes'].includes(field.widget)) continue
    else
      for (const each of [value].flat()) if (isSet(each) && typeof each !== 'object') params.append(key, String(each))
  }
  if (fieldsOf(model).tags)
    for (const tag of (row.tags ?? []) as { id: number }[]) params.append('tags', String(tag.id))
  const text = params.toString()
  return `${model.path}add/${text && `?${text}`}`
}
