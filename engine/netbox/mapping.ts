import { parseArray } from '@demarc/pgdump'
import type { Field } from '../field/index.ts'
import { columnOf, isAnyRef, isRefs, linkOf, type Model, type Registry } from '../model/index.ts'

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
  /** The value where the source has no such column. */
  readonly fallback: string | null
  readonly convert?: (value: string | null, numbers: ModelNumbers) => string | null
  /** The value comes from a table that links rows to models, by the row's id. */
  readonly names?: LinkedNames
}

/** A table whose rows give the models that something applies to. */
export interface LinkedNames {
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
  ['django_content_type', 'becomes core_objecttype'],
  ['django_migrations', 'the history of another schema'],
  ['django_session', 'people log in anew'],
  ['taggit_tag', 'not used by NetBox'],
  ['taggit_taggeditem', 'not used by NetBox'],
  ['extras_cachedvalue', 'the index of global search, which is built anew'],
  ['thumbnail_kvstore', 'a cache of pictures'],
  ['social_auth_association', 'single sign-on in progress'],
  ['social_auth_code', 'single sign-on in progress'],
  ['social_auth_nonce', 'single sign-on in progress'],
  ['social_auth_partial', 'single sign-on in progress'],
  ['social_auth_usersocialauth', 'accounts of single sign-on, which are joined again at the first login'],
])

/** Tables that name models, by what they link: `extras_tag_object_types` has a tag and a model in each row. */
const isNamesTable = (table: string) => table.endsWith('_object_types')

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
        columns: [plain('id', 'bigint'), plain(own, 'bigint'), plain(other, 'bigint')],
      })
    }
  }
  return mappings
}

const plain = (name: string, type: string, fallback: string | null = null): ColumnMapping => ({
  target: name,
  source: name,
  type,
  fallback,
})

function columnsOf(model: Model): ColumnMapping[] {
  return Object.entries<Field>(model.fields).flatMap(([name, field]): ColumnMapping[] => {
    if (!field.column) return []
    const { type } = field.column
    const column = columnOf(name, field)
    const fallback = fallbackOf(field)
    if (isAnyRef(field)) {
      const source = model.name === 'extras.taggeditem' ? 'content_type_id' : `${name}_type_id`
      return [
        { target: `${name}_type`, source, type: 'character varying', fallback: null, convert: nameOfNumber },
        plain(column, 'bigint'),
      ]
    }
    if (field.type === 'modelName')
      return [{ target: name, source: `${name}_id`, type: 'character varying', fallback: null, convert: nameOfNumber }]
    if (field.type === 'modelNames') {
      const own = `${model.table.slice(model.app.length + 1)}_id`
      return [
        {
          target: name,
          source: 'id',
          type: 'character varying[]',
          fallback: '{}',
          names: { table: `${model.table}_${name}`, own },
        },
      ]
    }
    if (name === 'custom_fields') return [{ ...plain(column, type, '{}'), source: 'custom_field_data' }]
    if (model.name === 'dcim.cablepath' && name === 'path') return [{ ...plain(column, type), convert: pathOfNumbers }]
    if (model.name === 'dcim.cablepath' && name === '_nodes')
      return [{ ...plain(column, type), convert: nodesOfNumbers }]
    return [plain(column, type, fallback)]
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
  return blank ? '' : null
}

const nameOfNumber = (value: string | null, numbers: ModelNumbers) =>
  value === null ? null : (numbers.get(value) ?? null)

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
  if (isNamesTable(table)) return 'names'
  return leftOut.has(table) ? 'left out' : 'unknown'
}
