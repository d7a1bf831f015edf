import { choice, color, smallint } from '@demarc/engine/field'
import { model, related, type RowOf } from '@demarc/engine/model'
import { mappedPorts } from './cabling/mapping.ts'
import { modularTemplate, modularTemplateSpec, templateRest } from './component-template.ts'
import { PortType } from './port-type.ts'

export const FrontPortTemplate = model('dcim.frontporttemplate', {
  label: 'front port template',
  about: 'A front port that each new device or module of a type gets.',
  ...modularTemplateSpec,

  fields: {
    ...modularTemplate('frontporttemplates', 'front_port_template_count'),
    type: choice(PortType, { filter: { notNull: true } }),
    color: color({ blank: true, default: '' }),
    positions: smallint({ default: 1, min: 1, max: 1024 }),
    ...templateRest,
  },

  derived: { rear_ports: mappedPorts('dcim_porttemplatemapping', 'front_port', 'dcim.rearporttemplate') },

  filters: {
    rear_port: related('mappings.rear_port', { only: 'id' }),
  },

  file: { document: ['name', 'type', 'color', 'positions', 'label', 'description'] },

  ui: {
    form: {
      'Front port template': [
        'device_type',
        'module_type',
        'name',
        'label',
        'type',
        'color',
        'positions',
        'rear_ports',
        'description',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_frontporttemplate: RowOf<typeof FrontPortTemplate>
  }
}
