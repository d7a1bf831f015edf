import type { ActiveCustomField } from '../customfield/index.ts'
import type { Field } from '../field/index.ts'

/** A text that was expected to be something else. */
export class Misread extends Error {}

/** Left out: the default holds. */
export const absent = Symbol('absent')

/** The parts of a list in one cell. */
export const partsOf = (text: string): string[] =>
  text
    .replace(/^'(.*)'$/, '$1')
    .split(',')
    .map(part => part.trim())
    .filter(Boolean)

const lists = new Set(['list', 'choiceList', 'modelNames', 'ranges', 'refs', 'tags'])

/** What an empty cell says of a field: nothing, null, or that a new row has the default. */
export function emptyOf(field: Field, isNew: boolean): unknown {
  const { nullable, blank, default: fallback } = field.options
  if (field.type === 'boolean') return false
  if (isNew && fallback !== undefined) return absent
  if (nullable) return null
  if (lists.has(field.type)) return isNew ? absent : []
  if (field.type === 'json') return isNew ? absent : {}
  if (blank) return ''
  if (isNew) return absent
  throw new Misread('This field is required.')
}

/** What a cell says, as a client of the API would send it. */
export function valueOfText(field: Field, text: string): unknown {
  switch (field.type) {
    case 'boolean':
      return text !== '0' && text.toLowerCase() !== 'false'
    case 'json':
      try {
        return JSON.parse(text)
      } catch {
        throw new Misread('Enter valid JSON.')
      }
    case 'choiceList':
    case 'modelNames':
      return partsOf(text)
    case 'ranges':
      return partsOf(text).map(rangeOf)
    case 'list':
      return listOf(field, text)
    default:
      return text
  }
}

function rangeOf(part: string): [number, number] {
  const [, low, high] = /^(\d+)(?:\s*-\s*(\d+))?$/.exec(part) ?? []
  if (low === undefined) throw new Misread(`"${part}" is no range of numbers.`)
  return [Number(low), Number(high ?? low)]
}

/** A list in a cell: numbers may be ranges, pairs stand as `value:label`. */
function listOf(field: Field, text: string): unknown[] {
  const of = field.column!.type.slice(0, -2)
  if (text.startsWith('[')) {
    try {
      return JSON.parse(text) as unknown[]
    } catch {
      throw new Misread('Enter valid JSON.')
    }
  }
  const parts = partsOf(text)
  if (/int/.test(of))
    return parts.flatMap(part => {
      const [low, high] = rangeOf(part)
      if (high - low > 10_000) throw new Misread(`"${part}" is too long a range.`)
      return Array.from({ length: Math.max(0, high - low + 1) }, (_, at) => low + at)
    })
  if (of.endsWith('[]') || of === 'jsonb')
    return parts.map(part => {
      const [value, label = value] = part.split(/(?<!\\):/).map(half => half.replaceAll('\\:', ':').trim())
      return [value, label]
    })
  return parts
}

/** What a cell says of a custom field. */
export function customValueOfText({ type }: ActiveCustomField, text: string): unknown {
  if (text === '') return null
  switch (type) {
    case 'integer':
    case 'decimal':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
    case 'boolean':
      return text !== '0' && text.toLowerCase() !== 'false'
    case 'datetime':
      return momentOf(text)
    case 'multiselect':
      return partsOf(text)
    case 'json':
      try {
        return JSON.parse(text)
      } catch {
        throw new Misread('Enter valid JSON.')
      }
    default:
      return text
  }
}

/** A moment with its offset; UTC where none is told. */
const momentOf = (text: string): string => {
  const [, day, time, zone] =
    /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[-+]\d{2}:?\d{2})?$/.exec(text) ?? []
  return day ? `${day}T${time!.length === 5 ? `${time}:00` : time}${zone && zone !== 'Z' ? zone : '+00:00'}` : text
}
