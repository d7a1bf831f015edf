import type { Field, JsonOptions, ListOptions } from '../field/index.ts'
import { isImage } from '../field/index.ts'
import { isAnyRef, isRefs, type Model } from '../model/index.ts'
import type { Snapshot } from './record.ts'

/** What a client would send for a row to be as it was; and what of it the change log does not keep, by key. */
export interface Recalled {
  readonly item: Readonly<Record<string, any>>
  readonly lost: readonly string[]
}

/** How rows of other models are told apart in snapshots and in requests. */
export interface Names {
  /** Models by their numbers. */
  readonly models: ReadonlyMap<number, string>
  /** Names of the custom fields that the model has by now. */
  readonly customFields: ReadonlySet<string>
  /** The attribute by which a request names a row, of a field that asks for one. */
  readonly attributes: ReadonlyMap<string, string>
}

/** The item of a request that gives back to a row what a snapshot holds under some of its keys. */
export function recall(model: Model, data: Snapshot, wanted: (key: string) => boolean, names: Names): Recalled {
  const item: Record<string, any> = {}
  const lost: string[] = []
  for (const [key, field] of Object.entries<Field>(model.fields)) {
    if (isAnyRef(field)) {
      const [type, id] = [`${key}_type`, `${key}_id`]
      if (field.options.readonly || (!wanted(type) && !wanted(id))) continue
      item[type] = names.models.get(data[type]) ?? null
      item[id] = data[id]
      continue
    }
    if (field.options.readonly || (field.options.hidden && key !== 'custom_fields') || !(key in data) || !wanted(key))
      continue
    if (isLost(field, data[key])) lost.push(key)
    else item[key] = valueOf(key, field, data[key], names)
  }
  return { item, lost }
}

/** Files and secrets are not kept. */
const isLost = (field: Field, value: unknown): boolean =>
  (isImage(field) && Boolean(value)) || Boolean((field.options as JsonOptions).secrets)

function valueOf(key: string, field: Field, value: any, { models, customFields, attributes }: Names): unknown {
  if (value === null || value === undefined) return null
  if (key === 'custom_fields')
    return Object.fromEntries(Object.entries(value as object).filter(([name]) => customFields.has(name)))
  if (isRefs(field) && field.options.as) return (value as number[]).map(id => attributes.get(`${field.to}:${id}`) ?? id)
  switch (field.type) {
    case 'tags':
      return (value as string[]).map(name => ({ name }))
    case 'modelName':
      return models.get(value) ?? null
    case 'modelNames':
      return (value as number[]).flatMap(number => models.get(number) ?? [])
    case 'ranges':
      return textsOf(value).map(text => {
        const { lower, upper } = JSON.parse(text) as { lower: string; upper: string }
        return [Number(lower), Number(upper) - 1]
      })
    case 'list':
    case 'choiceList': {
      if (Array.isArray(value)) return value
      const nested = (field.options as unknown as ListOptions).of?.endsWith('[]')
      return nested ? textsOf(value).map(textsOf) : textsOf(value)
    }
    default:
      return value
  }
}

/** The texts of a list that a snapshot holds as one text. */
const textsOf = (text: string): string[] => JSON.parse(text) as string[]
