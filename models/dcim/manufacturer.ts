import { model, everyday, organizational, type RowOf } from '@demarc/engine/model'

export const Manufacturer = model('dcim.manufacturer', {
  label: 'manufacturer',
  about: 'A company that makes devices, modules or racks.',
  features: [...everyday, 'contacts'],

  fields: {
    ...organizational,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  counts: {
    devicetype_count: 'dcim.devicetype.manufacturer',
    moduletype_count: 'dcim.moduletype.manufacturer',
    inventoryitem_count: 'dcim.inventoryitem.manufacturer',
    platform_count: 'dcim.platform.manufacturer',
  },
  quick: ['name', 'slug', 'description'],
  search: { name: 100, slug: 110, description: 500, comments: 5000 },
  brief: ['name', 'slug', 'description'],

  file: {
    table: {
      first: [
        'name',
        ['racktype_count', 'Rack Types'],
        ['devicetype_count', 'Device Types'],
        ['moduletype_count', 'Module Types'],
        ['inventoryitem_count', 'Inventory Items'],
        ['platform_count', 'Platforms'],
        'description',
        'slug',
      ],
      more: ['id', 'comments', 'tags', 'contacts', 'created', 'last_updated', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'building-factory-2',
    columns: [
      'name',
      'devicetype_count',
      'moduletype_count',
      'inventoryitem_count',
      'platform_count',
      'description',
      'slug',
    ],
    form: {
      Manufacturer: ['name', 'slug', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_manufacturer: RowOf<typeof Manufacturer>
  }
}
