import { choice, choices, decimal, ref, stored, text } from '@demarc/engine/field'
import { model, primary, related, type RowOf } from '@demarc/engine/model'
import { FlowRateUnit } from '../units.ts'

export const CoolingFeedStatus = choices('dcim.CoolingFeed.status', {
  offline: ['Offline', 'gray'],
  active: ['Active', 'green'],
  planned: ['Planned', 'blue'],
  failed: ['Failed', 'red'],
})

export const CoolingFeed = model('dcim.coolingfeed', {
  label: 'cooling feed',
  about: 'A loop of coolant that leaves a cooling source.',

  fields: {
    cooling_source: ref('dcim.coolingsource', {
      file: { within: { site: 'site', location: 'location' } },
      inverse: 'cooling_feeds',
      filter: { only: 'id' },
    }),
    rack: ref('dcim.rack', {
      file: { within: { site: 'site', location: 'location' } },
      nullable: true,
      inverse: 'cooling_feeds',
      filter: { only: 'id' },
    }),
    name: text({ max: 100, collate: 'natural' }),
    status: choice(CoolingFeedStatus, { default: 'active', filter: { notNull: true } }),
    cooling_capacity: decimal({ digits: 10, places: 2, min: 0, nullable: true, help: 'Rated cooling capacity (kW)' }),
    max_flow: decimal({ digits: 8, places: 2, min: 0.01, nullable: true }),
    max_flow_unit: choice(FlowRateUnit, { nullable: true, filter: { notNull: true } }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'cooling_feeds' }),
    _abs_max_flow: stored<number | null>('numeric(13,4)', { nullable: true }),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  resets: ['rack', 'status'],
  order: ['cooling_source', 'name'],
  unique: [['cooling_source', 'name']],
  quick: ['name', 'description', 'cooling_source.name', 'comments'],
  search: { name: 100, description: 500, comments: 5000 },
  brief: ['name', 'description'],
  clone: ['cooling_source', 'rack', 'status', 'cooling_capacity', 'max_flow', 'max_flow_unit', 'tenant'],

  filters: {
    region: related('cooling_source.site.region'),
    site_group: related('cooling_source.site.group'),
    site: related('cooling_source.site'),
  },

  file: {
    table: {
      first: [
        'name',
        ['cooling_source', 'Cooling Source'],
        'rack',
        'status',
        ['cooling_capacity', 'Cooling Capacity (kW)'],
        ['max_flow', 'Max Flow'],
      ],
      more: [
        'id',
        ['rack.site', 'Site'],
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
    icon: 'wind',
    columns: ['name', 'cooling_source', 'rack', 'status', 'cooling_capacity', 'max_flow'],
    form: {
      'Cooling Feed': ['cooling_source', 'rack', 'name', 'status', 'description', 'tags'],
      Characteristics: ['cooling_capacity', 'max_flow', 'max_flow_unit'],
      Tenancy: ['tenant'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_coolingfeed: RowOf<typeof CoolingFeed>
  }
}
