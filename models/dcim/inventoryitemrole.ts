import { color } from '@demarc/engine/field'
import { model, organizational, type RowOf } from '@demarc/engine/model'

export const InventoryItemRole = model('dcim.inventoryitemrole', {
  label: 'inventory item role',
  about: 'The function of an inventory item.',

  fields: {
    color: color({ default: '9e9e9e' }),
    ...organizational,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  counts: {
    inventoryitem_count: 'dcim.inventoryitem.role',
  },
  quick: ['name', 'slug', 'description'],
  search: { name: 100, slug: 110, description: 500, comments: 5000 },
  brief: ['name', 'slug', 'description', 'inventoryitem_count'],

  file: {
    table: {
      first: ['name', ['inventoryitem_count', 'Items'], 'color', 'description'],
      more: ['id', 'slug', 'comments', 'tags', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'category',
    columns: ['name', 'inventoryitem_count', 'color', 'description'],
    form: {
      'Inventory Item Role': ['name', 'slug', 'color', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_inventoryitemrole: RowOf<typeof InventoryItemRole>
  }
}
