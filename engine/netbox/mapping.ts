import { parseArray } from '@demarc/pgdump'
import type { Field } from '../field/index.ts'
import { columnOf, isAnyRef, isRefs, linkOf, type Model, type Registry } from '../model/index.ts'
import { instead, type Instead } from './conversions.ts'

/** How rows of one of NetBox's tables become rows of ours. Values are PostgreSQL's text, or null. */
export interface TableMapping {
  readonly source: string
  readonly target: string
  readonly columns: readonly ColumnMapping[]
}

export interface ColumnMapping {
  readonly target: string
  /** PostgreSQL type of the target. */
  readonly type: string
  /** The column it comes from. */
  readonly source: string
  /** The value where the source has no such column, or null where null cannot be stored. */
  readonly fallback: string | null
  readonly nullable: boolean
  readonly convert?: (value: string | null, numbers: ModelNumbers) => string | null
  /** The value comes from a table that links rows to models, by the row's id. */
  readonly names?: LinkedNames
  /** How the value follows from others where an older source has no such column. */
  readonly instead?: Instead
}

/** A table whose rows give the models that something applies to. */
interface LinkedNames {
  readonly table: string
  readonly own: string
}

/** Model names by the number that NetBox gave them. */
export type ModelNumbers = ReadonlyMap<string, string>

/** Tables that are not taken over because Demarc keeps their like elsewhere, or has no use for them. */
export const leftOut: ReadonlyMap<string, string> = new Map([
  ['auth_permission', 'a list of what may be permitted, which the models give'],
  ['auth_group', 'replaced by users_group'],
  ['auth_group_permissions', 'not used by NetBox'],
  ['users_group_permissions', 'not used by NetBox'],
  ['users_user_user_permissions', 'not used by NetBox'],
  ['django_content_type', 'numbers of models, which go by their names here'],
  ['django_migrations', 'the history of another schema'],
  ['django_session', 'people log in anew'],
  ['taggit_tag', 'not used by NetBox'],
  ['taggit_taggeditem', 'not used by NetBox'],
  ['extras_cachedvalue', 'an index for global search: it is built anew'],
  ['thumbnail_kvstore', 'a cache of pictures'],
  ['social_auth_association', 'single sign-on in progress'],
  ['social_auth_code', 'single sign-on in progress'],
  ['social_auth_nonce', 'single sign-on in progress'],
  ['social_auth_partial', 'single sign-on in progress'],
  ['social_auth_usersocialauth', 'accounts of single sign-on, which are joined again at the first login'],
])

/** How each of NetBox's tables becomes one of ours. */
export function tableMappings(registry: Registry): TableMapping[] {
  const mappings: TableMapping[] = []
  for (const model of registry.models.values()) {
    if (model.name === 'core.objecttype') continue
    mappings.push({ source: model.table, target: model.table, columns: [plain('id', 'bigint'), ...columnsOf(model)] })
    for (const [name, field] of Object.entries<Field>(model.fields)) {
      if (!isRefs(field) || field.type === 'tags') continue
      const { table, own, other } = linkOf(registry, model, name, field)
      mappings.push({
        source: table,
        target: table,
        columns: ['id', own, other].map(column => plain(column, 'bigint')),
      })
    }
  }
  return mappings
}

const plain = (name: string, type: string, nullable = false, fallback: string | null = null): ColumnMapping => ({
  target: name,
  source: name,
  // Without its length, so that a text that is too long is refused, not cut.
  type: type.startsWith('character varying') ? type.replace(/\(\d+\)/, '') : type,
  fallback,
  nullable,
})

function columnsOf(model: Model): ColumnMapping[] {
  return Object.entries<Field>(model.fields).flatMap(([name, field]): ColumnMapping[] => {
    if (!field.column) return []
    const nullable = Boolean(field.options.nullable)
    const column = plain(columnOf(name, field), field.column.type, nullable, fallbackOf(field))
    if (isAnyRef(field)) {
      const source = model.name === 'extras.taggeditem' ? 'content_type_id' : `${name}_type_id`
      // Some of NetBox's point nowhere, where ours must point somewhere.
      return [
        { ...plain(`${name}_type`, 'character varying', nullable), source, convert: nameOfNumber },
        { ...column, fallback: nullable ? null : '0' },
      ]
    }
    if (field.type === 'modelName')
      return [{ ...plain(name, 'character varying', nullable), source: `${name}_id`, convert: nameOfNumber }]
    if (field.type === 'modelNames') {
      const names = { table: `${model.table}_${name}`, own: `${model.table.slice(model.app.length + 1)}_id` }
      return [{ ...plain(name, 'character varying[]', false, '{}'), source: 'id', names }]
    }
    if (name === 'custom_fields') return [{ ...column, source: 'custom_field_data', fallback: '{}' }]
    if (name === 'cable_end') return [{ ...column, convert: endOfCable }]
    if (model.name === 'dcim.cablepath' && name === 'path') return [{ ...column, convert: pathOfNumbers }]
    if (model.name === 'dcim.cablepath' && name === '_nodes') return [{ ...column, convert: nodesOfNumbers }]
    const other = instead[`${model.table}.${name}`]
    return [other ? { ...column, instead: other } : column]
  })
}

function fallbackOf(field: Field): string | null {
  const { default: value, nullable, blank } = field.options
  if (value !== undefined && value !== null)
    return typeof value === 'object'
      ? field.column!.type.endsWith('[]')
        ? '{}'
        : JSON.stringify(value)
      : String(value)
  if (nullable) return null
  if (field.column!.type.endsWith('[]')) return '{}'
  return blank || field.type === 'image' || 'stored' in field ? emptyOf(field.column!.type) : null
}

/** What stands in a column until the engine fills it. */
const emptyOf = (type: string) => (/^(character varying|text|ltree)/.test(type) ? '' : '0')

/** A number that stands for no model stays what it is. */
const nameOfNumber = (value: string | null, numbers: ModelNumbers) =>
  value === null ? null : (numbers.get(value) ?? value)

/** Before 4.7, an end without a cable may be an empty text. */
const endOfCable = (value: string | null) => value || null

/** `12:7` is `dcim.interface:7`. */
function nodeOfNumber(node: string, numbers: ModelNumbers): string {
  const [number, id] = node.split(':') as [string, string]
  return `${numbers.get(number) ?? number}:${id}`
}

const pathOfNumbers = (value: string | null, numbers: ModelNumbers) =>
  value === null
    ? null
    : JSON.stringify((JSON.parse(value) as string[][]).map(step => step.map(node => nodeOfNumber(node, numbers))))

const nodesOfNumbers = (value: string | null, numbers: ModelNumbers) =>
  value === null
    ? null
    : `{${parseArray(value)
        .map(node => `"${nodeOfNumber(String(node), numbers)}"`)
        .join()}}`

/** Whether a table is read, and as what: rows, links to models, or the models themselves. */
export function purposeOf(
  mappings: ReadonlyMap<string, TableMapping>,
  table: string,
): 'rows' | 'names' | 'numbers' | 'left out' | 'unknown' {
  if (mappings.has(table)) return 'rows'
  if (table === 'django_content_type' || table === 'core_objecttype') return 'numbers'
  if (namesColumn(mappings, table)) return 'names'
  return leftOut.has(table) ? 'left out' : 'unknown'
}

/** The column of ours that takes the place of a table of links, as `extras_tag.object_types`. */
export function namesColumn(
  mappings: ReadonlyMap<string, TableMapping>,
  table: string,
): { table: string; column: string } | undefined {
  const mapping = mappings.get(table.replace(/_object_types$/, ''))
  const column = mapping?.columns.find(({ names }) => names?.table === table)
  return column && { table: mapping!.target, column: column.target }
}
