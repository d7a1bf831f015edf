import { anyRef, boolean, choice, choices, ref, stored, text } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'
import { componentFilters, componentName, componentRest, namedAndLabelled } from './component.ts'

export const InventoryItemStatus = choices('dcim.InventoryItem.status', {
  offline: ['Offline', 'gray'],
  active: ['Active', 'green'],
  planned: ['Planned', 'cyan'],
  staged: ['Staged', 'blue'],
  failed: ['Failed', 'red'],
  decommissioning: ['Decommissioning', 'yellow'],
})

export const InventoryItem = model('dcim.inventoryitem', {
  label: 'inventory item',
  about: 'A part of a device that is worth keeping track of. Inventory items nest.',
  tree: true,

  fields: {
    device: ref('dcim.device', { onDelete: 'cascade', inverse: 'inventoryitems', counter: 'inventory_item_count' }),
    parent: ref('dcim.inventoryitem', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'child_items',
      filter: { only: 'id', exact: true },
      bare: true,
    }),
    ...componentName,
    status: choice(InventoryItemStatus, { default: 'active', filter: { notNull: true } }),
    role: ref('dcim.inventoryitemrole', { nullable: true, inverse: 'inventory_items' }),
    manufacturer: ref('dcim.manufacturer', { nullable: true, inverse: 'inventory_items' }),
    part_id: text({
      blank: true,
      default: '',
      label: 'part ID',
      help: 'Manufacturer-assigned part identifier',
      max: 50,
    }),
    serial: text({ blank: true, default: '', label: 'serial number', max: 50, filter: { ignoreCase: true } }),
    asset_tag: text({ nullable: true, unique: true, help: 'A unique tag used to identify this item', max: 50 }),
    discovered: boolean({ default: false, help: 'This item was automatically discovered' }),
    component: anyRef(
      [
        'dcim.consoleport',
        'dcim.consoleserverport',
        'dcim.coolingintake',
        'dcim.coolingoutflow',
        'dcim.frontport',
        'dcim.interface',
        'dcim.poweroutlet',
        'dcim.powerport',
        'dcim.rearport',
      ],
      { nullable: true, inverse: 'inventory_items' },
    ),
    path: stored<string>('ltree', { default: '' }),
    ...componentRest,
  },

  display: namedAndLabelled,
  order: ['name', 'id'],
  index: [['name', 'id']],
  partOf: ['device'],
  resets: ['parent', 'manufacturer'],
  unique: [['device', 'parent', 'name']],
  quick: ['name', 'part_id', 'serial', 'asset_tag', 'description'],
  patterns: ['name', 'label'],
  search: { asset_tag: 50, serial: 60, name: 100, label: 200, description: 500, part_id: 2000 },
  brief: ['device', 'name', 'description', '_depth'],
  clone: ['device', 'parent', 'role', 'manufacturer', 'status', 'part_id'],

  filters: componentFilters,

  file: {
    table: {
      first: ['name', 'device', 'label', 'status', 'role', 'manufacturer', 'part_id', 'serial', 'asset_tag'],
      more: [
        'id',
        'parent',
        'component',
        'description',
        'discovered',
        'tags',
        'created',
        'last_updated',
        'device.location',
        'device.site',
        'device.status',
      ],
    },
    columns: { component_name: { typed: 'component_type', within: { device: 'device' }, sets: 'component' } },
  },

  ui: {
    icon: 'list-details',
    columns: [
      'name',
      'device',
      'label',
      'status',
      'role',
      'manufacturer',
      'part_id',
      'serial',
      'asset_tag',
      'component',
    ],
    form: {
      'Inventory Item': ['device', 'parent', 'name', 'label', 'status', 'role', 'description', 'tags'],
      Hardware: ['manufacturer', 'part_id', 'serial', 'asset_tag'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_inventoryitem: RowOf<typeof InventoryItem>
  }
}
