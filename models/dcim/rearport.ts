import { choice, color, smallint } from '@demarc/engine/field'
import { model, related, type RowOf } from '@demarc/engine/model'
import { cabled, cabledFilters, cabledKeys, cableOf } from './cabling/cabled.ts'
import { mappedPorts } from './cabling/mapping.ts'
import { componentFilters, componentRest, componentSpec, modularComponent } from './component.ts'
import { PortType } from './port-type.ts'

export const RearPort = model('dcim.rearport', {
  label: 'rear port',
  about: 'A port on the rear of a patch panel, to which front ports lead.',

  fields: {
    ...modularComponent('rearports', 'rear_port_count'),
    type: choice(PortType, { filter: { notNull: true } }),
    color: color({ blank: true, default: '' }),
    positions: smallint({ default: 1, min: 1, max: 1024 }),
    ...cabled,
    ...componentRest,
  },

  ...componentSpec,
  search: { name: 100, label: 200, description: 500 },
  brief: ['device', 'name', 'description', 'cable', '_occupied'],
  clone: ['device', 'type', 'color', 'positions'],

  loads: { cable: cableOf('dcim_rearport') },
  derived: { front_ports: mappedPorts('dcim_portmapping', 'rear_port', 'dcim.frontport'), ...cabledKeys },

  filters: {
    ...componentFilters,
    ...cabledFilters,
    front_port: related('mappings.front_port', { only: 'id' }),
  },

  file: {
    table: {
      first: ['name', 'device', 'label', 'type', 'color', 'positions', ['front_ports', 'Mappings'], 'description'],
      more: [
        'id',
        ['module.module_bay', 'Module Bay'],
        'module',
        ['mark_connected', 'Mark Connected'],
        'cable',
        'cable.color',
        ['link_peers', 'Link Peers'],
        ['inventory_items', 'Inventory Items'],
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
    icon: 'plug-connected',
    panels: ['trace'],
    columns: ['name', 'device', 'label', 'type', 'color', 'positions', 'cable', 'link_peers', 'description'],
    form: {
      'Rear port': [
        'device',
        'module',
        'name',
        'label',
        'type',
        'color',
        'positions',
        'mark_connected',
        'description',
        'tags',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_rearport: RowOf<typeof RearPort>
  }
}
