import { stringify } from 'csv-stringify/sync'
import { stringify as yamlOf } from 'yaml'
import { customFieldsOf } from '../customfield/index.ts'
import type { Shape } from '../field/index.ts'
import { isRef, isRefs, type Model } from '../model/index.ts'
import { pageStatement, type Condition } from '../query/index.ts'
import { planOf } from '../represent/index.ts'
import { represent, type Call } from '../rest/context.ts'
import type { Order } from '../model/index.ts'
import { accessorOf } from '../csv/index.ts'
import { shapeOfColumns, textOf, textWithin, valueAt, type Column } from './columns.ts'

/** Rows read at once: enough to be quick, few enough to hold. */
const pageSize = 500

/** Representations of all rows that a condition finds, page by page in the order given. */
async function* pagesOf(
  call: Call,
  model: Model,
  where: Condition,
  order: readonly Order[],
  shape: Shape,
): AsyncGenerator<{ ids: number[]; rows: Record<string, unknown>[] }> {
  const { db, registry } = call
  const plan = planOf(registry, model, shape, false)
  // The ids are settled first: what is written meanwhile neither repeats rows nor hides them.
  const found = await db.rows<{ id: number }>(
    pageStatement(registry, { model: model.name, where, order, page: { limit: null, offset: 0 } }, ['id']),
  )
  for (let at = 0; at < found.length; at += pageSize) {
    const ids = found.slice(at, at + pageSize).map(row => row.id)
    const read = await db.rows<{ id: number }>(
      pageStatement(
        registry,
        {
          model: model.name,
          where: { path: 'id', lookup: 'in', value: ids },
          order: [],
          page: { limit: null, offset: 0 },
        },
        plan.columns,
      ),
    )
    const byId = new Map(read.map(row => [row.id, row]))
    const rows = ids.flatMap(id => byId.get(id) ?? [])
    const texts = await represent(call, plan, rows)
    yield { ids: rows.map(row => row.id), rows: texts.map(text => JSON.parse(text) as Record<string, unknown>) }
  }
}

/** All rows as CSV, the headings first. */
export async function* csvOf(
  call: Call,
  model: Model,
  where: Condition,
  order: readonly Order[],
  columns: readonly Column[],
  delimiter = ',',
): AsyncGenerator<string> {
  const options = { delimiter, record_delimiter: 'windows' as const }
  yield stringify([columns.map(column => column.heading)], options)
  const paths = columns.map(column => column.path)
  const shape: Shape = ['id', ...shapeOfColumns(call.registry, model, paths)]
  const { derived = {} } = model.spec
  const mixed = new Set(paths.filter(path => derived[path]?.to === 'any' && derived[path].many))
  const figures = Object.entries(model.spec.file?.table?.figures ?? {}).filter(([path]) => paths.includes(path))
  for await (const { ids, rows } of pagesOf(call, model, where, order, shape)) {
    const worked = new Map<string, ReadonlyMap<number, string>>()
    for (const [path, figure] of figures) worked.set(path, await figure(call.db, ids))
    const cell = (row: Record<string, unknown>, at: number, path: string) =>
      worked.has(path)
        ? (worked.get(path)!.get(ids[at]!) ?? '')
        : (mixed.has(path) ? textWithin : textOf)(valueAt(row, path))
    yield stringify(
      rows.map((row, at) => paths.map(path => cell(row, at, path))),
      options,
    )
  }
}

/** All rows as YAML documents that can be imported again, with their parts. */
export async function* yamlOfRows(
  call: Call,
  model: Model,
  where: Condition,
  order: readonly Order[],
): AsyncGenerator<string> {
  const keys = model.spec.file?.document ?? (await plainKeys(call, model))
  let first = true
  for await (const { ids, rows } of pagesOf(call, model, where, order, documentShape(call, model, keys))) {
    const parts = await partsOf(call, model, ids)
    for (const [at, row] of rows.entries()) {
      const document = { ...documentOf(call, model, keys, row), ...parts.get(ids[at]!) }
      const text = yamlOf(document, { lineWidth: 0, singleQuote: true, indentSeq: false, version: '1.1' })
      yield first ? text : `---\n${text}`
      first = false
    }
  }
}

/** What a document of any model holds: all that may be sent. */
async function plainKeys({ db }: Call, model: Model): Promise<string[]> {
  const custom = ((await customFieldsOf(db)).get(model.name) ?? []).map(field => `cf_${field.name}`)
  const own = Object.entries(model.fields).flatMap(([name, { type, options }]) =>
    options.readonly || options.hidden || options.file === false || type === 'anyRef' || name === 'custom_fields'
      ? []
      : [name],
  )
  return ['id', ...own, ...custom]
}

function documentShape({ registry }: Call, model: Model, keys: readonly string[]): Shape {
  const custom = keys.some(key => key.startsWith('cf_')) ? ['custom_fields'] : []
  const fields = keys.flatMap((key): Shape => {
    const field = model.fields[key]
    if (field && (isRef(field) || isRefs(field)))
      return [{ [key]: [field.type === 'tags' ? 'slug' : accessorOf(registry.model(field.to))] }]
    return key in model.fields || key === 'id' ? [key] : []
  })
  return ['id', ...fields, ...custom]
}

function documentOf(call: Call, model: Model, keys: readonly string[], row: Record<string, unknown>): object {
  const named = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(named)
    return 'value' in value && 'label' in value ? value.value : (Object.values(value)[0] ?? null)
  }
  return Object.fromEntries(
    keys.map(key => {
      if (key.startsWith('cf_')) return [key, named(valueAt(row, `custom_fields.${key.slice(3)}`))]
      const type = model.fields[key]?.type
      return [key, type === 'json' ? (row[key] ?? null) : named(row[key] ?? null)]
    }),
  )
}

/** The parts of rows, kind by kind, as they stand in documents. */
async function partsOf(
  call: Call,
  model: Model,
  ids: readonly number[],
): Promise<Map<number, Record<string, object[]>>> {
  const all = new Map<number, Record<string, object[]>>()
  for (const [list, name] of Object.entries(model.spec.file?.parts ?? {})) {
    const part = call.registry.model(name)
    const owner = Object.keys(part.fields).find(key => {
      const field = part.fields[key]!
      return isRef(field) && field.to === model.name
    })
    const keys = part.spec.file?.document
    const allowed = part.spec.internal ? { and: [] } : call.permissions.constrain('view', part)
    if (!owner || !keys || !allowed) continue
    const where: Condition = { and: [{ path: `${owner}.id`, lookup: 'in', value: [...ids] }, allowed] }
    const shape: Shape = [{ [owner]: ['id'] }, ...documentShape(call, part, keys)]
    for await (const { rows } of pagesOf(call, part, where, part.spec.order.length ? part.spec.order : ['id'], shape))
      for (const row of rows) {
        const id = valueAt(row, `${owner}.id`) as number
        const lists = all.get(id) ?? {}
        all.set(id, lists)
        ;(lists[list] ??= []).push(documentOf(call, part, keys, row))
      }
  }
  return all
}
