import { boolean, choice, list, ref, smallint, text } from '@demarc/engine/field'
import { model, compare, related, tagged, type RowOf } from '@demarc/engine/model'
import { CableEnd } from './cabletermination.ts'
import { ConsolePortSpeed, ConsolePortType } from './consoleport.ts'

export const ConsoleServerPort = model('dcim.consoleserverport', {
  label: 'console server port',
  about: 'A port that gives access to the console ports of other devices.',

  fields: {
    device: ref('dcim.device', { onDelete: 'cascade', inverse: 'consoleserverports' }),
    module: ref('dcim.module', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'consoleserverports',
      filter: { only: 'id' },
      nested: ['id', 'url', 'display', 'device', { module_bay: ['id', 'url', 'display_url', 'display', 'name'] }],
    }),
    name: text({ max: 64, collate: 'natural' }),
    label: text({ blank: true, default: '', help: 'Physical label', max: 64 }),
    type: choice(ConsolePortType, { nullable: true, help: 'Physical port type', filter: { notNull: true } }),
    speed: choice(ConsolePortSpeed, {
      nullable: true,
      help: 'Port speed in bits per second',
      filter: { single: true },
      column: 'integer',
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
  search: { name: 100, label: 200, description: 500, speed: 2000 },
  brief: ['device', 'name', 'description', 'cable', '_occupied'],
  clone: ['device', 'module', 'type', 'speed'],

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
    columns: ['name', 'device', 'label', 'type', 'speed', 'description'],
    form: {
      'Console server port': [
        'device',
        'module',
        'name',
        'label',
        'type',
        'speed',
        'mark_connected',
        'description',
        'tags',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_consoleserverport: RowOf<typeof ConsoleServerPort>
  }
}
