import { choice, choices, integer, ref, smallint, text } from '@demarc/engine/field'
import { model, primary, related, type RowOf } from '@demarc/engine/model'
import { endpoint, endpointFilters, endpointKeys, endpointLoads } from './cabling/endpoint.ts'

export const PowerFeedStatus = choices('dcim.PowerFeed.status', {
  offline: ['Offline', 'gray'],
  active: ['Active', 'green'],
  planned: ['Planned', 'blue'],
  failed: ['Failed', 'red'],
})

export const PowerFeedType = choices('PowerFeedType', {
  primary: ['Primary', 'green'],
  redundant: ['Redundant', 'cyan'],
})

export const PowerFeedSupply = choices('PowerFeedSupply', {
  ac: ['AC'],
  dc: ['DC'],
})

export const PowerFeedPhase = choices('PowerFeedPhase', {
  'single-phase': ['Single phase'],
  'three-phase': ['Three-phase'],
})

export const PowerFeed = model('dcim.powerfeed', {
  label: 'power feed',
  about: 'A line of power from a panel, usually to a rack.',

  fields: {
    power_panel: ref('dcim.powerpanel', {
      file: { within: { site: 'site', location: 'location' } },
      inverse: 'powerfeeds',
      filter: { only: 'id' },
    }),
    rack: ref('dcim.rack', {
      file: { within: { site: 'site', location: 'location' } },
      nullable: true,
      inverse: 'powerfeeds',
      filter: { only: 'id' },
    }),
    name: text({ max: 100, collate: 'natural' }),
    status: choice(PowerFeedStatus, { default: 'active', filter: { notNull: true } }),
    type: choice(PowerFeedType, { default: 'primary', filter: { single: true } }),
    supply: choice(PowerFeedSupply, { default: 'ac', filter: { single: true } }),
    phase: choice(PowerFeedPhase, { default: 'single-phase', filter: { single: true } }),
    voltage: smallint({ default: 120 }),
    amperage: smallint({ default: 15, min: 1 }),
    max_utilization: smallint({ default: 80, help: 'Maximum permissible draw (percentage)', min: 1, max: 100 }),
    ...endpoint,
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'power_feeds' }),
    available_power: integer({ default: 0, hidden: true }),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  resets: ['rack', 'type', 'status', 'supply', 'phase'],
  order: ['power_panel', 'name'],
  unique: [['power_panel', 'name']],
  quick: ['name', 'description', 'power_panel.name', 'comments'],
  search: { name: 100, description: 500, comments: 5000 },
  brief: ['name', 'description', 'cable', '_occupied'],
  clone: [
    'power_panel',
    'rack',
    'status',
    'type',
    'mark_connected',
    'supply',
    'phase',
    'voltage',
    'amperage',
    'max_utilization',
    'tenant',
  ],

  loads: endpointLoads('dcim_powerfeed'),
  derived: endpointKeys,

  filters: {
    ...endpointFilters,
    region: related('power_panel.site.region'),
    site_group: related('power_panel.site.group'),
    site: related('power_panel.site'),
    location: related('power_panel.location'),
  },

  file: {
    table: {
      first: [
        'name',
        ['power_panel', 'Power Panel'],
        'rack',
        'status',
        'type',
        'supply',
        'voltage',
        'amperage',
        'phase',
        'cable',
        ['link_peers', 'Link Peers'],
      ],
      more: [
        'id',
        ['rack.site', 'Site'],
        ['max_utilization', 'Max Utilization'],
        ['mark_connected', 'Mark Connected'],
        'cable.color',
        ['available_power', 'Available Power (VA)'],
        'tenant',
        'tenant.group',
        'description',
        'comments',
        'tags',
        'created',
        'last_updated',
        'owner.group',
        'owner',
      ],
    },
    columns: { site: { to: 'dcim.site' }, location: { to: 'dcim.location', within: { site: 'site' } } },
  },

  ui: {
    icon: 'bolt',
    panels: ['trace'],
    columns: [
      'name',
      'power_panel',
      'rack',
      'status',
      'type',
      'supply',
      'voltage',
      'amperage',
      'phase',
      'cable',
      'connected_endpoints',
    ],
    form: {
      'Power Feed': ['power_panel', 'rack', 'name', 'status', 'type', 'description', 'mark_connected', 'tags'],
      Characteristics: ['supply', 'voltage', 'amperage', 'phase', 'max_utilization'],
      Tenancy: ['tenant'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_powerfeed: RowOf<typeof PowerFeed>
  }
}
