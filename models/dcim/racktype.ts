import { boolean, choice, counter, decimal, integer, ref, slug, smallint, stored, text } from '@demarc/engine/field'
import { model, everyday, primary, type RowOf } from '@demarc/engine/model'
import { WeightUnit } from '../units.ts'
import { RackCoolingCapability, RackDimensionUnit, RackFormFactor, RackWidth } from './rack.ts'

export const RackType = model('dcim.racktype', {
  label: 'rack type',
  about: 'A make and model of rack, from which racks take their dimensions.',
  features: [...everyday, 'image_attachments'],

  fields: {
    manufacturer: ref('dcim.manufacturer', { inverse: 'rack_types' }),
    model: text({ max: 100 }),
    slug: slug({ unique: true }),
    form_factor: choice(RackFormFactor),
    width: choice(RackWidth, { default: 19, help: 'Rail-to-rail width' }),
    u_height: smallint({ default: 42, label: 'height (U)', help: 'Height in rack units', min: 1, max: 100 }),
    starting_unit: smallint({ default: 1, help: 'Starting unit for rack', min: 1 }),
    desc_units: boolean({ default: false, label: 'descending units', help: 'Units are numbered top-to-bottom' }),
    outer_width: smallint({ nullable: true, help: 'Outer dimension of rack (width)', min: 0 }),
    outer_height: smallint({ nullable: true, help: 'Outer dimension of rack (height)', min: 0 }),
    outer_depth: smallint({ nullable: true, help: 'Outer dimension of rack (depth)', min: 0 }),
    outer_unit: choice(RackDimensionUnit, { nullable: true, filter: { single: true } }),
    weight: decimal({ digits: 8, places: 2, nullable: true }),
    max_weight: integer({ nullable: true, help: 'Maximum load capacity for the rack', min: 0 }),
    weight_unit: choice(WeightUnit, { nullable: true, filter: { single: true } }),
    mounting_depth: smallint({
      nullable: true,
      help: 'Maximum depth of a mounted device, in millimeters. For four-post racks, this is the distance between the front and rear rails.',
      min: 0,
    }),
    cooling_capability: choice(RackCoolingCapability, { nullable: true }),
    cooling_capacity: decimal({ digits: 10, places: 2, min: 0, nullable: true, help: 'Cooling capacity (kW)' }),
    rack_count: counter(),
    _abs_weight: stored<number | null>('bigint', { nullable: true }),
    _abs_max_weight: stored<number | null>('bigint', { nullable: true }),
    ...primary,
  },

  display: { from: ['model'], as: row => row.model },
  order: ['manufacturer', 'model'],
  unique: [
    ['manufacturer', 'model'],
    ['manufacturer', 'slug'],
  ],
  quick: ['model', 'description', 'comments'],
  search: { model: 100, description: 500, comments: 5000 },
  brief: ['manufacturer', 'model', 'slug', 'description', 'rack_count'],
  clone: [
    'manufacturer',
    'form_factor',
    'width',
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
    'cooling_capability',
    'cooling_capacity',
  ],

  file: {
    document: [
      'manufacturer',
      'model',
      'slug',
      'description',
      'form_factor',
      'width',
      'u_height',
      'starting_unit',
      'desc_units',
      'outer_width',
      'outer_height',
      'outer_depth',
      'outer_unit',
      'weight',
      'max_weight',
      'weight_unit',
      'mounting_depth',
      'cooling_capability',
      'cooling_capacity',
      'comments',
    ],
    table: {
      first: ['model', 'manufacturer', ['u_height', 'Height'], 'description', ['rack_count', 'Rack Count']],
      more: [
        'id',
        'form_factor',
        'starting_unit',
        'width',
        ['outer_width', 'Outer Width'],
        ['outer_height', 'Outer Height'],
        ['outer_depth', 'Outer Depth'],
        'mounting_depth',
        'weight',
        ['max_weight', 'Max Weight'],
        ['cooling_capability', 'Cooling Capability'],
        ['cooling_capacity', 'Cooling Capacity (kW)'],
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
    icon: 'template',
    columns: ['model', 'manufacturer', 'u_height', 'description', 'rack_count'],
    form: {
      'Rack Type': ['manufacturer', 'model', 'slug', 'description', 'form_factor', 'tags'],
      Dimensions: [
        'width',
        'u_height',
        'outer_width',
        'outer_height',
        'outer_depth',
        'outer_unit',
        'weight',
        'max_weight',
        'weight_unit',
        'mounting_depth',
      ],
      Numbering: ['starting_unit', 'desc_units'],
      Cooling: ['cooling_capability', 'cooling_capacity'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_racktype: RowOf<typeof RackType>
  }
}
