import type { Field } from '../field/index.ts'
import { isoTime, parseRanges } from '../field/index.ts'
import { isAnyRef, type Model } from '../model/index.ts'

/** A row as the change log keeps it: references as ids, types of references as numbers, tags as sorted names. */
export function snapshotOf(
  model: Model,
  row: Readonly<Record<string, any>>,
  links: ReadonlyMap<string, readonly number[]>,
  tags: readonly string[],
  numbers: ReadonlyMap<string, number>,
): Record<string, unknown> {
  const data: Record<string, unknown> = {}
  for (const [key, field] of Object.entries<Field>(model.fields)) {
    if (key === '_config_context_data' || key === '_config_context_generation') continue
    if (field.type === 'tags') data[key] = [...tags].sort()
    else if (field.type === 'refs') data[key] = links.get(key) ?? []
    else if (isAnyRef(field)) {
      data[`${key}_type`] = numbers.get(row[`${key}_type`]) ?? null
      data[`${key}_id`] = row[`${key}_id`]
    } else if (field.type === 'modelName') data[key] = numbers.get(row[key]) ?? null
    else if (field.type === 'modelNames')
      data[key] = (row[key] as string[])
        .map(name => numbers.get(name))
        .filter(number => number !== undefined)
        .sort((a, b) => a - b)
    else data[key] = valueOf(field, row[`${key}${field.suffix ?? ''}`])
  }
  for (const key of Object.keys(model.spec.records ?? {})) data[key] = links.get(key) ?? []
  return data
}

function valueOf(field: Field, value: unknown): unknown {
  if (value === null || value === undefined) return null
  switch (field.type) {
    case 'decimal':
      return Number(value).toFixed((field.options as unknown as { places: number }).places)
    case 'datetime':
      return isoTime(String(value)).replace(/(\.\d{3})\d+/, '$1')
    case 'list':
      if (/int/.test(field.column!.type)) return value
    // falls through: texts are kept as one text
    case 'choiceList':
      return pythonList((value as unknown[]).map(textOfElement))
    case 'ranges':
      return pythonList(
        parseRanges(value as string).map(
          ([lower, high]) => `{"bounds": "[)", "lower": "${lower}", "upper": "${high + 1}"}`,
        ),
      )
    case 'timezone':
      return value || null
    case 'mac':
    case 'wwn':
      return String(value).toUpperCase()
    case 'stored':
      return /numeric\(\d+,(\d+)\)/.test(field.column!.type)
        ? Number(value).toFixed(Number(/,(\d+)\)/.exec(field.column!.type)![1]))
        : value
    default:
      return value
  }
}

/** A list as one text of texts, which is how NetBox's snapshots hold it. */
const pythonList = (texts: readonly string[]) => `[${texts.map(text => JSON.stringify(text)).join(', ')}]`
const textOfElement = (value: unknown): string =>
  Array.isArray(value) ? pythonList(value.map(textOfElement)) : String(value)

const neverShown = new Set(['created', 'last_updated', 'path', 'sort_path'])

/** What of a snapshot is shown: neither what the engine keeps for itself, nor the moments, which the change has of its own. */
export const shownOf = (data: Readonly<Record<string, unknown>> | null): Record<string, unknown> =>
  Object.fromEntries(Object.entries(data ?? {}).filter(([key]) => !key.startsWith('_') && !neverShown.has(key)))
