import type { ActiveCustomField } from '../customfield/index.ts'
import type { Shape } from '../field/index.ts'
import { isAnyRef, isRef, isRefs, type Model, type Registry, type TableColumn } from '../model/index.ts'
import { keysOf } from '../represent/index.ts'
import { endOf, headingOf } from './headings.ts'

/** A column of an export: where its value is, and what it is called. */
export interface Column {
  readonly path: string
  readonly heading: string
}

/** The columns of a table: the model's own or that of a narrower list, those shown at first or all. */
export function columnsOf(
  registry: Registry,
  model: Model,
  which: 'first' | 'all',
  customFields: readonly ActiveCustomField[],
  preferred: readonly string[] = [],
  table: Table | undefined = model.spec.file?.table,
): Column[] {
  const { first, more } = preferring(table ?? { first: plainColumns(model), more: [] }, preferred)
  const custom = customFields
    .filter(field => field.ui_visible !== 'hidden')
    .map(field => ({ path: `custom_fields.${field.name}`, heading: field.label || sentence(field.name) }))
  const column = (one: TableColumn): Column =>
    typeof one === 'string'
      ? { path: one, heading: headingOf(registry, model, one) }
      : { path: one[0], heading: one[1] }
  return which === 'first' ? first.map(column) : [...[...first, ...more].map(column), ...custom]
}

/** The columns of a table, those first that a user has chosen to be shown. */
function preferring(table: Table, preferred: readonly string[]): Table {
  const all = [...table.first, ...table.more]
  const nameOf = (column: TableColumn) => (typeof column === 'string' ? column : column[0]).replaceAll('.', '_')
  const first = preferred.flatMap(name => all.filter(column => nameOf(column) === name).slice(0, 1))
  return first.length ? { first, more: all.filter(column => !first.includes(column)) } : table
}

type Table = NonNullable<NonNullable<Model['spec']['file']>['table']>

/** Columns by the names of keys, as `name,site,cf_tier`; names that lead nowhere are left aside. */
export function columnsNamed(registry: Registry, model: Model, names: readonly string[]): Column[] {
  const known = new Map(columnsOf(registry, model, 'all', []).map(({ path, heading }) => [path, heading] as const))
  return names.flatMap((name): Column[] => {
    if (name.startsWith('cf_')) return [{ path: `custom_fields.${name.slice(3)}`, heading: name }]
    return endOf(registry, model, name) || model.spec.file?.table?.figures?.[name]
      ? [{ path: name, heading: known.get(name) ?? headingOf(registry, model, name) }]
      : []
  })
}

const plainColumns = (model: Model): string[] =>
  keysOf(model).filter(key => !['id', 'url', 'display_url', 'display', 'custom_fields'].includes(key))

const sentence = (name: string) => name.charAt(0).toUpperCase() + name.slice(1).replaceAll('_', ' ')

/** What must be read of a row to fill columns. */
export function shapeOfColumns(registry: Registry, model: Model, paths: readonly string[]): Shape {
  const heads = Map.groupBy(paths, path => path.split('.')[0]!)
  return [...heads].flatMap(([key, under]): Shape => {
    if (key === 'custom_fields') return ['custom_fields']
    if (!endOf(registry, model, key)) return []
    const field = model.fields[key]
    if (field && isRef(field)) {
      const rest = under.flatMap(path => (path.includes('.') ? [path.slice(path.indexOf('.') + 1)] : []))
      return [{ [key]: ['display', ...shapeOfColumns(registry, registry.model(field.to), rest)] }]
    }
    if (field && (isRefs(field) || isAnyRef(field))) return [{ [key]: ['display'] }]
    return [key]
  })
}

/** A value as a table shows it. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (Array.isArray(value)) return value.map(textOf).join(',')
  if (typeof value === 'object') {
    const { label, display } = value as { label?: unknown; display?: unknown }
    return display !== undefined ? textOf(display) : label !== undefined ? textOf(label) : JSON.stringify(value)
  }
  const text = String(value as string | number)
  // Moments bear their offset in digits, as they do in the peer's tables.
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text) ? text.replace('Z', '+00:00') : text
}

/** Objects of several kinds as a table shows them: each below what it is part of, for their names alone tell little. */
export function textWithin(objects: unknown): string {
  if (!Array.isArray(objects)) return textOf(objects)
  return objects
    .map((one: { object?: unknown }) => {
      const object = (one.object ?? one) as Readonly<Record<string, unknown>>
      const holder = object['device'] ?? object['power_panel'] ?? object['circuit'] ?? object['virtual_circuit']
      return holder ? `${textOf(holder)} > ${textOf(object)}` : textOf(object)
    })
    .join(',')
}

/** The value at the end of a path. */
export const valueAt = (row: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
      row,
    )
