import { boolean, json, modelNames, ref, slug, smallint, text } from '../field/index.ts'
import { flag, model, logged, recorded, type RowOf } from '../model/index.ts'
import { sql } from 'kysely'

export const SavedFilter = model('extras.savedfilter', {
  label: 'saved filter',
  about: 'A set of filters under a name.',
  features: [...recorded, 'cloning', 'export_templates'],

  fields: {
    object_types: modelNames({
      some: true,
      help: 'The object type(s) to which this filter applies.',
      filter: { name: 'object_type', typeId: true },
    }),
    name: text({ unique: true, max: 100 }),
    slug: slug({ unique: true }),
    description: text({ blank: true, default: '', max: 200 }),
    user: ref('users.user', { nullable: true, onDelete: 'set null', bare: true }),
    weight: smallint({ default: 100, min: 0 }),
    enabled: boolean({ default: true }),
    shared: boolean({ default: true }),
    parameters: json(),
    owner: ref('users.owner', { nullable: true, inverse: '+' }),
    ...logged,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['weight', 'name'],
  index: [['weight', 'name']],
  quick: ['name', 'description'],
  brief: ['name', 'slug', 'description'],
  clone: ['object_types', 'weight', 'enabled', 'parameters'],

  /** Everyone sees what is shared, and their own. */
  visible: (row, user) => sql`(${row['shared']} or ${row['user_id']} = ${user})`,
  filters: { usable: flag(row => sql`(${row['enabled']} and ${row['shared']})`) },

  file: {
    table: {
      first: ['name', ['object_types', 'Object Types'], 'user', 'description', 'enabled', 'shared'],
      more: ['id', 'slug', 'weight', 'created', 'last_updated', 'parameters', 'owner'],
    },
  },

  ui: {
    icon: 'filter',
    columns: ['name', 'object_types', 'user', 'description', 'enabled', 'shared'],
    form: {
      'Saved Filter': ['name', 'slug', 'object_types', 'description', 'weight', 'enabled', 'shared'],
      Parameters: ['parameters'],
    },
  },
})

declare module '../model/tables.ts' {
  interface Tables {
    extras_savedfilter: RowOf<typeof SavedFilter>
  }
}
