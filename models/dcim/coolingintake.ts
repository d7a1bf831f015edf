import { choice, choices, decimal, ref, stored, text } from '@demarc/engine/field'
import { model, compare, related, tagged, type RowOf } from '@demarc/engine/model'
import { DiameterUnit, FlowRateUnit } from '../units.ts'

export const CoolingConnectorType = choices('CoolingConnectorType', {
  uqd: ['UQD (Universal Quick Disconnect)'],
  uqdb: ['UQDB (Universal Quick Disconnect, Blind-mate)'],
  qdc: ['QDC (Quick Disconnect Coupling)'],
  camlock: ['Camlock (cam-and-groove)'],
  npt: ['NPT (threaded)'],
  bsp: ['BSP (threaded)'],
  proprietary: ['Proprietary'],
})

export const CoolingIntake = model('dcim.coolingintake', {
  label: 'cooling intake',
  about: 'Where a device takes in coolant.',

  fields: {
    device: ref('dcim.device', { onDelete: 'cascade', inverse: 'coolingintakes' }),
    module: ref('dcim.module', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'coolingintakes',
      filter: { only: 'id' },
      nested: ['id', 'url', 'display', 'device', { module_bay: ['id', 'url', 'display_url', 'display', 'name'] }],
    }),
    name: text({ max: 64, collate: 'natural' }),
    label: text({ blank: true, default: '', help: 'Physical label', max: 64 }),
    type: choice(CoolingConnectorType, { nullable: true, help: 'Physical connector type', filter: { notNull: true } }),
    diameter: decimal({ digits: 8, places: 2, nullable: true }),
    diameter_unit: choice(DiameterUnit, { nullable: true, filter: { notNull: true } }),
    max_flow: decimal({ digits: 8, places: 2, nullable: true }),
    max_flow_unit: choice(FlowRateUnit, { nullable: true, filter: { notNull: true } }),
    cooling_outflow: ref('dcim.coolingoutflow', {
      nullable: true,
      help: 'The upstream cooling outflow supplying this intake',
      onDelete: 'set null',
      inverse: 'coolingintakes',
      filter: { only: 'id' },
      nested: [
        'id',
        'url',
        'display_url',
        'display',
        { device: ['id', 'url', 'display_url', 'display', 'name'] },
        'name',
      ],
    }),
    description: text({ blank: true, default: '', max: 200 }),
    owner: ref('users.owner', { nullable: true, inverse: '+' }),
    _abs_diameter: stored<number | null>('numeric(13,4)', { nullable: true }),
    _abs_max_flow: stored<number | null>('numeric(13,4)', { nullable: true }),
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
  clone: ['device', 'module', 'type', 'diameter', 'diameter_unit', 'max_flow', 'max_flow_unit'],

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
    columns: ['name', 'device', 'label', 'type', 'diameter', 'max_flow', 'cooling_outflow', 'description'],
    form: {
      'Cooling intake': [
        'device',
        'module',
        'name',
        'label',
        'type',
        'diameter',
        'diameter_unit',
        'max_flow',
        'max_flow_unit',
        'cooling_outflow',
        'description',
        'tags',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_coolingintake: RowOf<typeof CoolingIntake>
  }
}
