import { choice, decimal, ref, stored, text } from '@demarc/engine/field'
import { model, compare, related, tagged, type RowOf } from '@demarc/engine/model'
import { DiameterUnit } from '../units.ts'
import { CoolingConnectorType } from './coolingintake.ts'

export const CoolingOutflow = model('dcim.coolingoutflow', {
  label: 'cooling outflow',
  about: 'Where a device gives back coolant.',

  fields: {
    device: ref('dcim.device', { onDelete: 'cascade', inverse: 'coolingoutflows' }),
    module: ref('dcim.module', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'coolingoutflows',
      filter: { only: 'id' },
      nested: ['id', 'url', 'display', 'device', { module_bay: ['id', 'url', 'display_url', 'display', 'name'] }],
    }),
    name: text({ max: 64, collate: 'natural' }),
    label: text({ blank: true, default: '', help: 'Physical label', max: 64 }),
    type: choice(CoolingConnectorType, { nullable: true, help: 'Physical connector type', filter: { notNull: true } }),
    diameter: decimal({ digits: 8, places: 2, nullable: true }),
    diameter_unit: choice(DiameterUnit, { nullable: true, filter: { notNull: true } }),
    cooling_intake: ref('dcim.coolingintake', {
      nullable: true,
      onDelete: 'set null',
      inverse: 'coolingoutflows',
      filter: { only: 'id' },
    }),
    description: text({ blank: true, default: '', max: 200 }),
    owner: ref('users.owner', { nullable: true, inverse: '+' }),
    _abs_diameter: stored<number | null>('numeric(13,4)', { nullable: true }),
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
  brief: ['device', 'name', 'description'],
  clone: ['device', 'module', 'type', 'diameter', 'diameter_unit', 'cooling_intake'],

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
    columns: ['name', 'device', 'label', 'type', 'diameter', 'cooling_intake', 'description'],
    form: {
      'Cooling outflow': [
        'device',
        'module',
        'name',
        'label',
        'type',
        'diameter',
        'diameter_unit',
        'cooling_intake',
        'description',
        'tags',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_coolingoutflow: RowOf<typeof CoolingOutflow>
  }
}
