import type { Readable } from 'node:stream'
import { afterCopyData, copyDataEnd, copyRow, unevenRow } from './copy.ts'
import { DumpError } from './error.ts'
import { openSource, type Source } from './source.ts'
import {
  accept,
  identifier,
  literal,
  malformed,
  parenthesised,
  qualifiedName,
  skipQuoted,
  statementEnd,
  type Cursor,
} from './statement.ts'

/** A column of a CREATE TABLE; `type` as PostgreSQL spells it, without schema: `character varying(100)`, `ltree`. */
export interface Column {
  readonly name: string
  readonly type: string
}

/** Values in the text form COPY gives them: true is `t`, an array is `{1,2}`. */
export type Row = (string | null)[]

/**
 * What a dump holds, in its order. Data comes as `copy`, any number of `rows` (at most 1,000 each), `copyEnd`, whether
 * the dump has COPY blocks or INSERT statements; a table's INSERTs may come as several such runs.
 */
export type DumpEvent =
  | { readonly kind: 'header'; readonly serverVersion?: string; readonly dumpVersion?: string }
  | { readonly kind: 'table'; readonly schema: string; readonly name: string; readonly columns: readonly Column[] }
  | { readonly kind: 'copy'; readonly schema: string; readonly table: string; readonly columns: readonly string[] }
  | { readonly kind: 'rows'; readonly schema: string; readonly table: string; readonly rows: readonly Row[] }
  | { readonly kind: 'copyEnd'; readonly schema: string; readonly table: string; readonly count: number }
  | {
      readonly kind: 'sequence'
      readonly schema: string
      readonly name: string
      readonly lastValue: bigint
      readonly isCalled: boolean
    }

/**
 * Reads a plain SQL dump of PostgreSQL, from a path or a stream, plain or compressed (gzip, zstd), without loading it.
 * Throws DumpError: before any event if it is no such dump, later if it is truncated, damaged or cannot be understood.
 */
export async function* readDump(source: Readable | string): AsyncGenerator<DumpEvent> {
  const opened = await openSource(source)
  try {
    yield headerOf(opened.head)
    yield* readBlocks(opened)
  } finally {
    opened.close()
  }
}

async function* readBlocks({ decode, blocks }: Source): AsyncGenerator<DumpEvent> {
  const state: State = { decode, schema: 'public', tables: new Map(), data: null, complete: false }
  let rest = ''
  let added = ''
  for await (const { bytes, partial } of blocks) {
    if (partial) {
      rest = yield* readText(rest + added, state)
      added = ''
      if (state.data?.by === 'copy' && bytes.toString('latin1') !== '\\.') throw truncated(state.data)
    }
    added += partial ? decode(bytes) + '\n' : decode(bytes)
    if (added.length < rest.length) continue // so that a statement over many blocks is scanned a few times only
    rest = yield* readText(rest + added, state)
    added = ''
  }
  rest = yield* readText(rest + added, state)
  if (rest || !state.complete || state.data?.by === 'copy') throw truncated(state.data)
  yield* endInserts(state)
}

interface State {
  readonly decode: Source['decode']
  schema: string
  readonly tables: Map<string, readonly string[]>
  data: Data | null
  complete: boolean
}

/** The COPY block or the run of INSERTs being read. `insertHead` is the text that began the last INSERT. */
interface Data {
  readonly by: 'copy' | 'insert'
  readonly schema: string
  readonly table: string
  readonly columns: readonly string[]
  readonly insertHead: string
  rows: Row[]
  count: number
}

const BATCH = 1000

/** Reads all that is complete; gives back the beginning of a statement that is not. */
function* readText(text: string, state: State): Generator<DumpEvent, string> {
  let at = 0
  while (at < text.length) {
    if (state.data?.by === 'copy') {
      at = yield* readCopy(text, at, state, state.data)
      continue
    }
    at = skipBlank(text, at, state)
    if (at >= text.length) break
    const end = statementEnd(text, at)
    if (end < 0) return text.slice(at)
    at = yield* readStatement(text, at, end, state)
  }
  return ''
}

/** Skips white space, comments and psql's commands (`\restrict`, `\connect`), noting the comment that ends a dump. */
function skipBlank(text: string, start: number, state: State): number {
  for (let at = start; at < text.length;) {
    BLANK.lastIndex = at
    BLANK.test(text)
    at = BLANK.lastIndex
    if (text.startsWith(COMPLETE, at)) state.complete = true
    const after =
      text[at] === '\\' ? text.indexOf('\n', at) + 1 : /[-/]/.test(text[at] ?? '') ? skipQuoted(text, at) : at
    if (after <= at) return at
    at = after
  }
  return text.length
}

const BLANK = /\s*/y
const COMPLETE = '-- PostgreSQL database dump complete'

function* readStatement(text: string, start: number, end: number, state: State): Generator<DumpEvent, number> {
  STATEMENT.lastIndex = start
  const found = STATEMENT.exec(text)
  const kind = found?.[0].replace(/\s.*/s, '').toUpperCase()
  if (kind === 'INSERT') {
    yield* readInsert(text, start, end, state)
    return end
  }
  yield* endInserts(state)
  if (!found) return end
  const cursor = { text: text.slice(start, end), at: found[0].length }
  if (kind === 'COPY') {
    yield beginCopy(cursor, state)
    return afterCopyData(text, end)
  }
  if (kind === 'CREATE') yield createTable(cursor, state)
  else if (kind === 'SELECT') yield* setSequence(cursor, state)
  else state.schema = identifier(cursor)
  return end
}

const STATEMENT =
  /(?:INSERT\s+INTO|COPY|CREATE\s+(?:UNLOGGED\s+)?TABLE(?:\s+IF\s+NOT\s+EXISTS)?|SELECT\s+(?:pg_catalog\.)?setval\s*\(|SET\s+search_path\s*(?:=|TO))(?![\w.])/iy

function beginCopy(cursor: Cursor, state: State): DumpEvent {
  const target = dataTarget(cursor, state, []) // pg_dump leaves the list out only where there are no columns
  if (!accept(cursor, FROM_STDIN)) throw malformed(cursor.text)
  state.data = { by: 'copy', ...target, insertHead: '', rows: [], count: 0 }
  return { kind: 'copy', ...target }
}

const FROM_STDIN = /\s+FROM\s+stdin\s*;/iy

function* readCopy(text: string, start: number, state: State, data: Data): Generator<DumpEvent, number> {
  const { schema, table, columns } = data
  const found = copyDataEnd(text, start)
  const end = found < 0 ? text.length : found
  for (let at = start; at < end;) {
    const newline = text.indexOf('\n', at)
    const line = text.slice(at, text[newline - 1] === '\r' ? newline - 1 : newline)
    const row = columns.length || line ? copyRow(line, state.decode) : []
    addRow(data, row)
    if (data.rows.length === BATCH) yield takeRows(data)
    at = newline + 1
  }
  if (found < 0) return end
  if (data.rows.length) yield takeRows(data)
  state.data = null
  yield { kind: 'copyEnd', schema, table, count: data.count }
  return afterCopyData(text, end)
}

function* readInsert(text: string, start: number, end: number, state: State): Generator<DumpEvent> {
  const cursor = { text, at: start }
  if (state.data && text.startsWith(state.data.insertHead, start)) cursor.at += state.data.insertHead.length
  else yield* beginInserts(cursor, state)
  const data = state.data!
  do {
    if (accept(cursor, DEFAULTS)) {
      addRow(
        data,
        data.columns.map(() => null),
      )
      continue
    }
    if (!accept(cursor, OPEN)) throw malformed(text.slice(start, end))
    const row: Row = []
    do row.push(literal(cursor, state.decode))
    while (accept(cursor, COMMA))
    if (!accept(cursor, CLOSE)) throw malformed(text.slice(start, end))
    addRow(data, row)
    if (data.rows.length === BATCH) yield takeRows(data)
  } while (accept(cursor, COMMA))
  if (!accept(cursor, INSERT_END)) throw malformed(text.slice(start, end))
}

const OPEN = /\s*\(/y
const CLOSE = /\s*\)/y
const COMMA = /\s*,/y
const INSERT_INTO = /INSERT\s+INTO/iy
const VALUES = /\s*(?:OVERRIDING\s+(?:SYSTEM|USER)\s+VALUE\s+)?VALUES|(?=\s+DEFAULT\s+VALUES)/iy
const DEFAULTS = /\s*DEFAULT\s+VALUES/iy
const INSERT_END = /\s*(?:ON\s+CONFLICT\s+DO\s+NOTHING\s*)?;/iy

/** Begins a run of INSERTs, or goes on with one that names the same columns of the same table otherwise. */
function* beginInserts(cursor: Cursor, state: State): Generator<DumpEvent> {
  const start = cursor.at
  accept(cursor, INSERT_INTO)
  const target = dataTarget(cursor, state)
  if (!accept(cursor, VALUES)) throw malformed(cursor.text.slice(start))
  yield* endInserts(state)
  const insertHead = cursor.text.slice(start, cursor.at)
  state.data = { by: 'insert', ...target, insertHead, rows: [], count: 0 }
  yield { kind: 'copy', ...target }
}

function* endInserts(state: State): Generator<DumpEvent> {
  const { data } = state
  if (data?.by !== 'insert') return
  if (data.rows.length) yield takeRows(data)
  yield { kind: 'copyEnd', schema: data.schema, table: data.table, count: data.count }
  state.data = null
}

function addRow(data: Data, row: Row): void {
  const { table, columns, rows } = data
  if (row.length !== columns.length) throw unevenRow(table, data.count + 1, columns.length, row.length)
  rows.push(row)
  data.count++
}

function takeRows(data: Data): DumpEvent {
  const { schema, table, rows } = data
  data.rows = []
  return { kind: 'rows', schema, table, rows }
}

/** The table and columns of a COPY or INSERT; without a list, the columns are those of the CREATE TABLE before. */
function dataTarget(
  cursor: Cursor,
  state: State,
  otherwise?: readonly string[],
): { schema: string; table: string; columns: readonly string[] } {
  const { schema = state.schema, name: table } = named(cursor)
  const listed = parenthesised(cursor)?.map(text => identifier({ text, at: 0 }))
  const columns = listed ?? state.tables.get(JSON.stringify([schema, table])) ?? otherwise
  if (columns) return { schema, table, columns }
  throw new DumpError('malformed', `The dump holds data for ${table} but not its columns. Dump the schema too.`)
}

function named(cursor: Cursor): { schema?: string; name: string } {
  const { schema, name } = qualifiedName(cursor)
  return schema ? { schema, name } : { name }
}

function createTable(cursor: Cursor, state: State): DumpEvent {
  const { schema = state.schema, name } = named(cursor)
  const columns = (parenthesised(cursor) ?? []).filter(text => text && !TABLE_CONSTRAINT.test(text)).map(columnOf)
  state.tables.set(
    JSON.stringify([schema, name]),
    columns.map(column => column.name),
  )
  return { kind: 'table', schema, name, columns }
}

const TABLE_CONSTRAINT = /^(?:CONSTRAINT|PRIMARY\s+KEY|UNIQUE|CHECK|FOREIGN\s+KEY|LIKE|EXCLUDE\s*(?:USING\b|\())/i
const COLUMN_CONSTRAINT =
  /\s+(?:NOT\s+NULL|NULL|DEFAULT|GENERATED|CONSTRAINT|CHECK|COLLATE|PRIMARY|UNIQUE|REFERENCES|STORAGE|COMPRESSION|OPTIONS)\b/i

function columnOf(text: string): Column {
  const cursor = { text, at: 0 }
  const name = identifier(cursor)
  const rest = text.slice(cursor.at)
  const end = rest.search(COLUMN_CONSTRAINT)
  const type = (end < 0 ? rest : rest.slice(0, end)).trim()
  return { name, type: type.replace(/^(?:"[^"]+"|\w+)\.(?=[\w"])/, '').replaceAll(/\s+/g, ' ') }
}

/** Of `setval('public.rack_id_seq', 42, true)`; others, which name no sequence by a literal, are passed over. */
function* setSequence(cursor: Cursor, state: State): Generator<DumpEvent> {
  const found = SETVAL.exec(cursor.text)
  if (!found) return
  const { schema = state.schema, name } = named({ text: found[1]!.replaceAll("''", "'"), at: 0 })
  const isCalled = found[3]?.toLowerCase() !== 'false'
  yield { kind: 'sequence', schema, name, lastValue: BigInt(found[2]!), isCalled }
}

const SETVAL = /setval\s*\(\s*'([^']*(?:''[^']*)*)'(?:::\w+)?\s*,\s*(-?\d+)\s*(?:,\s*(true|false)\s*)?\)/i

function headerOf(head: string): DumpEvent {
  const serverVersion = /^-- Dumped from database version (\S+)/m.exec(head)?.[1]
  const dumpVersion = /^-- Dumped by pg_dump version (\S+)/m.exec(head)?.[1]
  return { kind: 'header', ...(serverVersion && { serverVersion }), ...(dumpVersion && { dumpVersion }) }
}

function truncated(data: Data | null): DumpError {
  const place = data ? ` It ends within the data of ${data.table}, after ${data.count} rows.` : ''
  return new DumpError('truncated', `The dump is not complete: its closing line is missing.${place}`)
}
