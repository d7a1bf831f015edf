import { text } from '@demarc/engine/field'
import { model, primary, type RowOf } from '@demarc/engine/model'

export const CableBundle = model('dcim.cablebundle', {
  label: 'cable bundle',
  about: 'Cables that run together.',

  fields: {
    name: text({ unique: true, max: 100 }),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  counts: {
    cable_count: { of: 'dcim.cable.bundle', wire: 'integer' },
  },
  quick: ['name', 'description', 'comments'],
  search: { name: 100, description: 500, comments: 5000 },
  brief: ['name', 'description'],

  file: {
    table: {
      first: ['id', 'name', ['cable_count', 'Cables'], 'description'],
      more: ['tags', 'created', 'last_updated', 'owner.group', 'owner', 'comments'],
    },
  },

  ui: {
    icon: 'box-multiple',
    columns: ['name', 'cable_count', 'description'],
    form: {
      'Cable Bundle': ['name', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_cablebundle: RowOf<typeof CableBundle>
  }
}
