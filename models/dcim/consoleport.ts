import { choice, choices } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'
import { endpoint, endpointFilters, endpointKeys, endpointLoads } from './cabling/endpoint.ts'
import { componentFilters, componentRest, componentSpec, modularComponent } from './component.ts'

export const ConsolePortType = choices('ConsolePortType', {
  'de-9': ['DE-9'],
  'db-25': ['DB-25'],
  'rj-11': ['RJ-11'],
  'rj-12': ['RJ-12'],
  'rj-45': ['RJ-45'],
  'mini-din-8': ['Mini-DIN 8'],
  'usb-a': ['USB Type A'],
  'usb-b': ['USB Type B'],
  'usb-c': ['USB Type C'],
  'usb-mini-a': ['USB Mini A'],
  'usb-mini-b': ['USB Mini B'],
  'usb-micro-a': ['USB Micro A'],
  'usb-micro-b': ['USB Micro B'],
  'usb-micro-ab': ['USB Micro AB'],
  other: ['Other'],
})

export const ConsolePortSpeed = choices('ConsolePortSpeed', {
  1200: ['1200 bps'],
  2400: ['2400 bps'],
  4800: ['4800 bps'],
  9600: ['9600 bps'],
  19200: ['19.2 kbps'],
  38400: ['38.4 kbps'],
  57600: ['57.6 kbps'],
  115200: ['115.2 kbps'],
})

export const ConsolePort = model('dcim.consoleport', {
  label: 'console port',
  about: 'A port through which a device is managed over a console line.',

  fields: {
    ...modularComponent('consoleports', 'console_port_count'),
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

  loads: endpointLoads('dcim_consoleport'),
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
      'Console port': ['device', 'module', 'name', 'label', 'type', 'speed', 'mark_connected', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_consoleport: RowOf<typeof ConsolePort>
  }
}
