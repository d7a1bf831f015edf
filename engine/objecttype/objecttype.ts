import { boolean, list, text } from '../field/index.ts'
import { anyOf, model, type RowOf } from '../model/index.ts'
import { sql } from 'kysely'

export const ObjectType = model('core.objecttype', {
  label: 'object type',
  about: 'A kind of object that exists on this server.',
  page: false,
  writes: [],
  features: [],

  fields: {
    app_label: text({ max: 100 }),
    model: text({ label: 'python model class name', max: 100 }),
    public: boolean({ default: false, readonly: true }),
    features: list({ default: [], readonly: true, of: 'character varying(50)' }),
  },

  display: { from: ['app_label', 'model'], as: row => `${row.app_label} | ${row.model}` },
  order: ['app_label', 'model'],
  unique: [['app_label', 'model']],
  quick: ['app_label', 'model'],
  filters: {
    features: anyOf('text', (row, values) => sql`${row['features']} @> ${values}::varchar[]`),
  },
})

declare module '../model/tables.ts' {
  interface Tables {
    core_objecttype: RowOf<typeof ObjectType>
  }
}
