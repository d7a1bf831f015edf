import { choice } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'
import { modularTemplate, modularTemplateSpec, templateRest } from './component-template.ts'
import { ConsolePortType } from './consoleport.ts'

export const ConsoleServerPortTemplate = model('dcim.consoleserverporttemplate', {
  label: 'console server port template',
  about: 'A console server port that each new device or module of a type gets.',
  ...modularTemplateSpec,

  fields: {
    ...modularTemplate('consoleserverporttemplates', 'console_server_port_template_count'),
    type: choice(ConsolePortType, { nullable: true, filter: { single: true } }),
    ...templateRest,
  },

  file: { document: ['name', 'type', 'label', 'description'] },

  ui: {
    form: {
      'Console server port template': ['device_type', 'module_type', 'name', 'label', 'type', 'description'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_consoleserverporttemplate: RowOf<typeof ConsoleServerPortTemplate>
  }
}
