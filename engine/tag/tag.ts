import { sql } from 'kysely'
import { color, modelNames, ref, slug, smallint, text } from '../field/index.ts'
import { compare, anyOf, model, logged, recorded, type RowOf } from '../model/index.ts'

/** Names of the object types with the numbers given. */
const namesOf = (ids: readonly number[]) =>
  sql`select app_label || '.' || model from core_objecttype where id = any(${ids})`

export const Tag = model('extras.tag', {
  label: 'tag',
  about: 'A label that can be put on objects of any type.',
  features: [...recorded, 'cloning', 'export_templates'],

  fields: {
    name: text({ unique: true, max: 100 }),
    slug: slug({ unique: true, unicode: true }),
    color: color({ default: '9e9e9e' }),
    description: text({ blank: true, default: '', max: 200 }),
    weight: smallint({ default: 1000, min: 0 }),
    object_types: modelNames({
      having: 'tags',
      help: 'The object type(s) to which this tag can be applied.',
      default: [],
      filter: false,
    }),
    owner: ref('users.owner', { nullable: true, hidden: true, inverse: '+' }),
    ...logged,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['weight', 'name'],
  index: [['weight', 'name']],
  counts: {
    tagged_items: 'extras.taggeditem.tag',
  },
  quick: ['name', 'slug', 'description'],
  search: { name: 100, slug: 110, description: 500 },
  brief: ['name', 'slug', 'color', 'description'],
  clone: ['color', 'description', 'object_types'],

  filters: {
    object_types: compare('object_types', { match: 'modelName', by: 'id' }),
    content_type: anyOf(
      'modelName',
      (row, names) => sql`${row['id']} in (select tag_id from extras_taggeditem where object_type = any(${names}))`,
    ),
    content_type_id: anyOf<number>(
      'number',
      (row, ids) => sql`${row['id']} in (select tag_id from extras_taggeditem where object_type in (${namesOf(ids)}))`,
    ),
    for_object_type_id: anyOf<number>(
      'number',
      (row, ids) => sql`(${row['object_types']} = '{}' or ${row['object_types']} && array(${namesOf(ids)})::varchar[])`,
    ),
  },

  file: {
    table: {
      first: ['name', 'items', 'slug', 'color', 'description'],
      more: ['id', 'weight', ['object_types', 'Object Types'], 'created', 'last_updated', 'owner'],
    },
  },

  ui: {
    icon: 'tag',
    columns: ['name', 'tagged_items', 'slug', 'color', 'description'],
    form: {
      Tag: ['name', 'slug', 'color', 'weight', 'description', 'object_types'],
    },
  },
})

declare module '../model/tables.ts' {
  interface Tables {
    extras_tag: RowOf<typeof Tag>
  }
}
