import { boolean, ref, text } from '@demarc/engine/field'
import { model, compare, related, tagged, type RowOf } from '@demarc/engine/model'

export const DeviceBay = model('dcim.devicebay', {
  label: 'device bay',
  about: 'A slot of a chassis that takes a child device.',

  fields: {
    device: ref('dcim.device', { onDelete: 'cascade', inverse: 'devicebays' }),
    name: text({ max: 64, collate: 'natural' }),
    label: text({ blank: true, default: '', help: 'Physical label', max: 64 }),
    enabled: boolean({ default: true }),
    description: text({ blank: true, default: '', max: 200 }),
    installed_device: ref('dcim.device', { nullable: true, unique: true, onDelete: 'set null', inverse: 'parent_bay' }),
    owner: ref('users.owner', { nullable: true, inverse: '+' }),
    _site: ref('dcim.site', { nullable: true, hidden: true, onDelete: 'set null', inverse: '+', filter: false }),
    _location: ref('dcim.location', {
      nullable: true,
      hidden: true,
      onDelete: 'set null',
      inverse: '+',
      filter: false,
    }),
    _rack: ref('dcim.rack', { nullable: true, hidden: true, onDelete: 'set null', inverse: '+', filter: false }),
    ...tagged,
  },

  display: { from: ['name', 'label'], as: row => (row.label ? `${row.name} (${row.label})` : row.name) },
  order: ['device', 'name'],
  unique: [['device', 'name']],
  quick: ['name', 'label', 'description'],
  search: { name: 100, label: 200, description: 500 },
  brief: ['device', 'name', 'enabled', 'description', '_occupied'],
  clone: ['device', 'enabled'],

  filters: {
    region: related('device.site.region'),
    site_group: related('device.site.group'),
    site: related('_site'),
    location: related('_location', { exact: true }),
    rack: related('_rack'),
    device_type: related('device.device_type', { by: 'model' }),
    device_role: related('device.role', { exact: true }),
    virtual_chassis: related('device.virtual_chassis'),
    device_status: compare('device.status'),
    tenant: related('device.tenant'),
  },

  ui: {
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
