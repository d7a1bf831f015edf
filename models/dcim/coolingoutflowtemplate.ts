import { choice, decimal, ref, stored, text } from '@demarc/engine/field'
import { model, logged, recorded, type RowOf } from '@demarc/engine/model'
import { DiameterUnit } from '../units.ts'
import { CoolingConnectorType } from './coolingintake.ts'

export const CoolingOutflowTemplate = model('dcim.coolingoutflowtemplate', {
  label: 'cooling outflow template',
  about: 'A cooling outflow that each new device or module of a type gets.',
  page: false,
  features: recorded,

  fields: {
    device_type: ref('dcim.devicetype', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'coolingoutflowtemplates',
      filter: { only: 'id' },
    }),
    module_type: ref('dcim.moduletype', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'coolingoutflowtemplates',
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
    cooling_intake: ref('dcim.coolingintaketemplate', {
      nullable: true,
      onDelete: 'set null',
      inverse: 'coolingoutflow_templates',
      filter: { only: 'id' },
    }),
    description: text({ blank: true, default: '', max: 200 }),
    _abs_diameter: stored<number | null>('numeric(13,4)', { nullable: true }),
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
      'Cooling outflow template': [
        'device_type',
        'module_type',
        'name',
        'label',
        'type',
        'diameter',
        'diameter_unit',
        'cooling_intake',
        'description',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_coolingoutflowtemplate: RowOf<typeof CoolingOutflowTemplate>
  }
}
