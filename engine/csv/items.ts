import type { Field } from '../field/index.ts'
import { columnOf, isRef, targetsOf, isAnyRef, type Model, type Registry } from '../model/index.ts'
import type { WriteContext } from '../write/index.ts'
import { sql } from 'kysely'
import { accessorIn, type FileKey } from './columns.ts'
import { findRows, type Wanted } from './find.ts'
import { absent, customValueOfText, emptyOf, Misread, partsOf, valueOfText } from './values.ts'

/** One cell of a table, or one value of a document. */
export interface Cell {
  readonly key: FileKey
  readonly value: unknown
  readonly by?: string
}

/** One row to be, on its way from the file to the write path. */
export interface FileRecord {
  /** Its number in the file, from 1. */
  readonly row: number
  readonly id: number | null
  readonly cells: ReadonlyMap<string, Cell>
  /** Where in the record it stands, if it is a part of another: `interfaces[2].`. */
  readonly at: string
  /** What it is a part of: columns of rows it names are looked for within. */
  readonly owner?: { readonly field: string; readonly id: number; readonly row: Readonly<Record<string, any>> }
  readonly item: Record<string, any>
  /** Ids of the rows that its cells name. */
  readonly found: Record<string, any>
  readonly faults: Map<string, string>
  /** Cells that name a row which an earlier record of the same file makes. */
  readonly waits: Set<string>
}

/** Turn the cells of records into items as a client of the API would send them. */
export async function fillItems(
  context: WriteContext,
  model: Model,
  records: readonly FileRecord[],
  early: (record: FileRecord, by: string, text: string) => boolean = () => false,
): Promise<void> {
  for (const record of records) for (const cell of record.cells.values()) readPlain(context.registry, record, cell)
  const done = new Set<string>()
  const names = new Set(records.flatMap(record => [...record.cells.keys()]))
  const keys = new Map(records.flatMap(record => [...record.cells].map(([name, { key }]) => [name, key] as const)))
  const visit = async (name: string, path: readonly string[]): Promise<void> => {
    const key = keys.get(name)
    if (!key || done.has(name) || path.includes(name)) return
    for (const other of leadsOf(key, model, names)) await visit(other, [...path, name])
    done.add(name)
    await find(context, model, records, key, early)
  }
  for (const name of names) await visit(name, [])
  for (const record of records) {
    settle(record)
    model.spec.file?.item?.(record.item, record.found, (field, fault) => record.faults.set(field, fault))
  }
}

/** The columns that must be known before this one: those that tell among which rows it is found. */
function leadsOf(key: FileKey, model: Model, names: ReadonlySet<string>): string[] {
  const { to, column } = key
  const shared = to ? sharedRefs(model, to).filter(name => names.has(name)) : []
  const told = typeof column?.to === 'object' ? Object.keys(column.to) : []
  const { common, among } = key.field?.options.file || {}
  return [
    ...(among ? settersOf(model, among.of) : []),
    ...Object.keys(key.within),
    ...(common && names.has(common) ? [common] : []),
    ...shared,
    ...told,
    ...(column?.typed ? [column.typed] : []),
  ]
}

/** The columns that stand for a reference to any of several models. */
const settersOf = (model: Model, reference: string): string[] =>
  Object.entries(model.spec.file?.columns ?? {}).flatMap(([name, column]) => (column.sets === reference ? [name] : []))

/** References that both models have and a row of the other cannot be without: they lead to the same row. */
const sharedRefs = (model: Model, to: Model): string[] =>
  Object.entries<Field>(to.fields).flatMap(([name, field]) => {
    const own = model.fields[name]
    return isRef(field) && !field.options.nullable && own && isRef(own) && own.to === field.to ? [name] : []
  })

function readPlain(registry: Registry, record: FileRecord, { key, value }: Cell): void {
  const { field, name, custom, half } = key
  if (key.to || key.column) return
  try {
    if (custom) {
      const given = typeof value === 'string' ? customValueOfText(custom, value) : value
      record.item['custom_fields'] = { ...record.item['custom_fields'], [custom.name]: given }
      return
    }
    if (!field) return
    if (half) {
      if (value !== '' && value !== null) record.item[name] = value
      else if (field.options.nullable) record.item[name] = null
      if (half === 'type' && typeof value === 'string' && value !== '' && isAnyRef(field))
        if (!targetsOf(registry, field).includes(value.toLowerCase())) throw new Misread('Invalid object type')
      return
    }
    const given =
      value === '' || (value === null && !field.options.nullable)
        ? emptyOf(field, record.id === null)
        : typeof value === 'string'
          ? valueOfText(field, value)
          : value
    if (given !== absent) record.item[name] = given
  } catch (error) {
    if (!(error instanceof Misread)) throw error
    record.faults.set(name, error.message)
  }
}

/** Find the rows that one column names, for all records at once. */
async function find(
  context: WriteContext,
  model: Model,
  records: readonly FileRecord[],
  key: FileKey,
  early: (record: FileRecord, by: string, text: string) => boolean,
): Promise<void> {
  if (!key.to && !key.column) return
  if (!key.to && !key.column?.to && !key.column?.typed) {
    for (const record of records)
      if (record.cells.has(key.name)) record.found[key.name] = record.cells.get(key.name)!.value
    return
  }
  const covered = await coveredBy(context, records, key)
  const among = await amongOf(context, model, records, key)
  const wanted: Wanted[] = []
  for (const record of records) {
    const cell = record.cells.get(key.name)
    if (!cell) continue
    const refuse = (fault: string) => void (record.faults.has(key.name) || record.faults.set(key.name, fault))
    const { value } = cell
    if (value === '' || value === null || (Array.isArray(value) && value.length === 0)) {
      record.found[key.name] = key.many ? [] : null
      continue
    }
    const to = targetOf(context.registry, record, key)
    if (!to) {
      refuse('It is not clear what this names.')
      continue
    }
    const texts = key.many ? (Array.isArray(value) ? value : partsOf(String(value))) : [value]
    const ids: (number | null)[] = texts.map(() => null)
    record.found[key.name] = key.many ? ids : null
    for (const [at, one] of texts.entries()) {
      const [by, text] = nameOf(key, to, cell.by, one)
      if (text === null || (by !== 'id' && !to.fields[by]?.column)) {
        refuse(
          text === null ? `Object not found: ${JSON.stringify(one)}` : `"${by}" is an invalid accessor field name.`,
        )
        continue
      }
      wanted.push({
        to,
        by,
        text,
        all: key.many,
        open: record.owner !== undefined || Boolean(to.spec.file?.open),
        ...withinOf(model, to, key, record, at, covered),
        ...(among.has(record) && { among: among.get(record)! }),
        take: (id, fault) => {
          if (id !== null) {
            // What the first of several takes is where lists beside this one have theirs.
            if (key.many && ids[at] === null) ids[at] = id
            else if (key.many) ids.push(id)
            else record.found[key.name] = id
          } else if (to === model && early(record, by, text)) record.waits.add(key.name)
          else refuse(fault!)
        },
      })
    }
  }
  await findRows(context.tx, context.registry, context.permissions, wanted)
}

/** By which field a value names a row, and the text it has there; documents may say `{ slug: 'x' }`. */
function nameOf(key: FileKey, to: Model, given: string | undefined, value: unknown): [by: string, text: string | null] {
  const by = given ?? accessorIn(key, to)
  if (typeof value === 'string' || typeof value === 'number') return [by, String(value).trim()]
  const [entry, ...rest] = typeof value === 'object' && value !== null ? Object.entries(value) : []
  return entry && rest.length === 0 ? [entry[0], String(entry[1])] : [by, null]
}

function targetOf(registry: Registry, record: FileRecord, { to, column }: FileKey): Model | undefined {
  if (to) return to
  if (column?.typed) {
    const told = record.item[column.typed] ?? record.cells.get(column.typed)?.value
    const name = column.types ? column.types[String(told)] : told
    return typeof name === 'string' ? registry.models.get(name.toLowerCase()) : undefined
  }
  for (const [other, name] of Object.entries(column?.to ?? {}))
    if (record.found[other] !== null && record.found[other] !== undefined) return registry.model(name)
  return undefined
}

/** Columns of the other row, and what they must be for it to be meant. */
function withinOf(
  model: Model,
  to: Model,
  key: FileKey,
  record: FileRecord,
  at: number,
  covered: ReadonlyMap<string, readonly number[]>,
): Pick<Wanted, 'within' | 'also' | 'strict'> {
  const within: Record<string, number> = {}
  const also: Record<string, readonly (number | null)[]> = {}
  let strict = false
  const add = (name: string, ids: unknown) => {
    const id: unknown = Array.isArray(ids) ? ids[ids.length === 1 ? 0 : at] : ids
    const field = to.fields[name]
    if (!field || typeof id !== 'number') return false
    within[columnOf(name, field)] = id
    return true
  }
  for (const name of sharedRefs(model, to)) add(name, record.found[name])
  for (const [other, name] of Object.entries(key.within)) {
    if (!add(name, record.found[other])) continue
    strict = true
    const column = columnOf(name, to.fields[name]!)
    also[column] = covered.get(`${other} ${within[column]}`) ?? []
  }
  if (record.owner && add(record.owner.field, record.owner.id)) strict = true
  const { common } = key.field?.options.file || {}
  if (common) {
    const column = columnOf(common, to.fields[common]!)
    if (add(common, record.owner ? record.owner.row[column] : record.found[common])) {
      also[column] = [null]
      strict = true
    }
  }
  return { within, also, strict }
}

/** For the columns that tell where a row is found: what those rows cover besides their own parts. */
async function coveredBy(
  { tx }: WriteContext,
  records: readonly FileRecord[],
  key: FileKey,
): Promise<Map<string, readonly number[]>> {
  const covered = new Map<string, readonly number[]>()
  for (const other of Object.keys(key.within)) {
    const load = records.find(record => record.cells.has(other))?.cells.get(other)?.key.to?.spec.file?.covers
    const ids = load ? records.flatMap(record => record.found[other] ?? []).filter(id => typeof id === 'number') : []
    if (!load || ids.length === 0) continue
    const rows = await tx.rows<{ id: number; value: number[] }>(sql`${load(sql`${[...new Set(ids)]}::bigint[]`)}`)
    for (const { id, value } of rows) covered.set(`${other} ${id}`, value)
  }
  return covered
}

/** For a column that names what is another's: the rows that each record may mean. */
async function amongOf(
  { tx }: WriteContext,
  model: Model,
  records: readonly FileRecord[],
  key: FileKey,
): Promise<Map<FileRecord, ReadonlySet<number>>> {
  const allowed = new Map<FileRecord, ReadonlySet<number>>()
  const { among } = key.field?.options.file || {}
  if (!among) return allowed
  const [typeColumn, idColumn] = [`${among.of}_type`, `${among.of}_id`]
  const ids = records.flatMap(record => record.id ?? [])
  const stored = new Map(
    ids.length
      ? (
          await tx.rows<Record<string, any>>(
            sql`select id, ${sql.ref(typeColumn)}, ${sql.ref(idColumn)} from ${sql.table(model.table)} where id = any(${ids}::bigint[])`,
          )
        ).map(row => [row['id'] as number, row])
      : [],
  )
  const owners = records.flatMap(record => {
    const row = stored.get(record.id ?? 0)
    const named = settersOf(model, among.of)
      .map(name => record.found[name])
      .find(id => typeof id === 'number')
    const type = record.item[typeColumn] ?? row?.[typeColumn]
    const id = named ?? record.item[idColumn] ?? row?.[idColumn]
    return type && /^\d+$/.test(String(id)) ? [{ record, type: String(type).toLowerCase(), id: Number(id) }] : []
  })
  for (const [type, of] of Map.groupBy(owners, owner => owner.type)) {
    const found = await tx.rows<{ id: number; value: number[] }>(
      sql`${among.load(type, sql`${of.map(({ id }) => id)}::bigint[]`)}`,
    )
    const held = new Map(found.map(({ id, value }) => [id, value]))
    for (const { record, id } of of) allowed.set(record, new Set(held.get(id)))
  }
  return allowed
}

/** Put the ids that were found where a client of the API would send them. */
function settle(record: FileRecord): void {
  for (const [name, { key }] of record.cells) {
    if ((!key.to && !key.column) || record.faults.has(name)) continue
    const id = record.found[name]
    if (key.custom) record.item['custom_fields'] = { ...record.item['custom_fields'], [key.custom.name]: id }
    else if (key.column?.sets && id !== null && id !== undefined) {
      record.item[`${key.column.sets}_id`] = id
      const { to, types, typed } = key.column
      const type = types ? types[record.item[typed!]] : typeof to === 'object' ? typeOf(record, to) : to
      if (type) record.item[`${key.column.sets}_type`] = type
    } else if (key.field) {
      if (id === null && !key.field.options.nullable) {
        if (record.id !== null) record.faults.set(name, 'This field is required.')
      } else if (!key.many || id.length || record.id !== null) record.item[name] = id
    }
  }
}

const typeOf = (record: FileRecord, to: Readonly<Record<string, string>>): string | undefined =>
  Object.entries(to).find(([other]) => typeof record.found[other] === 'number')?.[1]
