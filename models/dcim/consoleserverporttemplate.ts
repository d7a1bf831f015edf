import { choice, ref, text } from '@demarc/engine/field'
import { model, logged, recorded, type RowOf } from '@demarc/engine/model'
import { ConsolePortType } from './consoleport.ts'

export const ConsoleServerPortTemplate = model('dcim.consoleserverporttemplate', {
  label: 'console server port template',
  about: 'A console server port that each new device or module of a type gets.',
  page: false,
  features: recorded,

  fields: {
    device_type: ref('dcim.devicetype', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'consoleserverporttemplates',
      filter: { only: 'id' },
    }),
    module_type: ref('dcim.moduletype', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'consoleserverporttemplates',
      filter: { only: 'id' },
    }),
    name: text({
      help: '{module} is accepted as a substitution for the module bay position when attached to a module type.',
      max: 64,
      collate: 'natural',
    }),
    label: text({ blank: true, default: '', help: 'Physical label', max: 64 }),
    type: choice(ConsolePortType, { nullable: true, filter: { single: true } }),
    description: text({ blank: true, default: '', max: 200 }),
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
      'Console server port template': ['device_type', 'module_type', 'name', 'label', 'type', 'description'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_consoleserverporttemplate: RowOf<typeof ConsoleServerPortTemplate>
  }
}
