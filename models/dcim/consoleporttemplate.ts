import { choice } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'
import { modularTemplate, modularTemplateSpec, templateRest } from './component-template.ts'
import { ConsolePortType } from './consoleport.ts'

export const ConsolePortTemplate = model('dcim.consoleporttemplate', {
  label: 'console port template',
  about: 'A console port that each new device or module of a type gets.',
  ...modularTemplateSpec,

  fields: {
    ...modularTemplate('consoleporttemplates', 'console_port_template_count'),
    type: choice(ConsolePortType, { nullable: true, filter: { single: true } }),
    ...templateRest,
  },

  file: { document: ['name', 'type', 'label', 'description'] },

  ui: {
    form: {
      'Console port template': ['device_type', 'module_type', 'name', 'label', 'type', 'description'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_consoleporttemplate: RowOf<typeof ConsolePortTemplate>
  }
}
