import { choice, decimal, ref, stored } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'
import { DiameterUnit } from '../units.ts'
import { modularTemplate, modularTemplateSpec, templateRest } from './component-template.ts'
import { CoolingConnectorType } from './coolingintake.ts'

export const CoolingOutflowTemplate = model('dcim.coolingoutflowtemplate', {
  label: 'cooling outflow template',
  about: 'A cooling outflow that each new device or module of a type gets.',
  ...modularTemplateSpec,

  fields: {
    ...modularTemplate('coolingoutflowtemplates', 'cooling_outflow_template_count'),
    type: choice(CoolingConnectorType, { nullable: true, filter: { notNull: true } }),
    diameter: decimal({ digits: 8, places: 2, min: 0.01, nullable: true }),
    diameter_unit: choice(DiameterUnit, { nullable: true, filter: { notNull: true } }),
    cooling_intake: ref('dcim.coolingintaketemplate', {
      nullable: true,
      onDelete: 'set null',
      inverse: 'coolingoutflow_templates',
      filter: { only: 'id' },
    }),
    _abs_diameter: stored<number | null>('numeric(13,4)', { nullable: true }),
    ...templateRest,
  },

  file: { document: ['name', 'type', 'diameter', 'diameter_unit', 'cooling_intake', 'label', 'description'] },

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
