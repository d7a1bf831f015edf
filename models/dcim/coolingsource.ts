import { choice, choices, decimal, ref, text } from '@demarc/engine/field'
import { model, everyday, primary, related, type RowOf } from '@demarc/engine/model'

export const CoolingSourceType = choices('dcim.CoolingSource.type', {
  chiller: ['Chiller'],
  'cooling-tower': ['Cooling tower'],
  'dry-cooler': ['Dry cooler'],
  crac: ['CRAC'],
  crah: ['CRAH'],
})

export const CoolingSourceStatus = choices('dcim.CoolingSource.status', {
  offline: ['Offline', 'gray'],
  active: ['Active', 'green'],
  planned: ['Planned', 'blue'],
  failed: ['Failed', 'red'],
})

export const FluidType = choices('FluidType', {
  water: ['Water'],
  'water-glycol': ['Water/glycol'],
  dielectric: ['Dielectric'],
  refrigerant: ['Refrigerant'],
})

export const CoolingSource = model('dcim.coolingsource', {
  label: 'cooling source',
  about: 'A plant that supplies coolant.',
  features: [...everyday, 'contacts', 'image_attachments'],

  fields: {
    site: ref('dcim.site'),
    location: ref('dcim.location', { nullable: true }),
    name: text({ max: 100, collate: 'natural' }),
    type: choice(CoolingSourceType, { filter: { notNull: true } }),
    status: choice(CoolingSourceStatus, { default: 'active', filter: { notNull: true } }),
    fluid_type: choice(FluidType, { nullable: true, filter: { notNull: true } }),
    cooling_capacity: decimal({
      digits: 10,
      places: 2,
      min: 0,
      nullable: true,
      help: 'Total rated cooling capacity (kW)',
    }),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  resets: ['location', 'status'],
  order: ['site', 'name'],
  unique: [['site', 'name']],
  counts: {
    coolingfeed_count: 'dcim.coolingfeed.cooling_source',
  },
  quick: ['name', 'description', 'comments'],
  search: { name: 100, description: 500, comments: 5000 },
  brief: ['name', 'description', 'coolingfeed_count'],
  clone: ['site', 'location', 'type', 'status', 'fluid_type', 'cooling_capacity'],

  filters: {
    region: related('site.region'),
    site_group: related('site.group'),
  },

  file: {
    table: {
      first: [
        'name',
        'site',
        'location',
        'type',
        'status',
        ['cooling_capacity', 'Cooling Capacity (kW)'],
        ['coolingfeed_count', 'Cooling Feeds'],
      ],
      more: [
        'id',
        ['fluid_type', 'Fluid Type'],
        'contacts',
        'description',
        'comments',
        'tags',
        'created',
        'last_updated',
        'owner.group',
        'owner',
      ],
    },
  },

  ui: {
    icon: 'snowflake',
    columns: ['name', 'site', 'location', 'type', 'status', 'cooling_capacity', 'coolingfeed_count'],
    form: {
      'Cooling Source': ['site', 'location', 'name', 'type', 'status', 'description', 'tags'],
      Characteristics: ['fluid_type', 'cooling_capacity'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_coolingsource: RowOf<typeof CoolingSource>
  }
}
