import { boolean, choice, ref, smallint, stored, text } from '@demarc/engine/field'
import { model, logged, recorded, type RowOf } from '@demarc/engine/model'
import { InterfaceType } from './interface-type.ts'
import { InterfacePoEMode, InterfacePoEType, WirelessRole } from './interface.ts'

export const InterfaceTemplate = model('dcim.interfacetemplate', {
  label: 'interface template',
  about: 'An interface that each new device or module of a type gets.',
  page: false,
  features: recorded,

  fields: {
    device_type: ref('dcim.devicetype', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'interfacetemplates',
      filter: { only: 'id' },
    }),
    module_type: ref('dcim.moduletype', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'interfacetemplates',
      filter: { only: 'id' },
    }),
    name: text({
      help: '{module} is accepted as a substitution for the module bay position when attached to a module type.',
      max: 64,
      collate: 'natural',
    }),
    label: text({ blank: true, default: '', help: 'Physical label', max: 64 }),
    type: choice(InterfaceType, { filter: { notNull: true } }),
    channels: smallint({
      nullable: true,
      help: 'The number of channels into which this interface is channelized',
      min: 1,
      max: 1024,
    }),
    channel_id: smallint({
      nullable: true,
      label: 'channel ID',
      help: 'The channel on the parent interface to which this subinterface is bound',
      min: 1,
      max: 1024,
    }),
    enabled: boolean({ default: true }),
    mgmt_only: boolean({ default: false, label: 'management only' }),
    description: text({ blank: true, default: '', max: 200 }),
    parent: ref('dcim.interfacetemplate', {
      nullable: true,
      label: 'parent interface',
      onDelete: 'restrict',
      inverse: 'child_interfaces',
      filter: { only: 'id' },
      nested: ['id', 'url', 'display', 'name'],
    }),
    bridge: ref('dcim.interfacetemplate', {
      nullable: true,
      label: 'bridge interface',
      onDelete: 'set null',
      inverse: 'bridge_interfaces',
      filter: { only: 'id' },
      nested: ['id', 'url', 'display', 'name'],
    }),
    poe_mode: choice(InterfacePoEMode, { nullable: true, label: 'PoE mode' }),
    poe_type: choice(InterfacePoEType, { nullable: true, label: 'PoE type' }),
    rf_role: choice(WirelessRole, { nullable: true, label: 'wireless role', max: 30 }),
    _name: stored<string>('character varying(100)'),
    ...logged,
  },

  display: { from: ['name', 'label'], as: row => (row.label ? `${row.name} (${row.label})` : row.name) },
  order: ['device_type', 'module_type', 'name'],
  unique: [
    ['device_type', 'name'],
    ['module_type', 'name'],
    ['parent', 'channel_id'],
  ],
  index: [['device_type', 'module_type', 'name']],
  quick: ['name', 'description'],
  brief: ['name', 'description'],

  ui: {
    form: {
      'Interface template': [
        'device_type',
        'module_type',
        'name',
        'label',
        'type',
        'channels',
        'channel_id',
        'enabled',
        'mgmt_only',
        'description',
        'parent',
        'bridge',
      ],
      PoE: ['poe_mode', 'poe_type'],
      Wireless: ['rf_role'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_interfacetemplate: RowOf<typeof InterfaceTemplate>
  }
}
