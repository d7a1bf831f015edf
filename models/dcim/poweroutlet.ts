import { boolean, choice, choices, color, list, ref, smallint, text } from '@demarc/engine/field'
import { model, compare, related, tagged, type RowOf } from '@demarc/engine/model'
import { CableEnd } from './cabletermination.ts'
import { PowerOutletType } from './power-outlet-type.ts'

export const PowerOutletStatus = choices('dcim.PowerOutlet.status', {
  enabled: ['Enabled', 'green'],
  disabled: ['Disabled', 'red'],
  faulty: ['Faulty', 'gray'],
})

export const PowerOutletFeedLeg = choices('PowerOutletFeedLeg', {
  A: ['A'],
  B: ['B'],
  C: ['C'],
})

export const PowerOutlet = model('dcim.poweroutlet', {
  label: 'power outlet',
  about: 'An outlet that supplies power to other devices.',

  fields: {
    device: ref('dcim.device', { onDelete: 'cascade', inverse: 'poweroutlets' }),
    module: ref('dcim.module', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'poweroutlets',
      filter: { only: 'id' },
      nested: ['id', 'url', 'display', 'device', { module_bay: ['id', 'url', 'display_url', 'display', 'name'] }],
    }),
    name: text({ max: 64, collate: 'natural' }),
    label: text({ blank: true, default: '', help: 'Physical label', max: 64 }),
    type: choice(PowerOutletType, { nullable: true, help: 'Physical port type', filter: { notNull: true } }),
    status: choice(PowerOutletStatus, { default: 'enabled', filter: { notNull: true } }),
    color: color({ blank: true, default: '' }),
    power_port: ref('dcim.powerport', {
      nullable: true,
      onDelete: 'set null',
      inverse: 'poweroutlets',
      filter: { only: 'id' },
    }),
    feed_leg: choice(PowerOutletFeedLeg, {
      nullable: true,
      help: 'Phase (for three-phase feeds)',
      filter: { notNull: true },
    }),
    description: text({ blank: true, default: '', max: 200 }),
    mark_connected: boolean({ default: false, help: 'Treat as if a cable is connected' }),
    cable: ref('dcim.cable', {
      nullable: true,
      readonly: true,
      onDelete: 'set null',
      inverse: '+',
      filter: { only: 'id' },
    }),
    cable_end: choice(CableEnd, { nullable: true, readonly: true, filter: { single: true }, max: 1 }),
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
    cable_connector: smallint({ nullable: true, hidden: true }),
    cable_positions: list({ nullable: true, hidden: true, of: 'smallint' }),
    _path: ref('dcim.cablepath', { nullable: true, hidden: true, onDelete: 'set null', inverse: '+', filter: false }),
    ...tagged,
  },

  display: { from: ['name', 'label'], as: row => (row.label ? `${row.name} (${row.label})` : row.name) },
  order: ['device', 'name'],
  unique: [['device', 'name']],
  quick: ['name', 'label', 'description'],
  search: { name: 100, label: 200, description: 500 },
  brief: ['device', 'name', 'description', 'cable', '_occupied'],
  clone: ['device', 'module', 'type', 'power_port', 'feed_leg'],

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
    cabled: compare('cable', { match: 'boolean', lookup: 'isset' }),
  },

  ui: {
    columns: ['name', 'label', 'type', 'status', 'color', 'power_port', 'feed_leg', 'description', 'cable'],
    form: {
      'Power outlet': [
        'device',
        'module',
        'name',
        'label',
        'type',
        'status',
        'color',
        'power_port',
        'feed_leg',
        'mark_connected',
        'description',
        'tags',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_poweroutlet: RowOf<typeof PowerOutlet>
  }
}
