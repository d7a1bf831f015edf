import { customFieldsOf } from '../customfield/index.ts'
import { Undo } from '../database/index.ts'
import type { Field } from '../field/index.ts'
import { isAnyRef, shortName, type Model } from '../model/index.ts'
import type { Permissions } from '../permission/index.ts'
import { everything, type Condition } from '../query/index.ts'
import { requiredOf } from '../rest/options.ts'
import {
  batchOf,
  changeFrom,
  createFrom,
  displaysOf,
  Refused,
  rowsById,
  writing,
  type Refusal,
  type WriteCall,
  type WriteContext,
} from '../write/index.ts'
import { fileKeys, readHeaders, type FileKey } from './columns.ts'
import { fillItems, type Cell, type FileRecord } from './items.ts'
import { readContents, Unreadable, type Contents, type Format } from './read.ts'

/** What to import, and how. */
export interface ImportOptions {
  readonly data: string
  readonly format?: Format
  /** `comma`, `semicolon`, `pipe`, `tab`, or `auto`. */
  readonly delimiter?: string
  /** Tell what would happen, and let nothing happen. */
  readonly dryRun?: boolean
  /** A message for the change log. */
  readonly message?: string
}

/** What became of one record. */
interface Imported {
  readonly id?: number
  readonly display: string
  readonly action: 'created' | 'updated' | 'unchanged'
  /** The fields of one that was there that are other than before. */
  readonly fields?: readonly string[]
}

/** What an import did, or would do. */
export interface ImportResult {
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly objects: readonly Imported[]
}

/** What is wrong with a record; record 0 is the file as a whole. */
export interface ImportFault {
  readonly row: number
  readonly field?: string
  readonly message: string
}

/** A file that was refused, with everything that is wrong with it. */
export class ImportRefused extends Error {
  readonly errors: readonly ImportFault[]

  constructor(errors: readonly ImportFault[]) {
    super('refused')
    this.errors = errors
  }
}

/** Create and change rows from a file: all of it or nothing. Throws {@link ImportRefused}. */
export async function importRows(call: WriteCall, model: Model, options: ImportOptions): Promise<ImportResult> {
  return importContents(call, model, contentsOf(options), options)
}

/** The records of a file. Throws {@link ImportRefused}. */
export function contentsOf({ data, format, delimiter }: ImportOptions): Contents {
  try {
    return readContents(data, format, delimiter)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    throw new ImportRefused([{ row: error.row, message: error.message }])
  }
}

/** As {@link importRows}, of documents that have been read already. */
export async function importContents(
  call: WriteCall,
  model: Model,
  contents: Contents,
  { dryRun = false, message }: Pick<ImportOptions, 'dryRun' | 'message'> = {},
): Promise<ImportResult> {
  const customFields = (await customFieldsOf(call.db)).get(model.name) ?? []
  const keys = fileKeys(call.registry, model, customFields)
  const { user } = call.author
  const authors = Object.entries<Field>(model.fields).flatMap(([name, { options }]) =>
    (options.file || {}).author && user ? [[name, user.id] as const] : [],
  )
  return writing(call, async context => {
    const records = recordsOf(model, contents, keys)
    for (const { item } of records)
      Object.assign(item, message && { changelog_message: message }, Object.fromEntries(authors))
    const errors: ImportFault[] = []
    refuseRepeated(records, errors)
    const mayChange = call.permissions.constrain('change', model)
    if (!mayChange && records.some(record => record.id !== null))
      throw new ImportRefused([{ row: 0, message: `You may not change any ${model.spec.label}.` }])
    const updates = records.filter(record => record.id !== null)
    if (errors.length === 0) await change(context, model, updates, mayChange, errors)
    const changed = new Set(context.entries.flatMap(entry => (entry.model === model ? [entry.id] : [])))
    const ids = await create(
      context,
      model,
      records.filter(record => record.id === null),
      errors,
    )
    if (errors.length) throw new ImportRefused(errors.sort((a, b) => a.row - b.row))
    await model.spec.file?.after?.(
      batchOf(context, model, []),
      records.map(record => ({
        id: record.id ?? ids.get(record)!.id,
        found: record.id ? record.found : ids.get(record)!.found,
      })),
    )
    const result = await resultOf(context, model, records, ids, changed, dryRun)
    if (dryRun) throw new Undo(result)
    return result
  })
}

function recordsOf(model: Model, contents: Contents, keys: ReadonlyMap<string, FileKey>): FileRecord[] {
  const refuse = (message: string, row = 0) => new ImportRefused([{ row, message }])
  if (contents.kind === 'documents')
    return contents.documents.map((document, at) => ({
      ...blankRecord(at + 1, idOf(document['id'], at + 1)),
      cells: cellsOf(document, keys),
      item: {
        ...(idOf(document['id'], at + 1) === null && switchesOff(model, new Set(Object.keys(document)))),
        ...partsOfDocument(model, document),
      },
    }))
  const headers = readHeaders(keys, contents.headers)
  if (typeof headers === 'string') throw refuse(headers)
  if (contents.records.length === 0) throw refuse('There are no records below the headers.')
  const given = new Set(headers.map(({ key }) => key.name))
  const off = switchesOff(model, given)
  const idAt = headers.findIndex(({ key }) => key.name === 'id')
  const records = contents.records.map((cells, at) => ({
    ...withoutId(blankRecord(at + 1, idAt < 0 ? null : idOf(cells[idAt], at + 1)), off),
    cells: new Map(
      headers.map(({ key, by }, i): [string, Cell] => [key.name, { key, value: cells[i], ...(by && { by }) }]),
    ),
  }))
  if (records.some(record => record.id === null)) {
    const { instead = {} } = model.spec.file ?? {}
    const missing = requiredColumns(model).find(name => !given.has(name) && !given.has(instead[name] ?? ''))
    if (missing) throw refuse(`Required column header "${missing}" not found.`)
  }
  return records
}

/** Columns without which no row can be made; those that a column of files stands for are not asked for. */
export function requiredColumns(model: Model): string[] {
  const stood = new Set(Object.values(model.spec.file?.columns ?? {}).map(column => column.sets))
  return Object.entries(model.fields).flatMap(([name, field]) =>
    !isAnyRef(field) &&
    requiredOf(field) &&
    !field.options.hidden &&
    field.options.file !== false &&
    !field.options.file?.author &&
    !stood.has(name)
      ? [name]
      : [],
  )
}

/** Switches that a record says nothing of: as on a form, what is not ticked is off. */
const switchesOff = (model: Model, given: ReadonlySet<string>): Record<string, false> =>
  Object.fromEntries(
    Object.entries<Field>(model.fields).flatMap(([name, { type, options }]) =>
      type === 'boolean' && !given.has(name) && !options.readonly && !options.hidden && !(options.file || {}).defaults
        ? [[name, false]]
        : [],
    ),
  )

const withoutId = (record: FileRecord, off: Readonly<Record<string, false>>): FileRecord =>
  record.id === null ? { ...record, item: { ...off } } : record

const blankRecord = (row: number, id: number | null): FileRecord => ({
  row,
  id,
  cells: new Map(),
  at: '',
  item: {},
  found: {},
  faults: new Map(),
  waits: new Set(),
})

const cellsOf = (document: Readonly<Record<string, unknown>>, keys: ReadonlyMap<string, FileKey>): Map<string, Cell> =>
  new Map(
    Object.entries(document).flatMap(([name, value]): [string, Cell][] => {
      const key = keys.get(name)
      return key && value !== undefined ? [[name, { key, value: value instanceof Date ? isoOf(value) : value }]] : []
    }),
  )

const isoOf = (date: Date) => date.toISOString().replace(/T00:00:00\.000Z$/, '')

/** The lists of parts in a document, kept beside the item until the row they belong to is there. */
const partsOfDocument = (model: Model, document: Readonly<Record<string, unknown>>): Record<string, any> => {
  const lists = Object.keys(model.spec.file?.parts ?? {}).filter(name => name in document)
  return lists.length ? { [parts]: Object.fromEntries(lists.map(name => [name, document[name]])) } : {}
}

const parts = Symbol('parts') as unknown as string

function idOf(value: unknown, row: number): number | null {
  if (value === undefined || value === null || value === '') return null
  if (/^\d{1,15}$/.test(String(value))) return Number(value)
  throw new ImportRefused([{ row, field: 'id', message: `Object with ID ${String(value)} does not exist` }])
}

function refuseRepeated(records: readonly FileRecord[], errors: ImportFault[]): void {
  const seen = new Set<number>()
  for (const { id, row } of records) {
    if (id === null) continue
    if (seen.has(id)) errors.push({ row, field: 'id', message: `Object with ID ${id} is named more than once.` })
    seen.add(id)
  }
}

async function change(
  context: WriteContext,
  model: Model,
  records: readonly FileRecord[],
  mayChange: Condition | null,
  errors: ImportFault[],
): Promise<void> {
  if (records.length === 0) return
  await fillItems(context, model, records)
  const patches = records.map(record => ({ id: record.id!, item: record.item }))
  const rows = new Map(records.map(record => [record.id, record]))
  const done = await collecting(
    model,
    errors,
    records,
    refusal => rows.get(refusal.id ?? null),
    () => changeFrom(context, model, patches, 'change', mayChange!),
  )
  if (done)
    await createParts(
      context,
      model,
      records,
      patches.map(patch => patch.id),
      errors,
    )
}

interface Made {
  readonly id: number
  readonly found: Readonly<Record<string, any>>
}

/** Create rows, those first that others of the file name; ids by record. */
async function create(
  context: WriteContext,
  model: Model,
  records: readonly FileRecord[],
  errors: ImportFault[],
): Promise<Map<FileRecord, Made>> {
  const made = new Map<FileRecord, Made>()
  let left = records
  while (left.length) {
    const named = new Map<string, Map<string, FileRecord>>()
    const firstOf = (by: string) => {
      let texts = named.get(by)
      if (!texts) {
        texts = new Map()
        for (const record of left) {
          const text = String(record.cells.get(by)?.value ?? '')
          if (text && !texts.has(text)) texts.set(text, record)
        }
        named.set(by, texts)
      }
      return texts
    }
    const wave = left.map(record => ({ ...record, item: { ...record.item }, found: {}, waits: new Set<string>() }))
    await fillItems(context, model, wave, (record, by, text) => {
      const other = firstOf(by).get(text)
      return other !== undefined && other.row < record.row
    })
    const ready = wave.filter(record => record.waits.size === 0)
    const ids = await collecting(
      model,
      errors,
      ready,
      refusal => ready[refusal.index ?? -1],
      () =>
        createFrom(
          context,
          model,
          ready.map(record => record.item),
        ),
    )
    // Who waits for a record that was refused has nothing more to say.
    if (!ids) return made
    const byRow = new Map(left.map(record => [record.row, record]))
    for (const [at, record] of ready.entries()) made.set(byRow.get(record.row)!, { id: ids[at]!, found: record.found })
    await createParts(context, model, ready, ids, errors)
    if (errors.length) return made
    left = left.filter(record => !made.has(record))
  }
  return made
}

/** Create the parts that documents list below their rows, kind by kind. */
async function createParts(
  outer: WriteContext,
  model: Model,
  records: readonly FileRecord[],
  ids: readonly number[],
  errors: ImportFault[],
): Promise<void> {
  for (const [list, name] of Object.entries(model.spec.file?.parts ?? {})) {
    const part = outer.registry.model(name)
    // What no one can be permitted to add goes with what it belongs to.
    const context = part.spec.internal ? { ...outer, permissions: unlimited } : outer
    const owner = Object.keys(part.fields).find(key => {
      const field = part.fields[key]!
      return field.type === 'ref' && 'to' in field && field.to === model.name && key === ownerName(model, part)
    })
    const keys = fileKeys(context.registry, part, [])
    const owners = owner ? await rowsById(context.tx, model, ids) : new Map<number, any>()
    const all: FileRecord[] = []
    for (const [at, record] of records.entries()) {
      const given: unknown = record.item[parts]?.[list]
      if (given === undefined) continue
      if (!Array.isArray(given)) {
        errors.push({ row: record.row, field: list, message: 'Must be a list.' })
        continue
      }
      for (const [n, document] of given.entries()) {
        if (typeof document !== 'object' || document === null || Array.isArray(document)) {
          errors.push({ row: record.row, field: `${list}[${n + 1}]`, message: 'Must be a dictionary.' })
          continue
        }
        all.push({
          ...blankRecord(record.row, null),
          at: `${list}[${n + 1}].`,
          cells: cellsOf(document, keys),
          ...(owner && {
            owner: { field: owner, id: ids[at]!, row: owners.get(ids[at]!) },
            item: { [owner]: ids[at]! },
          }),
        })
      }
    }
    let left: readonly FileRecord[] = all
    while (left.length) {
      const names = new Map<string, number>()
      for (const [at, record] of left.entries()) {
        const key = `${record.owner?.id} ${String(record.cells.get('name')?.value)}`
        if (!names.has(key)) names.set(key, at)
      }
      const place = new Map(left.map((record, at) => [record.cells, at]))
      const wave = left.map(record => ({ ...record, item: { ...record.item }, found: {}, waits: new Set<string>() }))
      await fillItems(context, part, wave, (record, _by, text) => {
        const other = names.get(`${record.owner?.id} ${text}`)
        return other !== undefined && other < place.get(record.cells)!
      })
      const ready = wave.filter(record => record.waits.size === 0)
      const done = await collecting(
        part,
        errors,
        ready,
        refusal => ready[refusal.index ?? -1],
        () =>
          createFrom(
            context,
            part,
            ready.map(record => record.item),
          ),
      )
      if (!done) break
      const gone = new Set(ready.map(record => record.cells))
      left = left.filter(record => !gone.has(record.cells))
    }
  }
}

const unlimited: Permissions = { constrain: () => everything, granted: () => everything }

/** The reference of a part to what it is a part of: `device_type` of a template. */
const ownerName = (model: Model, part: Model): string | undefined =>
  Object.keys(part.fields).find(key => key.replaceAll('_', '') === shortName(model) && part.fields[key]!.type === 'ref')

/** Run a step and note what is wrong; null if anything is. */
async function collecting<T>(
  { spec }: Model,
  errors: ImportFault[],
  records: readonly FileRecord[],
  recordOf: (refusal: Refusal) => FileRecord | undefined,
  work: () => Promise<T>,
): Promise<T | null> {
  const before = errors.length
  for (const record of records)
    for (const [field, message] of record.faults) errors.push({ row: record.row, field: record.at + field, message })
  let done: T | null = null
  try {
    done = await work()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    for (const refusal of error.refusals) {
      const record = recordOf(refusal)
      for (const fault of faultsOf(refusal)) {
        if (record && fault.field && record.faults.has(fault.field.replace(/\..*$/, ''))) continue
        const name = spec.file?.told?.[fault.field ?? ''] ?? fault.field
        const field = name === undefined ? {} : { field: (record?.at ?? '') + name }
        errors.push({ row: record?.row ?? 0, ...field, message: fault.message })
      }
    }
  }
  return errors.length === before ? done : null
}

function faultsOf(refusal: Refusal): { field?: string; message: string }[] {
  if (refusal.detail) return [{ message: refusal.detail }]
  const flat = (field: string | undefined, value: unknown): { field?: string; message: string }[] => {
    if (Array.isArray(value)) return value.flatMap(one => flat(field, one))
    if (typeof value === 'object' && value !== null)
      return Object.entries(value).flatMap(([key, one]) => flat(field === undefined ? key : `${field}.${key}`, one))
    return [field === undefined ? { message: String(value) } : { field, message: String(value) }]
  }
  return Object.entries(refusal.faults).flatMap(([key, value]) => flat(key === '__all__' ? undefined : key, value))
}

async function resultOf(
  context: WriteContext,
  model: Model,
  records: readonly FileRecord[],
  ids: ReadonlyMap<FileRecord, Made>,
  changed: ReadonlySet<number>,
  dryRun: boolean,
): Promise<ImportResult> {
  const rows = await rowsById(
    context.tx,
    model,
    records.map(record => record.id ?? ids.get(record)!.id),
  )
  const displays = await displaysOf(context, model, [...rows.values()])
  const logged = context.entries.some(entry => entry.model === model) || changed.size > 0
  const changes = new Map(
    context.entries.flatMap(({ model: of, id, before, after }) =>
      of === model && before && after ? [[id, differences(before, after)] as const] : [],
    ),
  )
  const objects = records.map((record): Imported => {
    const id = record.id ?? ids.get(record)!.id
    const action = record.id === null ? 'created' : !logged || changed.has(id) ? 'updated' : 'unchanged'
    const fields = record.id === null ? [] : (changes.get(id) ?? [])
    // A row that is undone has no number that anyone could use.
    return {
      ...(!(dryRun && record.id === null) && { id }),
      display: displays.get(id) ?? '',
      action,
      ...(fields.length && { fields }),
    }
  })
  const count = (action: Imported['action']) => objects.filter(one => one.action === action).length
  return { created: count('created'), updated: count('updated'), unchanged: count('unchanged'), objects }
}

/** The keys under which two snapshots of a row differ. */
const differences = (before: Readonly<Record<string, unknown>>, after: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(after).filter(key => key !== 'last_updated' && JSON.stringify(before[key]) !== JSON.stringify(after[key]))
