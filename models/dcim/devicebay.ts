import { boolean, ref } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'
import { componentFilters, componentRest, componentSpec, deviceComponent } from './component.ts'

export const DeviceBay = model('dcim.devicebay', {
  label: 'device bay',
  about: 'A slot of a chassis that takes a child device.',

  fields: {
    ...deviceComponent('devicebays', 'device_bay_count'),
    enabled: boolean({ file: { defaults: true }, default: true }),
    installed_device: ref('dcim.device', { nullable: true, unique: true, onDelete: 'set null', inverse: 'parent_bay' }),
    ...componentRest,
  },

  ...componentSpec,
  search: { name: 100, label: 200, description: 500 },
  brief: ['device', 'name', 'enabled', 'description', '_occupied'],
  clone: ['device', 'enabled'],

  derived: {
    _occupied: {
      from: ['enabled', 'installed_device_id'],
      wire: 'boolean',
      as: row => !row.enabled || row.installed_device_id !== null,
    },
  },

  filters: componentFilters,

  file: {
    table: {
      first: ['name', 'device', 'label', 'enabled', 'status', ['installed_device', 'Installed Device'], 'description'],
      more: [
        'id',
        ['installed_device.role', 'Installed Role'],
        ['installed_device.device_type', 'Installed Type'],
        ['installed_device.description', 'Installed Description'],
        ['installed_device.serial', 'Installed Serial'],
        ['installed_device.asset_tag', 'Installed Asset Tag'],
        'tags',
        'created',
        'last_updated',
        'device.location',
        'device.site',
        'device.status',
      ],
    },
  },

  ui: {
    icon: 'layout-grid',
    columns: ['name', 'device', 'label', 'enabled', 'installed_device', 'description'],
    form: {
      'Device bay': ['device', 'name', 'label', 'enabled', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_devicebay: RowOf<typeof DeviceBay>
  }
}
