import { model, organizational, type RowOf } from '@demarc/engine/model'

export const RackGroup = model('dcim.rackgroup', {
  label: 'rack group',
  about: 'Racks that stand together, as a row or a cage.',

  fields: {
    ...organizational,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  counts: {
    rack_count: 'dcim.rack.group',
  },
  quick: ['name', 'slug', 'description'],
  search: { name: 100, slug: 110, description: 500, comments: 5000 },
  brief: ['name', 'slug', 'description', 'rack_count'],

  file: {
    table: {
      first: ['name', ['rack_count', 'Racks'], 'description'],
      more: ['id', 'slug', 'comments', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'folders',
    columns: ['name', 'rack_count', 'description'],
    form: {
      'Rack Group': ['name', 'slug', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_rackgroup: RowOf<typeof RackGroup>
  }
}
