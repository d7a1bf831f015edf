import { choice, choices, color, ref } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'
import { endpoint, endpointFilters, endpointKeys, endpointLoads } from './cabling/endpoint.ts'
import { componentFilters, componentRest, componentSpec, modularComponent } from './component.ts'
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
    ...modularComponent('poweroutlets', 'power_outlet_count'),
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
    ...endpoint,
    ...componentRest,
  },

  ...componentSpec,
  search: { name: 100, label: 200, description: 500 },
  brief: ['device', 'name', 'description', 'cable', '_occupied'],
  clone: ['device', 'module', 'type', 'power_port', 'feed_leg'],

  loads: endpointLoads('dcim_poweroutlet'),
  derived: endpointKeys,

  filters: { ...componentFilters, ...endpointFilters },

  file: {
    table: {
      first: [
        'name',
        'device',
        'label',
        'type',
        'status',
        'color',
        ['power_port', 'Power Port'],
        'feed_leg',
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
    icon: 'outlet',
    panels: ['trace'],
    columns: [
      'name',
      'device',
      'label',
      'type',
      'status',
      'color',
      'power_port',
      'feed_leg',
      'cable',
      'connected_endpoints',
      'description',
    ],
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
