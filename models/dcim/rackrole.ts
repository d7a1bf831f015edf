import { color } from '@demarc/engine/field'
import { model, organizational, type RowOf } from '@demarc/engine/model'

export const RackRole = model('dcim.rackrole', {
  label: 'rack role',
  about: 'The function of a rack.',

  fields: {
    color: color({ default: '9e9e9e' }),
    ...organizational,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  counts: {
    rack_count: 'dcim.rack.role',
  },
  quick: ['name', 'slug', 'description'],
  search: { name: 100, slug: 110, description: 500, comments: 5000 },
  brief: ['name', 'slug', 'description', 'rack_count'],

  file: {
    table: {
      first: ['name', ['rack_count', 'Racks'], 'color', 'description'],
      more: ['id', 'slug', 'comments', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'category',
    columns: ['name', 'rack_count', 'color', 'description'],
    form: {
      'Rack Role': ['name', 'slug', 'color', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_rackrole: RowOf<typeof RackRole>
  }
}
