import { anyRef, ref, stored, text } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'
import { templateName, templateRest, templateSpec } from './component-template.ts'

export const InventoryItemTemplate = model('dcim.inventoryitemtemplate', {
  label: 'inventory item template',
  about: 'An inventory item that each new device or module of a type gets.',
  ...templateSpec,
  tree: true,

  fields: {
    device_type: ref('dcim.devicetype', {
      onDelete: 'cascade',
      inverse: 'inventoryitemtemplates',
      counter: 'inventory_item_template_count',
      filter: { only: 'id' },
    }),
    parent: ref('dcim.inventoryitemtemplate', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'child_items',
      filter: { only: 'id', exact: true },
      bare: true,
    }),
    ...templateName,
    role: ref('dcim.inventoryitemrole', { nullable: true, inverse: 'inventory_item_templates' }),
    manufacturer: ref('dcim.manufacturer', { nullable: true, inverse: 'inventory_item_templates' }),
    part_id: text({
      blank: true,
      default: '',
      label: 'part ID',
      help: 'Manufacturer-assigned part identifier',
      max: 50,
    }),
    component: anyRef(
      [
        'dcim.consoleporttemplate',
        'dcim.consoleserverporttemplate',
        'dcim.coolingintaketemplate',
        'dcim.coolingoutflowtemplate',
        'dcim.frontporttemplate',
        'dcim.interfacetemplate',
        'dcim.poweroutlettemplate',
        'dcim.powerporttemplate',
        'dcim.rearporttemplate',
      ],
      { nullable: true },
    ),
    path: stored<string>('ltree', { default: '' }),
    ...templateRest,
  },

  resets: ['parent', 'manufacturer'],
  order: ['device_type_id', 'parent_id', 'name'],
  unique: [['device_type', 'parent', 'name']],
  quick: ['name', 'part_id', 'description'],
  brief: ['name', 'description', '_depth'],

  file: { document: ['parent', 'name', 'label', 'role', 'manufacturer', 'part_id', 'description'] },

  ui: {
    form: {
      'Inventory item template': [
        'device_type',
        'parent',
        'name',
        'label',
        'role',
        'manufacturer',
        'part_id',
        'description',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_inventoryitemtemplate: RowOf<typeof InventoryItemTemplate>
  }
}
