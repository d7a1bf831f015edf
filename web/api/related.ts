import type { Meta, ModelMeta } from '@demarc/engine/meta'
import type { Row } from './meta.ts'

/** A list of objects that point at this one. */
export interface Relation {
  readonly model: ModelMeta
  /** The query parameter that narrows the list to one object, and the key whose value it takes. */
  readonly filter: string
  readonly key: string
}

/** Which list a count such as `device_count` counts, if the user may see it and it can be filtered. */
export function countedBy(meta: Meta, model: ModelMeta, field: string): Relation | undefined {
  const stem = stemOf(field)
  if (!stem) return undefined
  let cache = caches.get(meta)
  if (!cache) caches.set(meta, (cache = new Map()))
  const key = `${model.name} ${field}`
  if (!cache.has(key)) cache.set(key, find(meta, model, stem))
  return cache.get(key)
}

/** Address of the list that a relation means for one object. */
export function listOf(relation: Relation, row: Row): string {
  return `${relation.model.path}?${new URLSearchParams([[relation.filter, String(row[relation.key])]])}`
}

/** Every count of a model, those that lead to a list first, in the order of the menu. */
export function countsOf(meta: Meta, model: ModelMeta): readonly { key: string; relation: Relation | undefined }[] {
  const order = meta.menus.flatMap(menu => menu.groups.flatMap(group => group.models))
  const place = (relation: Relation | undefined) => {
    const at = relation ? order.indexOf(relation.model.name) : -1
    return at < 0 ? order.length : at
  }
  return Object.keys(model.fields)
    .filter(isCount)
    .map(key => ({ key, relation: countedBy(meta, model, key) }))
    .toSorted((a, b) => place(a.relation) - place(b.relation))
}

/** Whether a field is a count of other objects. */
export function isCount(field: string): boolean {
  return stemOf(field) !== undefined
}

const caches = new WeakMap<Meta, Map<string, Relation | undefined>>()

const aliases: Readonly<Record<string, string>> = {
  vm: 'virtualmachine',
  account: 'provideraccount',
  rule: 'vlantranslationrule',
  member: 'device',
  iprange: 'iprange',
}

function stemOf(field: string): string | undefined {
  const stem = /^(.+)_count$/.exec(field)?.[1] ?? /^count_(.+)$/.exec(field)?.[1]
  const plain = stem?.replaceAll('_', '').replace(/(address|[^s])(?:es|s)$/, '$1')
  return plain && (aliases[plain] ?? plain)
}

function find(meta: Meta, model: ModelMeta, stem: string): Relation | undefined {
  const [app, own] = model.name.split('.')
  const candidates = Object.values(meta.models)
    .filter(each => each.name.split('.')[1]!.endsWith(stem))
    .toSorted((a, b) => rank(a, stem, app!) - rank(b, stem, app!))
  for (const target of candidates) {
    const filters = Object.entries(target.filters).filter(([, filter]) => filter.to === model.name)
    const [name, filter] = filters.find(([each]) => each === `${own}_id` || each === own) ?? filters[0] ?? []
    if (!name || !filter) continue
    // Names may be missing or shared, so the id is asked for: a filter by another key has an `_id` twin.
    return { model: target, filter: filter.key === 'id' || name.endsWith('_id') ? name : `${name}_id`, key: 'id' }
  }
  return undefined
}

function rank(model: ModelMeta, stem: string, app: string): number {
  const [ownApp, name] = model.name.split('.')
  return (name === stem ? 0 : 2) + (ownApp === app ? 0 : 1)
}
