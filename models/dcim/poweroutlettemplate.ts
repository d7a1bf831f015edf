import { choice, color, ref } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'
import { modularTemplate, modularTemplateSpec, templateRest } from './component-template.ts'
import { PowerOutletType } from './power-outlet-type.ts'
import { PowerOutletFeedLeg } from './poweroutlet.ts'

export const PowerOutletTemplate = model('dcim.poweroutlettemplate', {
  label: 'power outlet template',
  about: 'A power outlet that each new device or module of a type gets.',
  ...modularTemplateSpec,

  fields: {
    ...modularTemplate('poweroutlettemplates', 'power_outlet_template_count'),
    type: choice(PowerOutletType, { nullable: true, filter: { single: true } }),
    color: color({ blank: true, default: '' }),
    power_port: ref('dcim.powerporttemplate', {
      nullable: true,
      onDelete: 'set null',
      inverse: 'poweroutlet_templates',
      filter: { only: 'id' },
    }),
    feed_leg: choice(PowerOutletFeedLeg, {
      nullable: true,
      help: 'Phase (for three-phase feeds)',
      filter: { notNull: true },
    }),
    ...templateRest,
  },

  file: { document: ['name', 'type', 'color', 'power_port', 'feed_leg', 'label', 'description'] },

  ui: {
    form: {
      'Power outlet template': [
        'device_type',
        'module_type',
        'name',
        'label',
        'type',
        'color',
        'power_port',
        'feed_leg',
        'description',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_poweroutlettemplate: RowOf<typeof PowerOutletTemplate>
  }
}
