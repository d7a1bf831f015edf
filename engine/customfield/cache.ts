import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import { choicesOf } from './codes.ts'

/** A custom field as its users defined it. */
export interface ActiveCustomField {
  readonly id: number
  readonly name: string
  readonly label: string
  readonly group_name: string
  readonly description: string
  readonly type:
    | 'text'
    | 'longtext'
    | 'integer'
    | 'decimal'
    | 'boolean'
    | 'date'
    | 'datetime'
    | 'url'
    | 'json'
    | 'select'
    | 'multiselect'
    | 'object'
    | 'multiobject'
  readonly object_types: readonly string[]
  readonly related_object_type: string | null
  readonly filter_logic: 'disabled' | 'loose' | 'exact'
  readonly required: boolean
  readonly unique: boolean
  readonly search_weight: number
  readonly validation_minimum: number | null
  readonly validation_maximum: number | null
  readonly validation_regex: string
  readonly validation_schema: unknown
  readonly choice_set_id: number | null
  readonly choice_set_name: string | null
  readonly base_choices: string | null
  readonly default: unknown
  readonly ui_visible: string
  readonly ui_editable: string
  readonly is_cloneable: boolean
  readonly status: string
  /** Value and label of each choice, for selections. */
  readonly choices: ReadonlyMap<string, string>
}

/** All active custom fields, by the model they are assigned to. */
export type CustomFieldsByModel = ReadonlyMap<string, readonly ActiveCustomField[]>

const caches = new WeakMap<Database, { value?: Promise<CustomFieldsByModel> }>()

/** The custom fields of every model; read once, and again after one has changed. */
export function customFieldsOf(db: Database): Promise<CustomFieldsByModel> {
  let cache = caches.get(db)
  if (!cache) {
    const created: { value?: Promise<CustomFieldsByModel> } = {}
    caches.set(db, (cache = created))
    db.onChange(table => {
      if (table === null || table.startsWith('extras_customfield')) delete created.value
    })
  }
  if (!cache.value) {
    const reading = read(db)
    cache.value = reading
    reading.catch(() => delete cache.value)
  }
  return cache.value
}

async function read(db: Database): Promise<CustomFieldsByModel> {
  const rows = await db.rows<
    Omit<ActiveCustomField, 'choices'> & { extra_choices: [string, string][] | null; order_alphabetically: boolean }
  >(
    sql`select f.*, s.name as choice_set_name, s.base_choices, s.extra_choices, s.order_alphabetically from extras_customfield f left join extras_customfieldchoiceset s on s.id = f.choice_set_id where f.status = 'active' order by f.group_name, f.weight, f.name`,
  )
  const byModel = new Map<string, ActiveCustomField[]>()
  for (const { extra_choices, order_alphabetically, ...field } of rows) {
    const choices = choicesOf({ base_choices: field.base_choices, extra_choices, order_alphabetically })
    for (const model of field.object_types)
      byModel.set(model, [...(byModel.get(model) ?? []), { ...field, choices: new Map(choices) }])
  }
  return byModel
}
