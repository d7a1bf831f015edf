import { choice, integer } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'
import { endpoint, endpointFilters, endpointKeys, endpointLoads } from './cabling/endpoint.ts'
import { componentFilters, componentRest, componentSpec, modularComponent } from './component.ts'
import { PowerPortType } from './power-port-type.ts'

export const PowerPort = model('dcim.powerport', {
  label: 'power port',
  about: 'An inlet by which a device draws power.',

  fields: {
    ...modularComponent('powerports', 'power_port_count'),
    type: choice(PowerPortType, { nullable: true, help: 'Physical port type', filter: { notNull: true } }),
    maximum_draw: integer({ nullable: true, help: 'Maximum power draw (watts)', min: 1 }),
    allocated_draw: integer({ nullable: true, help: 'Allocated power draw (watts)', min: 1 }),
    ...endpoint,
    ...componentRest,
  },

  ...componentSpec,
  search: { name: 100, label: 200, description: 500, maximum_draw: 2000, allocated_draw: 2000 },
  brief: ['device', 'name', 'description', 'cable', '_occupied'],
  clone: ['device', 'module', 'maximum_draw', 'allocated_draw'],

  loads: endpointLoads('dcim_powerport'),
  derived: endpointKeys,

  filters: { ...componentFilters, ...endpointFilters },

  file: {
    table: {
      first: [
        'name',
        'device',
        'label',
        'type',
        ['maximum_draw', 'Maximum draw (W)'],
        ['allocated_draw', 'Allocated draw (W)'],
        'description',
      ],
      more: [
        'id',
        ['module.module_bay', 'Module Bay'],
        'module',
        ['mark_connected', 'Mark Connected'],
        'cable',
        'cable.color',
        ['link_peers', 'Link Peers'],
        ['connected_endpoints', 'Connection'],
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
    icon: 'plug',
    panels: ['trace'],
    columns: [
      'name',
      'device',
      'label',
      'type',
      'maximum_draw',
      'allocated_draw',
      'cable',
      'connected_endpoints',
      'description',
    ],
    form: {
      'Power port': [
        'device',
        'module',
        'name',
        'label',
        'type',
        'maximum_draw',
        'allocated_draw',
        'mark_connected',
        'description',
        'tags',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_powerport: RowOf<typeof PowerPort>
  }
}
