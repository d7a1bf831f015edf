import type { Field } from '../field/index.ts'
import { isoTime, parseRanges } from '../field/index.ts'
import { isAnyRef, type Model } from '../model/index.ts'

/** What a part of a snapshot is made of. */
interface Sources {
  readonly row: Readonly<Record<string, any>>
  readonly links: ReadonlyMap<string, readonly number[]>
  readonly tags: readonly string[]
  readonly numbers: ReadonlyMap<string, number>
}

type Part = readonly [key: string, of: (sources: Sources) => unknown]

const known = new WeakMap<Model, readonly Part[]>()

/** A row as the change log keeps it: references as ids, types of references as numbers, tags as sorted names. */
export function snapshotOf(
  model: Model,
  row: Readonly<Record<string, any>>,
  links: ReadonlyMap<string, readonly number[]>,
  tags: readonly string[],
  numbers: ReadonlyMap<string, number>,
): Record<string, unknown> {
  let parts = known.get(model)
  if (!parts) known.set(model, (parts = partsOf(model)))
  const sources = { row, links, tags, numbers }
  const data: Record<string, unknown> = {}
  for (const [key, of] of parts) data[key] = of(sources)
  return data
}

/** How each key of a model's snapshots is made; worked out once, as there are many rows. */
const partsOf = (model: Model): Part[] => [
  ...Object.entries<Field>(model.fields)
    .filter(([key]) => key !== '_config_context_data' && key !== '_config_context_generation')
    .flatMap(([key, field]) => partsOfField(key, field)),
  ...Object.keys(model.spec.records ?? {}).map((key): Part => [key, ({ links }) => links.get(key) ?? []]),
]

function partsOfField(key: string, field: Field): Part[] {
  if (field.type === 'tags') return [[key, ({ tags }) => [...tags].sort()]]
  if (field.type === 'refs') return [[key, ({ links }) => links.get(key) ?? []]]
  if (isAnyRef(field))
    return [
      [`${key}_type`, ({ row, numbers }) => numbers.get(row[`${key}_type`]) ?? null],
      [`${key}_id`, ({ row }) => row[`${key}_id`]],
    ]
  if (field.type === 'modelName') return [[key, ({ row, numbers }) => numbers.get(row[key]) ?? null]]
  if (field.type === 'modelNames')
    return [
      [
        key,
        ({ row, numbers }) =>
          (row[key] as string[])
            .map(name => numbers.get(name))
            .filter(number => number !== undefined)
            .sort((a, b) => a - b),
      ],
    ]
  const column = `${key}${field.suffix ?? ''}`
  const convert = converterOf(field)
  if (!convert) return [[key, ({ row }) => row[column] ?? null]]
  // Of many rows made at once, most are alike.
  let last: { readonly value: unknown; readonly converted: unknown } = { value: null, converted: null }
  return [
    [
      key,
      ({ row }) => {
        const value = row[column] ?? null
        if (value === null) return null
        if (last.value !== value) last = { value, converted: convert(value) }
        return last.converted
      },
    ],
  ]
}

/** How a value is written into a snapshot, where not as it is. */
function converterOf(field: Field): ((value: any) => unknown) | null {
  switch (field.type) {
    case 'decimal': {
      const { places } = field.options as unknown as { places: number }
      return value => Number(value).toFixed(places)
    }
    case 'datetime':
      return value => isoTime(String(value)).replace(/(\.\d{3})\d+/, '$1')
    case 'list':
      return /int/.test(field.column!.type) ? null : textOfList
    case 'choiceList':
      return textOfList
    case 'ranges':
      return value =>
        pythonList(
          parseRanges(value).map(([lower, high]) => `{"bounds": "[)", "lower": "${lower}", "upper": "${high + 1}"}`),
        )
    case 'timezone':
      return value => value || null
    case 'mac':
    case 'wwn':
      return value => String(value).toUpperCase()
    case 'stored': {
      const places = /^numeric\(\d+,(\d+)\)$/.exec(field.column!.type)?.[1]
      return places === undefined ? null : value => Number(value).toFixed(Number(places))
    }
    default:
      return null
  }
}

const textOfList = (value: readonly unknown[]) => pythonList(value.map(textOfElement))

/** A list as one text of texts, which is how NetBox's snapshots hold it. */
const pythonList = (texts: readonly string[]) => `[${texts.map(text => JSON.stringify(text)).join(', ')}]`
const textOfElement = (value: unknown): string =>
  Array.isArray(value) ? pythonList(value.map(textOfElement)) : String(value)

const neverShown = new Set(['created', 'last_updated', 'path', 'sort_path'])

/** What of a snapshot is shown: neither what the engine keeps for itself, nor the moments, which the change has of its own. */
export const shownOf = (data: Readonly<Record<string, unknown>> | null): Record<string, unknown> =>
  Object.fromEntries(Object.entries(data ?? {}).filter(([key]) => !key.startsWith('_') && !neverShown.has(key)))
