import type { ActiveCustomField } from '../customfield/index.ts'
import type { Field } from '../field/index.ts'
import { isAnyRef, isRef, isRefs, type FileColumn, type Model, type Registry } from '../model/index.ts'

/** What a column of a file stands for. */
export interface FileKey {
  readonly name: string
  /** A field of the model, */
  readonly field?: Field
  /** one of the halves of a reference to any of several models, */
  readonly half?: 'type' | 'id'
  /** a custom field, */
  readonly custom?: ActiveCustomField
  /** or a column that only files have. */
  readonly column?: FileColumn
  /** The model it names rows of, where there is only one. */
  readonly to?: Model
  /** Names several rows. */
  readonly many: boolean
  readonly within: Readonly<Record<string, string>>
}

/** The keys a file of rows of a model may have; custom fields as far as people may edit them. */
export function fileKeys(
  registry: Registry,
  model: Model,
  customFields: readonly ActiveCustomField[],
): Map<string, FileKey> {
  const keys = new Map<string, FileKey>()
  const add = (key: FileKey) => keys.set(key.name, key)
  for (const [name, field] of Object.entries<Field>(model.fields)) {
    const { options } = field
    if (options.readonly || (options.hidden && !options.writeOnly) || options.file === false || options.file?.author)
      continue
    if (name === 'custom_fields' || field.type === 'image') continue
    if (isAnyRef(field))
      for (const half of ['type', 'id'] as const) add({ name: `${name}_${half}`, half, field, many: false, within: {} })
    else {
      const to = isRef(field) || isRefs(field) ? { to: registry.model(field.to) } : {}
      add({ name, field, ...to, many: isRefs(field), within: options.file?.within ?? {} })
    }
  }
  for (const [name, field] of Object.entries<Field>(model.spec.inputs ?? {}))
    add({ name, field, many: false, within: {} })
  for (const [name, column] of Object.entries(model.spec.file?.columns ?? {})) {
    const to = typeof column.to === 'string' ? { to: registry.model(column.to) } : {}
    add({ name, column, ...to, many: column.many ?? false, within: column.within ?? {} })
  }
  for (const custom of customFields) {
    if (custom.ui_editable !== 'yes') continue
    const to = custom.type === 'object' || custom.type === 'multiobject' ? custom.related_object_type : null
    const other = to ? registry.models.get(to) : undefined
    const many = custom.type === 'multiobject'
    add({ name: `cf_${custom.name}`, custom, ...(other && { to: other }), many, within: {} })
  }
  return keys
}

/** The field by which files name rows of a model: its name, or else what it is shown by. */
export const accessorOf = (model: Model): string =>
  model.spec.file?.key ?? ('name' in model.fields ? 'name' : (model.spec.display.from[0] ?? 'id'))

/** The field by which the cells of a column name rows of another model, where its header does not say. */
export const accessorIn = ({ field }: FileKey, to: Model): string =>
  (field?.options.file || {}).by ?? (field?.type === 'tags' ? 'slug' : accessorOf(to))

/** A column of a file: what it stands for, and by which field of the other model it names rows. */
export interface Header {
  readonly key: FileKey
  readonly by?: string
}

/** What the headers of a table stand for, or what is wrong with them. */
export function readHeaders(keys: ReadonlyMap<string, FileKey>, headers: readonly string[]): Header[] | string {
  const read: Header[] = []
  const seen = new Set<string>()
  for (const header of headers) {
    const [name = '', by, ...rest] = header.split('.')
    const key = name === 'id' && by === undefined ? idKey : keys.get(name)
    if (!key) return `Unexpected column header "${header}" found.`
    if (by !== undefined && !key.to && !key.column) return `Column "${name}" is not a related object; cannot use dots`
    if (by !== undefined && (rest.length || !canName(key.to, by)))
      return `Invalid related object attribute for column "${name}": ${[by, ...rest].join('.')}`
    if (seen.has(name)) return `Duplicate or conflicting column header for "${name}"`
    seen.add(name)
    read.push({ key, ...(by !== undefined && { by: by === 'pk' ? 'id' : by }) })
  }
  return read
}

const idKey: FileKey = { name: 'id', many: false, within: {} }

/** Whether rows of a model can be named by a field: one that is a column of its own. */
function canName(to: Model | undefined, by: string): boolean {
  if (by === 'id' || by === 'pk' || !to) return true
  const field = to.fields[by]
  return Boolean(field?.column && !field.suffix && !field.options.hidden && field.type !== 'json')
}
