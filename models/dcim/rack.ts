import { boolean, choice, choices, decimal, integer, ref, smallint, stored, text } from '@demarc/engine/field'
import { model, everyday, primary, related, type RowOf } from '@demarc/engine/model'
import { WeightUnit } from '../units.ts'
import { powerFigures, spaceFigures } from './utilization/figures.ts'

export const RackWidth = choices('RackWidth', {
  10: ['10 inches'],
  19: ['19 inches'],
  21: ['21 inches'],
  23: ['23 inches'],
})

export const RackDimensionUnit = choices('RackDimensionUnit', {
  mm: ['Millimeters'],
  in: ['Inches'],
})

export const RackCoolingCapability = choices('RackCoolingCapability', {
  'air-only': ['Air only', 'cyan'],
  hybrid: ['Hybrid', 'blue'],
  'liquid-only': ['Liquid only', 'purple'],
})

export const RackFormFactor = choices('RackFormFactor', {
  '2-post-frame': ['2-post frame'],
  '4-post-frame': ['4-post frame'],
  '4-post-cabinet': ['4-post cabinet'],
  'wall-frame': ['Wall-mounted frame'],
  'wall-frame-vertical': ['Wall-mounted frame (vertical)'],
  'wall-cabinet': ['Wall-mounted cabinet'],
  'wall-cabinet-vertical': ['Wall-mounted cabinet (vertical)'],
})

export const RackStatus = choices('dcim.Rack.status', {
  reserved: ['Reserved', 'yellow'],
  available: ['Available', 'green'],
  planned: ['Planned', 'cyan'],
  active: ['Active', 'blue'],
  deprecated: ['Deprecated', 'red'],
})

export const RackAirflow = choices('dcim.Rack.airflow', {
  'front-to-rear': ['Front to rear'],
  'rear-to-front': ['Rear to front'],
})

export const Rack = model('dcim.rack', {
  label: 'rack',
  about:
    'A rack stands at a site and, optionally, in a location. It holds devices on its front and rear, measured in rack units.',
  features: [...everyday, 'contacts', 'image_attachments'],

  fields: {
    name: text({ max: 100, collate: 'natural' }),
    facility_id: text({ nullable: true, label: 'facility ID', help: 'Locally-assigned identifier', max: 50 }),
    site: ref('dcim.site', { inverse: 'racks' }),
    location: ref('dcim.location', { nullable: true, onDelete: 'set null', inverse: 'racks' }),
    group: ref('dcim.rackgroup', { nullable: true, help: 'Physical grouping', inverse: 'racks' }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'racks' }),
    status: choice(RackStatus, { default: 'active', filter: { notNull: true } }),
    role: ref('dcim.rackrole', { nullable: true, help: 'Functional role', inverse: 'racks' }),
    serial: text({ blank: true, default: '', label: 'serial number', max: 50, filter: { ignoreCase: true } }),
    asset_tag: text({ nullable: true, unique: true, help: 'A unique tag used to identify this rack', max: 50 }),
    rack_type: ref('dcim.racktype', { nullable: true, inverse: 'racks', counter: 'rack_count' }),
    form_factor: choice(RackFormFactor, { nullable: true }),
    width: choice(RackWidth, { default: 19, help: 'Rail-to-rail width' }),
    u_height: smallint({ default: 42, label: 'height (U)', help: 'Height in rack units', min: 1, max: 100 }),
    starting_unit: smallint({ default: 1, help: 'Starting unit for rack', min: 1 }),
    weight: decimal({ digits: 8, places: 2, nullable: true }),
    max_weight: integer({ nullable: true, help: 'Maximum load capacity for the rack', min: 0 }),
    weight_unit: choice(WeightUnit, { nullable: true, filter: { single: true } }),
    desc_units: boolean({ default: false, label: 'descending units', help: 'Units are numbered top-to-bottom' }),
    outer_width: smallint({ nullable: true, help: 'Outer dimension of rack (width)', min: 0 }),
    outer_height: smallint({ nullable: true, help: 'Outer dimension of rack (height)', min: 0 }),
    outer_depth: smallint({ nullable: true, help: 'Outer dimension of rack (depth)', min: 0 }),
    outer_unit: choice(RackDimensionUnit, { nullable: true, filter: { single: true } }),
    mounting_depth: smallint({
      nullable: true,
      help: 'Maximum depth of a mounted device, in millimeters. For four-post racks, this is the distance between the front and rear rails.',
      min: 0,
    }),
    airflow: choice(RackAirflow, { nullable: true, filter: { single: true } }),
    cooling_capability: choice(RackCoolingCapability, { nullable: true }),
    cooling_capacity: decimal({ digits: 10, places: 2, min: 0, nullable: true, help: 'Cooling capacity (kW)' }),
    _abs_weight: stored<number | null>('bigint', { nullable: true }),
    _abs_max_weight: stored<number | null>('bigint', { nullable: true }),
    ...primary,
  },

  display: {
    from: ['name', 'facility_id'],
    as: row => (row.facility_id ? `${row.name} (${row.facility_id})` : row.name),
  },
  order: ['site', 'location', 'name', 'id'],
  unique: [
    ['location', 'name'],
    ['location', 'facility_id'],
  ],
  index: [['site', 'location', 'name', 'id']],
  resets: ['location', 'facility_id', 'rack_type'],
  counts: {
    device_count: 'dcim.device.rack',
    powerfeed_count: 'dcim.powerfeed.rack',
  },
  quick: ['name', 'facility_id', 'serial', 'asset_tag', 'description', 'comments'],
  search: { asset_tag: 50, serial: 60, name: 100, facility_id: 200, description: 500, comments: 5000 },
  brief: ['name', 'description', 'device_count'],
  clone: [
    'site',
    'location',
    'tenant',
    'status',
    'role',
    'form_factor',
    'width',
    'airflow',
    'cooling_capability',
    'cooling_capacity',
    'u_height',
    'desc_units',
    'outer_width',
    'outer_height',
    'outer_depth',
    'outer_unit',
    'mounting_depth',
    'weight',
    'max_weight',
    'weight_unit',
  ],

  filters: {
    region: related('site.region'),
    site_group: related('site.group'),
    manufacturer: related('rack_type.manufacturer'),
  },

  file: {
    table: {
      first: [
        'name',
        'site',
        'location',
        'group',
        'status',
        'facility_id',
        'tenant',
        'role',
        ['rack_type', 'Type'],
        ['u_height', 'Height'],
        ['device_count', 'Devices'],
        ['get_utilization', 'Space'],
      ],
      more: [
        'id',
        'tenant.group',
        'serial',
        'asset_tag',
        'form_factor',
        'starting_unit',
        'width',
        ['outer_width', 'Outer Width'],
        ['outer_height', 'Outer Height'],
        ['outer_depth', 'Outer Depth'],
        'mounting_depth',
        'airflow',
        ['cooling_capability', 'Cooling Capability'],
        ['cooling_capacity', 'Cooling Capacity (kW)'],
        'weight',
        ['max_weight', 'Max Weight'],
        'comments',
        ['get_power_utilization', 'Power'],
        'description',
        'contacts',
        'tags',
        'created',
        'last_updated',
        'owner.group',
        'owner',
        ['rack_type.manufacturer', 'Manufacturer'],
      ],
      figures: { get_utilization: spaceFigures, get_power_utilization: powerFigures },
    },
  },

  ui: {
    icon: 'server-2',
    columns: [
      'name',
      'site',
      'location',
      'group',
      'status',
      'facility_id',
      'tenant',
      'role',
      'rack_type',
      'u_height',
      'device_count',
    ],
    form: {
      Rack: ['site', 'location', 'group', 'name', 'status', 'role', 'rack_type', 'description', 'airflow', 'tags'],
      Cooling: ['cooling_capability', 'cooling_capacity'],
      'Inventory Control': ['facility_id', 'serial', 'asset_tag'],
      Tenancy: ['tenant'],
      Dimensions: [
        'form_factor',
        'width',
        'starting_unit',
        'u_height',
        'outer_width',
        'outer_height',
        'outer_depth',
        'outer_unit',
        'weight',
        'max_weight',
        'weight_unit',
        'mounting_depth',
        'desc_units',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_rack: RowOf<typeof Rack>
  }
}
