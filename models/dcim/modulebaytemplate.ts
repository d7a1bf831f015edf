import { boolean, ref, refs, text } from '@demarc/engine/field'
import { model, logged, recorded, related, type RowOf } from '@demarc/engine/model'

export const ModuleBayTemplate = model('dcim.modulebaytemplate', {
  label: 'module bay template',
  about: 'A module bay that each new device or module of a type gets.',
  page: false,
  features: recorded,

  fields: {
    device_type: ref('dcim.devicetype', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'modulebaytemplates',
      filter: { only: 'id' },
    }),
    module_type: ref('dcim.moduletype', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'modulebaytemplates',
      filter: { only: 'id' },
    }),
    name: text({
      help: '{module} is accepted as a substitution for the module bay position when attached to a module type.',
      max: 64,
      collate: 'natural',
    }),
    label: text({ blank: true, default: '', help: 'Physical label', max: 64 }),
    position: text({
      blank: true,
      default: '',
      help: 'Identifier to reference when renaming installed components',
      max: 30,
    }),
    enabled: boolean({ default: true }),
    description: text({ blank: true, default: '', max: 200 }),
    module_bay_types: refs('dcim.modulebaytype', {
      help: 'Types of modules that can be installed in this bay (empty = unconstrained)',
      inverse: 'module_bay_templates',
      filter: false,
    }),
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
  brief: ['name', 'enabled', 'description'],

  filters: {
    module_bay_type: related('module_bay_types'),
  },

  ui: {
    form: {
      'Module bay template': [
        'device_type',
        'module_type',
        'name',
        'label',
        'position',
        'enabled',
        'description',
        'module_bay_types',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_modulebaytemplate: RowOf<typeof ModuleBayTemplate>
  }
}
