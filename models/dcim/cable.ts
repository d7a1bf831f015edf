import { choice, choices, color, decimal, ref, stored, text } from '@demarc/engine/field'
import { model, primary, type RowOf } from '@demarc/engine/model'
import { CableProfile } from './cable-profile.ts'
import { CableType } from './cable-type.ts'

export const LinkStatus = choices('LinkStatus', {
  connected: ['Connected', 'green'],
  planned: ['Planned', 'blue'],
  decommissioning: ['Decommissioning', 'yellow'],
})

export const CableLengthUnit = choices('CableLengthUnit', {
  km: ['Kilometers'],
  m: ['Meters'],
  cm: ['Centimeters'],
  mi: ['Miles'],
  ft: ['Feet'],
  in: ['Inches'],
})

export const Cable = model('dcim.cable', {
  label: 'cable',
  about: 'A physical link between two sets of terminations.',

  fields: {
    type: choice(CableType, { nullable: true }),
    status: choice(LinkStatus, { default: 'connected' }),
    profile: choice(CableProfile, { required: false, blank: true }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'cables' }),
    bundle: ref('dcim.cablebundle', { nullable: true, onDelete: 'set null', inverse: 'cables' }),
    label: text({ blank: true, default: '', max: 100 }),
    color: color({ blank: true, default: '' }),
    length: decimal({ digits: 8, places: 2, nullable: true }),
    length_unit: choice(CableLengthUnit, { nullable: true, filter: { single: true } }),
    _abs_length: stored<number | null>('numeric(14,4)', { nullable: true }),
    ...primary,
  },

  display: { from: ['label'], as: row => row.label || `#${row.id}` },
  order: ['id'],
  quick: ['label', 'description'],
  search: { label: 100, description: 500, comments: 5000 },
  brief: ['label', 'description'],
  clone: ['tenant', 'type', 'profile', 'bundle'],

  ui: {
    icon: 'plug-connected',
    columns: ['label', 'a_terminations', 'b_terminations', 'status', 'type'],
    form: {
      Cable: [
        'type',
        'a_terminations',
        'b_terminations',
        'status',
        'profile',
        'tenant',
        'bundle',
        'label',
        'color',
        'length',
        'length_unit',
        'description',
        'tags',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_cable: RowOf<typeof Cable>
  }
}
