import { choice, decimal, stored } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'
import { DiameterUnit, FlowRateUnit } from '../units.ts'
import { modularTemplate, modularTemplateSpec, templateRest } from './component-template.ts'
import { CoolingConnectorType } from './coolingintake.ts'

export const CoolingIntakeTemplate = model('dcim.coolingintaketemplate', {
  label: 'cooling intake template',
  about: 'A cooling intake that each new device or module of a type gets.',
  ...modularTemplateSpec,

  fields: {
    ...modularTemplate('coolingintaketemplates', 'cooling_intake_template_count'),
    type: choice(CoolingConnectorType, { nullable: true, filter: { notNull: true } }),
    diameter: decimal({ digits: 8, places: 2, min: 0.01, nullable: true }),
    diameter_unit: choice(DiameterUnit, { nullable: true, filter: { notNull: true } }),
    max_flow: decimal({ digits: 8, places: 2, min: 0.01, nullable: true }),
    max_flow_unit: choice(FlowRateUnit, { nullable: true, filter: { notNull: true } }),
    _abs_diameter: stored<number | null>('numeric(13,4)', { nullable: true }),
    _abs_max_flow: stored<number | null>('numeric(13,4)', { nullable: true }),
    ...templateRest,
  },

  file: {
    document: ['name', 'type', 'diameter', 'diameter_unit', 'max_flow', 'max_flow_unit', 'label', 'description'],
  },

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
