import { choice, color, smallint } from '@demarc/engine/field'
import { model, related, type RowOf } from '@demarc/engine/model'
import { cabled, cabledFilters, cabledKeys, cableOf } from './cabling/cabled.ts'
import { mappedPorts } from './cabling/mapping.ts'
import { componentFilters, componentRest, componentSpec, modularComponent } from './component.ts'
import { PortType } from './port-type.ts'

export const FrontPort = model('dcim.frontport', {
  label: 'front port',
  about: 'A port on the front of a patch panel, which leads to a rear port.',

  fields: {
    ...modularComponent('frontports', 'front_port_count'),
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

  loads: { cable: cableOf('dcim_frontport') },
  derived: { rear_ports: mappedPorts('dcim_portmapping', 'front_port', 'dcim.rearport'), ...cabledKeys },

  filters: {
    ...componentFilters,
    ...cabledFilters,
    rear_port: related('mappings.rear_port', { only: 'id' }),
  },

  file: {
    table: {
      first: ['name', 'device', 'label', 'type', 'color', 'positions', ['rear_ports', 'Mappings'], 'description'],
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
    columns: { rear_port: { to: 'dcim.rearport', within: { device: 'device' } }, rear_port_position: {} },
    item(item, { rear_port, rear_port_position }) {
      if (rear_port)
        item['rear_ports'] = [{ position: 1, rear_port, rear_port_position: Number(rear_port_position || 1) }]
    },
  },

  ui: {
    icon: 'plug-connected',
    panels: ['trace'],
    columns: ['name', 'device', 'label', 'type', 'color', 'positions', 'cable', 'link_peers', 'description'],
    form: {
      'Front port': [
        'device',
        'module',
        'name',
        'label',
        'type',
        'color',
        'positions',
        'rear_ports',
        'mark_connected',
        'description',
        'tags',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_frontport: RowOf<typeof FrontPort>
  }
}
