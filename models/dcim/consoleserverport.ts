import { choice } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'
import { endpoint, endpointFilters, endpointKeys, endpointLoads } from './cabling/endpoint.ts'
import { componentFilters, componentRest, componentSpec, modularComponent } from './component.ts'
import { ConsolePortSpeed, ConsolePortType } from './consoleport.ts'

export const ConsoleServerPort = model('dcim.consoleserverport', {
  label: 'console server port',
  about: 'A port that gives access to the console ports of other devices.',

  fields: {
    ...modularComponent('consoleserverports', 'console_server_port_count'),
    type: choice(ConsolePortType, { nullable: true, help: 'Physical port type', filter: { notNull: true } }),
    speed: choice(ConsolePortSpeed, {
      nullable: true,
      help: 'Port speed in bits per second',
      filter: { single: true },
      column: 'integer',
    }),
    ...endpoint,
    ...componentRest,
  },

  ...componentSpec,
  search: { name: 100, label: 200, description: 500, speed: 2000 },
  brief: ['device', 'name', 'description', 'cable', '_occupied'],
  clone: ['device', 'module', 'type', 'speed'],

  loads: endpointLoads('dcim_consoleserverport'),
  derived: endpointKeys,

  filters: { ...componentFilters, ...endpointFilters },

  file: {
    table: {
      first: ['name', 'device', 'label', 'type', 'speed', 'description'],
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
    icon: 'terminal-2',
    panels: ['trace'],
    columns: ['name', 'device', 'label', 'type', 'speed', 'cable', 'connected_endpoints', 'description'],
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
