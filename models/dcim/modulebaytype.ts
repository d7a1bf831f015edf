import { color, ref, slug, text } from '@demarc/engine/field'
import { model, primary, related, type RowOf } from '@demarc/engine/model'

export const ModuleBayType = model('dcim.modulebaytype', {
  label: 'module bay type',
  about: 'A kind of module bay, which tells which modules fit.',

  fields: {
    name: text({ max: 100 }),
    slug: slug(),
    manufacturer: ref('dcim.manufacturer', { nullable: true, inverse: 'module_bay_types' }),
    color: color({ blank: true, default: '' }),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['manufacturer', 'name'],
  unique: [
    { columns: ['manufacturer', 'name'], nulls: 'same' },
    { columns: ['manufacturer', 'slug'], nulls: 'same' },
  ],
  quick: ['name', 'slug', 'description', 'comments'],
  search: { name: 100, slug: 110, description: 500, comments: 5000 },
  brief: ['name', 'slug', 'manufacturer', 'color', 'description'],
  clone: ['manufacturer', 'color'],

  filters: {
    module_type: related('module_types', { only: 'id' }),
    module_bay_template: related('module_bay_templates', { only: 'id' }),
    module_bay: related('module_bays', { only: 'id', exact: true }),
  },

  file: {
    table: {
      first: ['name', 'manufacturer', 'color', 'description'],
      more: ['id', 'slug', 'comments', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'category',
    columns: ['name', 'manufacturer', 'color', 'description'],
    form: {
      'Module Bay Type': ['name', 'slug', 'manufacturer', 'color', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_modulebaytype: RowOf<typeof ModuleBayType>
  }
}
