import { createHash } from 'node:crypto'
import type { Field } from '../field/index.ts'
import { columnOf, isAnyRef, isRef, isRefs, linkOf, type Model, type Registry } from '../model/index.ts'

/** What tables a registry needs, as plain data that can be compared and kept. */
export interface Schema {
  readonly tables: Readonly<Record<string, Table>>
}

export interface Table {
  readonly columns: Readonly<Record<string, ColumnSpec>>
  /** Definitions by name, as `create … <name>` wants them. */
  readonly constraints: Readonly<Record<string, string>>
  readonly indexes: Readonly<Record<string, string>>
}

export interface ColumnSpec {
  readonly type: string
  readonly nullable: boolean
  readonly collate?: string
  /** `by default` for a key that is counted up. */
  readonly identity?: true
}

/** Tables that no model stands for. */
export interface ExtraTable {
  readonly name: string
  readonly columns: Readonly<Record<string, ColumnSpec>>
  readonly constraints?: Readonly<Record<string, string>>
  readonly indexes?: Readonly<Record<string, string>>
}

/** The tables of every model, and those that link them. */
export function describeSchema(registry: Registry, extra: readonly ExtraTable[] = []): Schema {
  const tables: Record<string, Table> = {}
  for (const model of registry.models.values()) {
    tables[model.table] = describeTable(registry, model)
    for (const [name, field] of Object.entries<Field>(model.fields)) {
      if (!isRefs(field) || field.type === 'tags') continue
      const { table, own, other } = linkOf(registry, model, name, field)
      const to = registry.model(field.to)
      tables[table] = {
        columns: { id: key, [own]: bigint, [other]: bigint },
        constraints: {
          ...primaryKey(table),
          [nameOf(table, [own, other], 'key')]: `unique (${own}, ${other})`,
          [nameOf(table, [own], 'fk')]: foreignKey(own, model.table),
          [nameOf(table, [other], 'fk')]: foreignKey(other, to.table),
        },
        indexes: { [nameOf(table, [other], 'idx')]: `using btree (${other})` },
      }
    }
  }
  for (const { name, columns, constraints = {}, indexes = {} } of extra)
    tables[name] = { columns, constraints: { ...('id' in columns ? primaryKey(name) : {}), ...constraints }, indexes }
  return { tables }
}

const key: ColumnSpec = { type: 'bigint', nullable: false, identity: true }
const bigint: ColumnSpec = { type: 'bigint', nullable: false }
const primaryKey = (table: string) => ({ [`${table}_pkey`]: 'primary key (id)' })
/** Keeps rows that refer to nothing out of an index: a reference is looked up by what it refers to. */
const unlessNull = (column: string, nullable: boolean) => (nullable ? ` where ${quote(column)} is not null` : '')
const foreignKey = (column: string, to: string) =>
  `foreign key (${quote(column)}) references ${to} (id) deferrable initially deferred`

function describeTable(registry: Registry, model: Model): Table {
  const { table } = model
  const columns: Record<string, ColumnSpec> = { id: key }
  const constraints: Record<string, string> = primaryKey(table)
  const indexes: Record<string, string> = {}
  const columnsIn = (names: readonly string[]) =>
    names.map(name => (model.fields[name] ? columnOf(name, model.fields[name]!) : name))
  /** Whether another index over all rows begins with a column. */
  const leads = (column: string) =>
    [...(model.spec.unique ?? []), ...(model.spec.index ?? [])].some(index => {
      if (typeof index === 'string' || ('where' in index && index.where)) return false
      return columnsIn('columns' in index ? index.columns : index)[0] === column
    })
  /** Whether rows may have none of a column that others are told apart by: nulls are never in each other's way. */
  const isNullable = (column: string) => columns[column]?.nullable ?? false
  for (const [name, field] of Object.entries<Field>(model.fields)) {
    if (!field.column) continue
    const column = columnOf(name, field)
    const nullable = Boolean(field.options.nullable)
    if (isAnyRef(field)) {
      columns[`${name}_type`] = { type: 'character varying(100)', nullable }
      columns[column] = { type: 'bigint', nullable }
      if (field.options.index !== false)
        indexes[nameOf(table, [`${name}_type`, column], 'idx')] =
          `using btree (${name}_type, ${column})${unlessNull(`${name}_type`, nullable)}`
      continue
    }
    columns[column] = {
      type: field.column.type,
      nullable,
      ...(field.column.collate && { collate: field.column.collate }),
    }
    if (isRef(field)) {
      if (field.options.constraint !== false)
        constraints[nameOf(table, [column], 'fk')] = foreignKey(column, registry.model(field.to).table)
      if (!field.options.unique && field.options.index !== false && !leads(column))
        indexes[nameOf(table, [column], 'idx')] = `using btree (${quote(column)})${unlessNull(column, nullable)}`
    } else if (field.options.index) indexes[nameOf(table, [column], 'idx')] = `using btree (${quote(column)})`
    if (field.options.unique && nullable)
      indexes[nameOf(table, [column], 'key')] = `unique using btree (${quote(column)})${unlessNull(column, true)}`
    else if (field.options.unique) constraints[nameOf(table, [column], 'key')] = `unique (${quote(column)})`
    if (field.type === 'modelNames') indexes[nameOf(table, [column], 'idx')] = `using gin (${column})`
    if (field.column.type === 'ltree') indexes[nameOf(table, [column], 'idx')] = `using gist (${column})`
  }
  for (const unique of model.spec.unique ?? []) {
    const spec = 'columns' in unique ? unique : { columns: unique }
    const names = columnsIn(spec.columns)
    const nulls = spec.nulls === 'same' ? ' nulls not distinct' : ''
    const name = spec.name ?? nameOf(table, names, 'key')
    const terms = names.map(one => (/^\w+$/.test(one) ? quote(one) : one)).join(', ')
    const where = spec.where
      ? ` where ${spec.where}`
      : spec.nulls === 'same'
        ? ''
        : unlessNull(names[0]!, isNullable(names[0]!))
    if (where || names.some(one => !/^\w+$/.test(one))) indexes[name] = `unique using btree (${terms})${nulls}${where}`
    else constraints[name] = `unique${nulls} (${terms})`
  }
  for (const index of model.spec.index ?? []) {
    if (typeof index === 'string')
      indexes[nameOf(table, [createHash('sha1').update(index).digest('hex').slice(0, 8)], 'idx')] = index
    else {
      const terms = index.map(name => {
        const [column] = columnsIn([name.replace(/^-/, '')]) as [string]
        return { column, sql: quote(column) + (name.startsWith('-') ? ' desc' : '') }
      })
      const columns = terms.map(term => term.column)
      indexes[nameOf(table, columns, 'idx')] = `using btree (${terms.map(term => term.sql).join(', ')})`
    }
  }
  return { columns, constraints, indexes }
}

/** A name of at most 63 characters, told apart by a digest where it must be cut. */
export function nameOf(table: string, columns: readonly string[], suffix: string): string {
  const full = `${table}_${columns.map(column => column.replace(/\W+/g, '_')).join('_')}_${suffix}`
  if (full.length <= 63) return full
  return `${full.slice(0, 50)}_${createHash('sha1').update(full).digest('hex').slice(0, 6)}_${suffix}`
}

/** Words that PostgreSQL reserves, of those that could be a column's name. */
const reservedWords = new Set(
  'all analyse analyze and any array as asc both case cast check collate column constraint create current_date current_user default desc distinct do else end except false fetch for foreign from grant group having in initially intersect into lateral leading limit not null offset on only or order placing primary references returning select session_user some symmetric table then to trailing true union unique user using variadic when where window with'.split(
    ' ',
  ),
)

/** A column's name, in quotes where it is a word of SQL. */
export const quote = (name: string) => (reservedWords.has(name) ? `"${name}"` : name)
