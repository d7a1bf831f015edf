import { choice, decimal, ref, stored, text } from '@demarc/engine/field'
import { model, logged, recorded, type RowOf } from '@demarc/engine/model'
import { DiameterUnit, FlowRateUnit } from '../units.ts'
import { CoolingConnectorType } from './coolingintake.ts'

export const CoolingIntakeTemplate = model('dcim.coolingintaketemplate', {
  label: 'cooling intake template',
  about: 'A cooling intake that each new device or module of a type gets.',
  page: false,
  features: recorded,

  fields: {
    device_type: ref('dcim.devicetype', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'coolingintaketemplates',
      filter: { only: 'id' },
    }),
    module_type: ref('dcim.moduletype', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'coolingintaketemplates',
      filter: { only: 'id' },
    }),
    name: text({
      help: '{module} is accepted as a substitution for the module bay position when attached to a module type.',
      max: 64,
      collate: 'natural',
    }),
    label: text({ blank: true, default: '', help: 'Physical label', max: 64 }),
    type: choice(CoolingConnectorType, { nullable: true, filter: { notNull: true } }),
    diameter: decimal({ digits: 8, places: 2, nullable: true }),
    diameter_unit: choice(DiameterUnit, { nullable: true, filter: { notNull: true } }),
    max_flow: decimal({ digits: 8, places: 2, nullable: true }),
    max_flow_unit: choice(FlowRateUnit, { nullable: true, filter: { notNull: true } }),
    description: text({ blank: true, default: '', max: 200 }),
    _abs_diameter: stored<number | null>('numeric(13,4)', { nullable: true }),
    _abs_max_flow: stored<number | null>('numeric(13,4)', { nullable: true }),
    ...logged,
  },

  display: { from: ['name', 'label'], as: row => (row.label ? `${row.name} (${row.label})` : row.name) },
  order: ['device_type', 'module_type', 'name'],
  unique: [
    ['device_type', 'name'],
    ['module_type', 'name'],
  ],
  index: [['device_type', 'module_type', 'name']],
  quick: ['name', 'description'],
  brief: ['name', 'description'],

  ui: {
    form: {
      'Cooling intake template': [
        'device_type',
        'module_type',
        'name',
        'label',
        'type',
        'diameter',
        'diameter_unit',
        'max_flow',
        'max_flow_unit',
        'description',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_coolingintaketemplate: RowOf<typeof CoolingIntakeTemplate>
  }
}
