import { customFieldsOf, type ActiveCustomField } from '../customfield/index.ts'
import type { Database } from '../database/index.ts'
import { Invalid, isImage, pythonType, type Field, type ModelNameOptions } from '../field/index.ts'
import { isAnyRef, isRef, isRefs, targetsOf, type Derived, type Model, type Registry } from '../model/index.ts'
import { titleOf } from '../objecttype/index.ts'
import { requiredOf } from '../rest/options.ts'
import { parseCustomFields } from './customfields.ts'
import { Faults } from './faults.ts'
import { namedBy, type Named } from './references.ts'

/** What a client sent for one row, read: columns, links, tags, and what is wrong with it. */
export interface Draft {
  readonly values: Record<string, any>
  readonly links: Map<string, number[]>
  readonly tags: TagDraft
  readonly message: string
  readonly input: Readonly<Record<string, any>>
  readonly faults: Faults
}

export interface TagDraft {
  set?: number[]
  add?: number[]
  remove?: number[]
}

export type Mode = 'create' | 'replace' | 'change'

/** Read one item of a request. Rows of other models that it names are added to `named`, to be found for all items at once. */
export async function parseItem(
  db: Database,
  registry: Registry,
  model: Model,
  item: unknown,
  mode: Mode,
  named: Named[],
): Promise<Draft> {
  const faults = new Faults()
  const draft: Draft = {
    values: {},
    links: new Map(),
    tags: {},
    message: '',
    input: isObject(item) ? item : {},
    faults,
  }
  if (!isObject(item)) {
    faults.add(null, `Invalid data. Expected a dictionary, but got ${pythonType(item)}.`)
    return draft
  }
  for (const [key, value] of Object.entries(item))
    if (holdsNull(value)) faults.add(key, 'Null characters are not allowed.')
  if (faults.any) return draft
  const missing = (key: string, field: Field) => {
    if (mode !== 'change') faults.add(key, isImage(field) ? 'No file was submitted.' : 'This field is required.')
  }
  for (const [key, field] of Object.entries<Field>(model.fields)) {
    if (field.options.readonly || (field.options.hidden && !field.options.writeOnly) || key === 'custom_fields')
      continue
    if (field.type === 'tags' || (field.options.once && mode !== 'create')) continue
    if (isAnyRef(field)) {
      parseAnyRef(registry, model, key, field, item, mode, draft, named)
      continue
    }
    if (!(key in item)) {
      if (requiredOf(field)) missing(key, field)
      else if (mode !== 'change' && model.spec.resets?.includes(key))
        draft.values[`${key}${field.suffix ?? ''}`] = field.options.default ?? null
      continue
    }
    parseKey(registry, key, field, item[key], draft, named)
  }
  for (const [key, { link, writable, to }] of Object.entries<Derived<any>>(model.spec.derived ?? {}))
    if (link && writable && to && key in item) parseLinks(key, registry.model(to), item[key], draft, named)
  if (model.fields['tags']?.type === 'tags') parseTags(registry, item, mode, draft, named)
  if ('custom_fields' in model.fields && !model.fields['custom_fields']!.options.hidden) {
    const fields: readonly ActiveCustomField[] = (await customFieldsOf(db)).get(model.name) ?? []
    parseCustomFields(registry, fields, item['custom_fields'], draft, named)
  }
  const { message, fault } = messageIn(item)
  if (fault) faults.add('changelog_message', fault)
  return Object.assign(draft, { message })
}

/** What an item of a request tells the change log, or why that cannot be kept. */
export function messageIn(item: Readonly<Record<string, unknown>>): { message: string; fault?: string } {
  const message = item['changelog_message'] ?? ''
  if (typeof message !== 'string') return { message: '', fault: 'Not a valid string.' }
  return message.length > 200
    ? { message: '', fault: 'Ensure this field has no more than 200 characters.' }
    : { message }
}

/** Whether what was sent has the one character that no text in PostgreSQL can have. */
const holdsNull = (value: unknown): boolean =>
  typeof value === 'string'
    ? value.includes('\0')
    : typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) && Object.values(value).some(holdsNull)

const isObject = (value: unknown): value is Record<string, any> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function parseKey(registry: Registry, key: string, field: Field, value: unknown, draft: Draft, named: Named[]): void {
  const { faults } = draft
  if (isRef(field)) {
    const column = `${key}_id`
    if (value === null) {
      if (field.options.nullable) draft.values[column] = null
      else faults.add(key, 'This field may not be null.')
      return
    }
    const by = namedBy(value)
    if (typeof by === 'string') faults.add(key, by)
    else
      named.push({
        model: registry.model(field.to),
        by,
        take: (id, fault) => (fault ? faults.add(key, fault) : void (draft.values[column] = id)),
      })
    return
  }
  if (isRefs(field)) {
    parseLinks(key, registry.model(field.to), value, draft, named, field.options.as)
    return
  }
  if (value === null) {
    if (field.options.nullable) draft.values[key] = null
    else if (field.type === 'choice' && field.options.blank) draft.values[key] = ''
    else faults.add(key, 'This field may not be null.')
    return
  }
  try {
    const { having, some } = field.options as ModelNameOptions
    if (field.type === 'modelName') draft.values[key] = parseModelName(registry, value, having)
    else if (field.type === 'modelNames') {
      if (!Array.isArray(value)) throw new Invalid(`Expected a list of items but got type "${pythonType(value)}".`)
      if (value.length === 0 && some) throw new Invalid('This list may not be empty.')
      draft.values[key] = [...new Set(value.map(one => parseModelName(registry, one, having)))].sort()
    } else if (field.parse) draft.values[key] = field.parse(value)
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
    faults.add(key, error.detail)
  }
}

function parseLinks(key: string, to: Model, value: unknown, draft: Draft, named: Named[], attribute?: string): void {
  const { faults } = draft
  if (!Array.isArray(value)) {
    faults.add(
      key,
      value === null ? 'This field may not be null.' : `Expected a list of items but got type "${pythonType(value)}".`,
    )
    return
  }
  const ids: number[] = []
  draft.links.set(key, ids)
  const keep = (id: number) => void (ids.includes(id) || ids.push(id))
  for (const one of value) {
    if (attribute) {
      if (typeof one !== 'string') faults.add(key, 'Invalid value.')
      else
        named.push({
          model: to,
          by: { [attribute]: one },
          anyone: true,
          take: (id, fault) => (fault ? faults.add(key, `Object with ${attribute}=${one} does not exist.`) : keep(id!)),
        })
      continue
    }
    if (typeof one !== 'number' && !(typeof one === 'string' && /^\d+$/.test(one))) {
      faults.add(key, `Incorrect type. Expected pk value, received ${pythonType(one)}.`)
      continue
    }
    named.push({
      model: to,
      by: Number(one),
      take: (id, fault) => (fault ? faults.add(key, `Invalid pk "${one}" - object does not exist.`) : keep(id!)),
    })
  }
}

function parseModelName(registry: Registry, value: unknown, feature?: string): string {
  if (typeof value !== 'string' || !/^[^.]+\.[^.]+$/.test(value))
    throw new Invalid("Invalid value. Specify a content type as '<app_label>.<model_name>'.")
  const name = value.toLowerCase()
  if (!registry.models.has(name) || (feature && !registry.having(feature).includes(name)))
    throw new Invalid(`Invalid content type: ${value}`)
  return name
}

function parseAnyRef(
  registry: Registry,
  model: Model,
  name: string,
  field: Field,
  item: Record<string, any>,
  mode: Mode,
  draft: Draft,
  named: Named[],
): void {
  if (!isAnyRef(field)) return
  const [typeKey, idKey] = [`${name}_type`, `${name}_id`]
  const { faults } = draft
  const required = field.options.required ?? !field.options.nullable
  for (const key of [typeKey, idKey])
    if (!(key in item) && required && mode !== 'change') faults.add(key, 'This field is required.')
  if (!(typeKey in item) && !(idKey in item)) {
    if (mode !== 'change' && field.options.nullable && model.spec.resets?.includes(name))
      Object.assign(draft.values, { [typeKey]: null, [idKey]: null })
    return
  }
  let type: string | null | undefined
  if (typeKey in item) {
    const value = item[typeKey]
    if (value === null || value === '') {
      if (field.options.nullable) type = draft.values[typeKey] = null
      else faults.add(typeKey, 'This field may not be null.')
    } else
      try {
        const found = parseModelName(registry, value)
        if (!field.options.judged && !targetsOf(registry, field).includes(found))
          throw new Invalid(`Invalid content type: ${value}`)
        type = draft.values[typeKey] = found
      } catch (error) {
        if (!(error instanceof Invalid)) throw error
        faults.add(typeKey, error.detail)
      }
  }
  if (idKey in item) {
    const value = item[idKey]
    if (value === null) {
      if (field.options.nullable) draft.values[idKey] = null
      else faults.add(idKey, 'This field may not be null.')
    } else if (!/^\d+$/.test(String(value))) faults.add(idKey, 'A valid integer is required.')
    else if (Number(value) > Number.MAX_SAFE_INTEGER) faults.add(idKey, 'Ensure this value is not that large.')
    else {
      draft.values[idKey] = Number(value)
      if (type)
        named.push({
          model: registry.model(type),
          by: Number(value),
          take: (_id, fault) =>
            void (
              fault &&
              (field.options.missing
                ? faults.add(null, `Invalid ${field.options.missing}: ${titleOf(type!)} ID ${value}`)
                : faults.add(idKey, `Related object not found using the provided value: ${value}.`))
            ),
        })
    }
  }
}

function parseTags(registry: Registry, item: Record<string, any>, mode: Mode, draft: Draft, named: Named[]): void {
  const { faults, tags } = draft
  const read = (key: 'tags' | 'add_tags' | 'remove_tags'): number[] | undefined => {
    if (!(key in item)) return undefined
    const value = item[key]
    if (!Array.isArray(value)) {
      faults.add(
        key,
        value === null
          ? 'This field may not be null.'
          : `Expected a list of items but got type "${pythonType(value)}".`,
      )
      return undefined
    }
    const ids: number[] = []
    // The first that is unknown is told, whatever else is wrong with the key.
    let refused = false
    const refuse = (fault: string) => {
      if (!refused) faults.map[key] = [fault]
      refused = true
    }
    for (const one of value) {
      const by = namedBy(one)
      if (typeof by === 'string') refuse(by)
      else
        named.push({
          model: registry.model('extras.tag'),
          by,
          ...(key !== 'tags' && { anyone: true }),
          take: (id, fault) => (fault ? refuse(fault) : void (ids.includes(id!) || ids.push(id!))),
        })
    }
    return ids
  }
  const [set, add, remove] = [read('tags'), read('add_tags'), read('remove_tags')]
  if (item['tags']?.length && (item['add_tags']?.length || item['remove_tags']?.length))
    faults.add('tags', 'Cannot specify "tags" together with "add_tags" or "remove_tags".')
  if (remove && mode === 'create' && item['remove_tags']?.length)
    faults.add('remove_tags', 'Cannot use "remove_tags" when creating a new object.')
  if (set) tags.set = set
  if (add) tags.add = add
  if (remove) tags.remove = remove
}
