import { choice, color, smallint } from '@demarc/engine/field'
import { model, related, type RowOf } from '@demarc/engine/model'
import { mappedPorts } from './cabling/mapping.ts'
import { modularTemplate, modularTemplateSpec, templateRest } from './component-template.ts'
import { PortType } from './port-type.ts'

export const RearPortTemplate = model('dcim.rearporttemplate', {
  label: 'rear port template',
  about: 'A rear port that each new device or module of a type gets.',
  ...modularTemplateSpec,

  fields: {
    ...modularTemplate('rearporttemplates', 'rear_port_template_count'),
    type: choice(PortType, { filter: { notNull: true } }),
    color: color({ blank: true, default: '' }),
    positions: smallint({ default: 1, min: 1, max: 1024 }),
    ...templateRest,
  },

  derived: { front_ports: mappedPorts('dcim_porttemplatemapping', 'rear_port', 'dcim.frontporttemplate') },

  filters: {
    front_port: related('mappings.front_port', { only: 'id' }),
  },

  file: { document: ['name', 'type', 'color', 'positions', 'label', 'description'] },

  ui: {
    form: {
      'Rear port template': [
        'device_type',
        'module_type',
        'name',
        'label',
        'type',
        'color',
        'positions',
        'description',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_rearporttemplate: RowOf<typeof RearPortTemplate>
  }
}
