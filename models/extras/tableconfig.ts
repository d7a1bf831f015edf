import { boolean, list, modelName, ref, smallint, text } from '@demarc/engine/field'
import { flag, model, logged, recorded, type RowOf } from '@demarc/engine/model'
import { sql } from 'kysely'

export const TableConfig = model('extras.tableconfig', {
  label: 'table config',
  about: 'Columns and order of a table under a name.',
  features: [...recorded, 'cloning'],

  fields: {
    object_type: modelName({ help: "The table's object type", filter: { typeId: true } }),
    table: text({ max: 100 }),
    name: text({ max: 100 }),
    description: text({ blank: true, default: '', max: 200 }),
    user: ref('users.user', { nullable: true, onDelete: 'set null', bare: true }),
    weight: smallint({ default: 1000, min: 0 }),
    enabled: boolean({ default: true }),
    shared: boolean({ default: true }),
    columns: list({ of: 'character varying(100)' }),
    ordering: list({ nullable: true, of: 'character varying(100)' }),
    ...logged,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['weight', 'name'],
  index: [['weight', 'name']],
  quick: ['name', 'description', 'table'],
  brief: ['name', 'description', 'object_type', 'table'],
  clone: ['object_type', 'table', 'enabled', 'shared', 'columns', 'ordering'],

  /** Everyone sees what is shared, and their own. */
  visible: (row, user) => sql`(${row['shared']} or ${row['user_id']} = ${user})`,
  filters: { usable: flag(row => sql`(${row['enabled']} and ${row['shared']})`) },

  file: {
    table: {
      first: [
        'name',
        ['object_type', 'Object Type'],
        ['table', 'Table Name'],
        'user',
        'description',
        'enabled',
        'shared',
      ],
      more: ['id', 'weight', 'created', 'last_updated'],
    },
  },

  ui: {
    icon: 'table',
    columns: ['name', 'object_type', 'table', 'user', 'description', 'enabled', 'shared'],
    form: {
      'Table config': [
        'object_type',
        'table',
        'name',
        'description',
        'user',
        'weight',
        'enabled',
        'shared',
        'columns',
        'ordering',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    extras_tableconfig: RowOf<typeof TableConfig>
  }
}
