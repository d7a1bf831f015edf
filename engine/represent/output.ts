import { sql, type RawBuilder } from 'kysely'
import type { AnyRef, Field, Shape } from '../field/index.ts'
import {
  columnOf,
  isAnyRef,
  isRef,
  isRefs,
  linkOf,
  pathOf,
  uiPathOf,
  type Derived,
  type Load,
  type Model,
  type Registry,
} from '../model/index.ts'
import { countLoad } from '../query/count.ts'
import type { Reader } from './reader.ts'

/** One key of a representation: what it needs, and how it is written. */
export interface Output {
  readonly key: string
  /** Columns of the row that it reads. */
  readonly columns: readonly string[]
  /** Further reads by the row's id: `id` and `value`. */
  readonly loads?: readonly { readonly name: string; readonly load: Load; readonly when?: (row: any) => boolean }[]
  /** Rows of other models it shows, once its reads are in. */
  readonly refs?: (row: any, reader: Reader) => readonly Wanted[]
  /** The JSON text of its value. */
  readonly write: (row: any, reader: Reader) => string
}

/** A row of another model, and how it is to be shown; without a shape only its display text is wanted. */
export interface Wanted {
  readonly model: Model
  readonly id: number
  readonly shape: Shape | null
}

/** How a model is shown: its outputs, and what they need of the row. */
export interface Plan {
  readonly model: Model
  readonly columns: readonly string[]
  readonly outputs: readonly Output[]
  readonly display: boolean
}

/** Every key of the full representation of a model, in its order. */
export function keysOf(model: Model): string[] {
  const { fields, spec } = model
  if (spec.keys) return ['id', 'url', ...(spec.page === false ? [] : ['display_url']), 'display', ...spec.keys]
  const own = Object.entries<Field>(fields).flatMap(([name, field]) => {
    if (field.options.hidden || field.options.writeOnly) return []
    return isAnyRef(field) ? [`${name}_type`, `${name}_id`, anyKey(name, field)] : [name]
  })
  return [
    ...new Set([
      'id',
      'url',
      ...(spec.page === false ? [] : ['display_url']),
      'display',
      ...own,
      ...Object.keys(spec.derived ?? {}),
      ...Object.keys(spec.counts ?? {}),
      ...(spec.tree === true ? ['_depth'] : []),
    ]),
  ]
}

/** The key under which the row itself is shown that `<name>_type` and `<name>_id` point to. */
export const anyKey = (name: string, field: AnyRef) => field.options.key ?? name

const plans = { nested: new WeakMap<Shape, Map<Model, Plan>>(), own: new WeakMap<Shape, Map<Model, Plan>>() }

/** How a model is shown with the keys given; `nested` leaves out counts, as inside another object. */
export function planOf(registry: Registry, model: Model, shape: Shape, nested: boolean): Plan {
  const kept = plans[nested ? 'nested' : 'own']
  const cache = kept.get(shape) ?? new Map<Model, Plan>()
  kept.set(shape, cache)
  const known = cache.get(model)
  if (known) return known
  const outputs = shape.flatMap(part => {
    const entries = typeof part === 'string' ? [[part, undefined] as const] : Object.entries(part)
    return entries.flatMap(([key, inner]) => {
      if (typeof inner !== 'string') return outputOf(registry, model, key, inner, nested) ?? []
      const whole = outputOf(registry, model, key, undefined, nested)
      return whole ? partOf(whole, inner) : []
    })
  })
  const display = shape.includes('display')
  const columns = new Set([
    'id',
    ...outputs.flatMap(output => output.columns),
    ...(display ? displayColumns(model) : []),
  ])
  const plan: Plan = { model, outputs, columns: [...columns], display }
  cache.set(model, plan)
  return plan
}

/** A key that shows one property of its value instead of the value. */
const partOf = (whole: Output, name: string): Output => ({
  ...whole,
  write: (row, reader) => JSON.stringify(JSON.parse(whole.write(row, reader))?.[name] ?? null),
})

/** The columns that a model's display text reads. */
export const displayColumns = (model: Model): string[] =>
  model.spec.display.from
    .map(name => {
      const field = model.fields[name]
      return field ? columnOf(name, field) : name
    })
    .concat(
      model.spec.display.from.flatMap(name =>
        model.fields[name] && isAnyRef(model.fields[name]!) ? [`${name}_type`] : [],
      ),
    )

const briefShapes = new WeakMap<Model, Shape>()

/** The shape in which a model's rows are nested in others. */
export function briefShape(model: Model): Shape {
  const { brief = [], briefAlone } = model.spec
  const shape = briefShapes.get(model) ?? [...(briefAlone ? ['url'] : ['id', 'url', 'display']), ...brief]
  briefShapes.set(model, shape)
  return shape
}

function outputOf(
  registry: Registry,
  model: Model,
  key: string,
  inner: Shape | undefined,
  nested: boolean,
): Output | undefined {
  const { fields, spec } = model
  const refOutput = (column: string, to: Model, shape: Shape): Output => ({
    key,
    columns: [column],
    refs: row => (row[column] === null ? [] : [{ model: to, id: row[column], shape }]),
    write: (row, reader) => (row[column] === null ? 'null' : reader.text(to, row[column], shape)),
  })
  switch (key) {
    case 'id':
      return { key, columns: ['id'], write: row => String(row.id) }
    case 'url': {
      const path = `/api/${model.app}/${pathOf(model)}/`
      return { key, columns: ['id'], write: (row, reader) => `"${reader.origin}${path}${row.id}/"` }
    }
    case 'display_url': {
      const path = `/${model.app}/${uiPathOf(model)}/`
      return { key, columns: ['id'], write: (row, reader) => `"${reader.origin}${path}${row.id}/"` }
    }
    case 'display':
      return displayOutput(registry, model)
  }
  const derived = spec.derived?.[key]
  if (derived?.unserved) return undefined
  if (derived) return derivedOutput(registry, model, key, derived, inner)
  const count = spec.counts?.[key]
  if (count) {
    const below = typeof count === 'object' && count.below
    if (nested) return below ? { key, columns: [], write: () => '0' } : undefined
    const name = `count ${key}`
    return {
      key,
      columns: ['id'],
      loads: [{ name, load: ids => countLoad(registry, model, count, ids) }],
      write: (row, reader) => String(reader.loaded(model, name, row.id) ?? 0),
    }
  }
  if (key === '_depth' && spec.tree)
    return { key, columns: ['path'], write: row => String(row.path.split('.').length - 1) }
  const field = fields[key]
  if (!field) return anyRefPart(registry, model, key, inner)
  if (key === 'custom_fields')
    return {
      key,
      columns: ['custom_fields'],
      refs: (row, reader) => reader.customFieldRefs(model, row),
      write: (row, reader) => reader.customFields(model, row),
    }
  if (isRef(field)) {
    const column = `${key}_id`
    if (field.options.bare) return { key, columns: [column], write: row => String(row[column]) }
    const to = registry.model(field.to)
    return refOutput(column, to, inner ?? field.options.nested ?? briefShape(to))
  }
  if (isRefs(field)) {
    const to = registry.model(field.to)
    const shape = inner ?? field.options.nested ?? briefShape(to)
    const name = `refs ${key}`
    const load = field.type === 'tags' ? tagLoad(model) : linkLoad(registry, model, key, to)
    const as = field.options.as
    if (as)
      return {
        key,
        columns: ['id'],
        loads: [{ name, load: linkValues(registry, model, key, to, as) }],
        write: (row, reader) => JSON.stringify(reader.loaded(model, name, row.id) ?? []),
      }
    const idsOf = (row: any, reader: Reader) => (reader.loaded(model, name, row.id) ?? []) as number[]
    return {
      key,
      columns: ['id'],
      loads: [{ name, load }],
      refs: (row, reader) => idsOf(row, reader).map(id => ({ model: to, id, shape })),
      write: (row, reader) =>
        `[${idsOf(row, reader)
          .map(id => reader.text(to, id, shape))
          .join()}]`,
    }
  }
  const anyPart = isAnyRef(field) ? anyRefPart(registry, model, key, inner) : undefined
  if (anyPart) return anyPart
  const column = columnOf(key, field)
  if (field.type === 'image')
    return {
      key,
      columns: [column],
      write: (row, reader) => (row[column] ? JSON.stringify(mediaUrl(reader.origin, row[column])) : 'null'),
    }
  const json = (field.json as ((value: unknown) => string) | undefined) ?? JSON.stringify
  return {
    key,
    columns: [column],
    write: row => (row[column] === null || row[column] === undefined ? 'null' : json(row[column])),
  }
}

/** `<name>_type`, `<name>_id` and the row they point to. */
function anyRefPart(registry: Registry, model: Model, key: string, inner: Shape | undefined): Output | undefined {
  for (const [name, field] of Object.entries<Field>(model.fields)) {
    if (!isAnyRef(field)) continue
    const [type, id] = [`${name}_type`, `${name}_id`]
    if (key === type) return { key, columns: [type], write: row => JSON.stringify(row[type]) }
    if (key === id) return { key, columns: [id], write: row => String(row[id]) }
    if (key !== anyKey(name, field)) continue
    const target = (row: any) => (row[type] && row[id] !== null ? registry.models.get(row[type]) : undefined)
    const shape = (to: Model) => inner ?? field.options.nested ?? briefShape(to)
    return {
      key,
      columns: [type, id],
      refs: row => {
        const to = target(row)
        return to && !to.spec.internal ? [{ model: to, id: row[id], shape: shape(to) }] : []
      },
      write: (row, reader) => {
        const to = target(row)
        return to && !to.spec.internal ? reader.text(to, row[id], shape(to)) : 'null'
      },
    }
  }
  return undefined
}

function derivedOutput(
  registry: Registry,
  model: Model,
  key: string,
  derived: Derived<any>,
  inner: Shape | undefined,
): Output {
  const { to, many, from = [], loads = [] } = derived
  const ownName = `derived ${key}`
  const all = [
    ...(derived.load ? [{ name: ownName, load: derived.load }] : []),
    ...loads.map(name => ({ name: `load ${name}`, load: model.spec.loads![name]! })),
  ]
  const valueOf = (row: any, reader: Reader) =>
    derived.as(
      row,
      derived.load
        ? reader.loaded(model, ownName, row.id)
        : Object.fromEntries(loads.map(name => [name, reader.loaded(model, `load ${name}`, row.id)])),
      reader.settings,
    ) as any
  const base = {
    key,
    columns: ['id', ...from.map(name => (model.fields[name] ? columnOf(name, model.fields[name]!) : name))],
    loads: all,
  }
  if (!to) return { ...base, write: (row, reader) => JSON.stringify(valueOf(row, reader) ?? null) }
  const wanted = (value: any): Wanted[] => {
    if (value === null || value === undefined) return []
    if (many) return value.flatMap((one: any) => wantedOne(one))
    return wantedOne(value)
  }
  const wantedOne = (one: any): Wanted[] => {
    const found = to === 'any' ? registry.models.get(one[0]) : registry.model(to)
    if (!found) return []
    return [{ model: found, id: to === 'any' ? one[1] : one, shape: inner ?? derived.nested ?? briefShape(found) }]
  }
  return {
    ...base,
    refs: (row, reader) => wanted(valueOf(row, reader)),
    write: (row, reader) => {
      const value = valueOf(row, reader)
      if (value === null || value === undefined) return 'null'
      const { wrap } = derived
      const texts = (many ? value : [value]).flatMap((ref: any) =>
        wantedOne(ref).map(one => {
          const text = reader.text(one.model, one.id, one.shape!)
          return wrap && text !== 'null' ? JSON.stringify(wrap(JSON.parse(text), ref)) : text
        }),
      ) as string[]
      return many ? `[${texts.filter(text => text !== 'null').join()}]` : (texts[0] ?? 'null')
    },
  }
}

/** The display text, with what it needs. */
export function displayOutput(registry: Registry, model: Model): Output {
  const { load, when } = model.spec.display
  return {
    key: 'display',
    columns: ['id', ...displayColumns(model)],
    ...(load && { loads: [{ name: 'display', load, ...(when && { when }) }] }),
    refs: row => displayRefs(registry, model, row),
    write: (row, reader) => JSON.stringify(reader.display(model, row)),
  }
}

/** References whose display text a row's own display text contains. */
function displayRefs(registry: Registry, model: Model, row: any): Wanted[] {
  const { from, when } = model.spec.display
  if (when && !when(row)) return []
  return from.flatMap(name => {
    const field = model.fields[name]
    if (field && isRef(field) && row[`${name}_id`] !== null)
      return [{ model: registry.model(field.to), id: row[`${name}_id`], shape: null }]
    if (field && isAnyRef(field) && row[`${name}_id`] !== null && registry.models.has(row[`${name}_type`]))
      return [{ model: registry.model(row[`${name}_type`]), id: row[`${name}_id`], shape: null }]
    return []
  })
}

/** The address of an uploaded file, by its path below the media folder. */
const mediaUrl = (origin: string, path: string) =>
  `${origin}/media/${path.split('/').filter(Boolean).map(encodeURIComponent).join('/')}`

const tagLoad =
  (model: Model): Load =>
  ids =>
    sql`select object_id as id, json_agg(tag_id order by tag.weight, tag.name) as value from extras_taggeditem join extras_tag as tag on tag.id = tag_id where object_type = ${sql.lit(model.name)} and object_id = any(${ids}) group by object_id`

/** Ids of linked rows, in the other model's own order. */
function linkLoad(registry: Registry, model: Model, key: string, to: Model): Load {
  const field = model.fields[key]!
  if (!isRefs(field)) throw new Error(`${model.name}.${key} is no link`)
  const { table, own, other } = linkOf(registry, model, key, field)
  const order = simpleOrder(to)
  return ids =>
    sql`select ${sql.ref(`link.${own}`)} as id, json_agg(${sql.ref(`link.${other}`)} order by ${order}) as value from ${sql.table(table)} as link join ${sql.table(to.table)} as t on t.id = ${sql.ref(`link.${other}`)} where ${sql.ref(`link.${own}`)} = any(${ids}) group by ${sql.ref(`link.${own}`)}`
}

function linkValues(registry: Registry, model: Model, key: string, to: Model, column: string): Load {
  const field = model.fields[key]!
  if (!isRefs(field)) throw new Error(`${model.name}.${key} is no link`)
  const { table, own, other } = linkOf(registry, model, key, field)
  return ids =>
    sql`select ${sql.ref(`link.${own}`)} as id, json_agg(${sql.ref(`t.${column}`)} order by t.name) as value from ${sql.table(table)} as link join ${sql.table(to.table)} as t on t.id = ${sql.ref(`link.${other}`)} where ${sql.ref(`link.${own}`)} = any(${ids}) group by ${sql.ref(`link.${own}`)}`
}

/** The part of a model's order that its own columns give. */
function simpleOrder(model: Model): RawBuilder<unknown> {
  const terms = model.spec.order.flatMap(order => {
    if (typeof order !== 'string') return 'by' in order ? [sql.ref(`t.${order.by}`)] : []
    const name = order.replace('-', '')
    const field = model.fields[name]
    return [sql`${sql.ref(`t.${field ? columnOf(name, field) : name}`)}${order.startsWith('-') ? sql` desc` : sql``}`]
  })
  return terms.length ? sql.join(terms) : sql`t.id`
}
