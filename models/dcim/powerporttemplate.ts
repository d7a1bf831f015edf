import { choice, integer } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'
import { modularTemplate, modularTemplateSpec, templateRest } from './component-template.ts'
import { PowerPortType } from './power-port-type.ts'

export const PowerPortTemplate = model('dcim.powerporttemplate', {
  label: 'power port template',
  about: 'A power port that each new device or module of a type gets.',
  ...modularTemplateSpec,

  fields: {
    ...modularTemplate('powerporttemplates', 'power_port_template_count'),
    type: choice(PowerPortType, { nullable: true, filter: { single: true } }),
    maximum_draw: integer({ nullable: true, help: 'Maximum power draw (watts)', min: 1 }),
    allocated_draw: integer({ nullable: true, help: 'Allocated power draw (watts)', min: 1 }),
    ...templateRest,
  },

  file: { document: ['name', 'type', 'maximum_draw', 'allocated_draw', 'label', 'description'] },

  ui: {
    form: {
      'Power port template': [
        'device_type',
        'module_type',
        'name',
        'label',
        'type',
        'maximum_draw',
        'allocated_draw',
        'description',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_powerporttemplate: RowOf<typeof PowerPortTemplate>
  }
}
