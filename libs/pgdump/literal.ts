import { DumpError } from './error.ts'

/** An element of an array: a value, NULL, or a further dimension. */
export type ArrayItem = string | null | ArrayItem[]

/** A range; a bound that is null is infinite. An empty range has neither. */
export interface RangeLiteral {
  readonly empty: boolean
  readonly lower: string | null
  readonly upper: string | null
  readonly lowerInclusive: boolean
  readonly upperInclusive: boolean
}

/** Reads PostgreSQL's text of an array, `{1,NULL,"a b",{…}}`, with or without bounds. Throws DumpError `malformed`. */
export function parseArray(text: string): ArrayItem[] {
  const bounds = /^\s*(?:\[[-+]?\d+(?::[-+]?\d+)?\])+\s*=/.exec(text)?.[0] ?? ''
  const cursor = { text, at: bounds.length }
  const items = arrayAt(cursor)
  if (text.slice(cursor.at).trim()) throw unreadable('array', text)
  return items
}

/** Reads PostgreSQL's text of a range, `[1,100)`, `(,"2024-01-01 00:00"]` or `empty`. Throws DumpError `malformed`. */
export function parseRange(text: string): RangeLiteral {
  if (/^\s*empty\s*$/i.test(text)) {
    return { empty: true, lower: null, upper: null, lowerInclusive: false, upperInclusive: false }
  }
  const found = RANGE.exec(text)
  if (!found) throw unreadable('range', text)
  const [, open, lower, upper, close] = found
  return {
    empty: false,
    lower: boundOf(lower!),
    upper: boundOf(upper!),
    lowerInclusive: open === '[' && lower !== '',
    upperInclusive: close === ']' && upper !== '',
  }
}

const BOUND = String.raw`((?:"(?:[^"\\]|\\[^]|"")*"|\\[^]|[^"\\,()\[\]])*)`
const RANGE = new RegExp(`^\\s*([[(])${BOUND},${BOUND}([\\])])\\s*$`)

/** A bound may be quoted in part or whole, as may an escape stand anywhere. */
function boundOf(text: string): string | null {
  if (text === '') return null
  return text.replace(/\\([^])|("")(?!$)|"/g, (whole, escaped?: string) => escaped ?? (whole === '""' ? '"' : ''))
}

interface Cursor {
  readonly text: string
  at: number
}

function arrayAt(cursor: Cursor): ArrayItem[] {
  skipSpace(cursor)
  if (!take(cursor, '{')) throw unreadable('array', cursor.text)
  const items: ArrayItem[] = []
  skipSpace(cursor)
  if (take(cursor, '}')) return items
  do {
    skipSpace(cursor)
    items.push(cursor.text[cursor.at] === '{' ? arrayAt(cursor) : itemAt(cursor))
    skipSpace(cursor)
  } while (take(cursor, ','))
  if (!take(cursor, '}')) throw unreadable('array', cursor.text)
  return items
}

function itemAt(cursor: Cursor): string | null {
  const expression = cursor.text[cursor.at] === '"' ? QUOTED : BARE
  expression.lastIndex = cursor.at
  const found = expression.exec(cursor.text)
  if (!found) throw unreadable('array', cursor.text)
  cursor.at = expression.lastIndex
  const raw = found[1]!
  if (expression === BARE && raw.trimEnd().toUpperCase() === 'NULL') return null
  return (expression === BARE ? raw.trimEnd() : raw).replaceAll(/\\([^])/g, '$1')
}

const QUOTED = /"([^"\\]*(?:\\[^][^"\\]*)*)"/y
const BARE = /((?:[^"\\{},]|\\[^])+)/y

function skipSpace(cursor: Cursor): void {
  while (/\s/.test(cursor.text[cursor.at] ?? '')) cursor.at++
}

function take(cursor: Cursor, character: string): boolean {
  if (cursor.text[cursor.at] !== character) return false
  cursor.at++
  return true
}

function unreadable(what: string, text: string): DumpError {
  return new DumpError('malformed', `${JSON.stringify(text.slice(0, 80))} is not the text of a PostgreSQL ${what}.`)
}
