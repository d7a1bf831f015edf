import { boolean, choice, ref, smallint, stored } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'
import { modularTemplate, modularTemplateSpec, templateRest } from './component-template.ts'
import { InterfaceType } from './interface-type.ts'
import { InterfacePoEMode, InterfacePoEType, WirelessRole } from './interface.ts'

export const InterfaceTemplate = model('dcim.interfacetemplate', {
  label: 'interface template',
  about: 'An interface that each new device or module of a type gets.',
  ...modularTemplateSpec,
  patterns: ['name', 'label', 'channel_id'],

  fields: {
    ...modularTemplate('interfacetemplates', 'interface_template_count'),
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
    parent: ref('dcim.interfacetemplate', {
      nullable: true,
      label: 'parent interface',
      onDelete: 'restrict',
      inverse: 'child_interfaces',
      filter: { only: 'id' },
      nested: ['id', 'url', 'display', 'name'],
    }),
    bridge: ref('dcim.interfacetemplate', {
      file: false,
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
    ...templateRest,
  },

  unique: [...modularTemplateSpec.unique, ['parent', 'channel_id']],

  file: {
    document: [
      'name',
      'type',
      'channels',
      'channel_id',
      'enabled',
      'mgmt_only',
      'label',
      'description',
      'parent',
      'bridge',
      'poe_mode',
      'poe_type',
      'rf_role',
    ],
  },

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
