import { choice, color, ref, smallint, text } from '@demarc/engine/field'
import { model, logged, recorded, related, type RowOf } from '@demarc/engine/model'
import { PortType } from './port-type.ts'

export const FrontPortTemplate = model('dcim.frontporttemplate', {
  label: 'front port template',
  about: 'A front port that each new device or module of a type gets.',
  page: false,
  features: recorded,

  fields: {
    device_type: ref('dcim.devicetype', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'frontporttemplates',
      filter: { only: 'id' },
    }),
    module_type: ref('dcim.moduletype', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'frontporttemplates',
      filter: { only: 'id' },
    }),
    name: text({
      help: '{module} is accepted as a substitution for the module bay position when attached to a module type.',
      max: 64,
      collate: 'natural',
    }),
    label: text({ blank: true, default: '', help: 'Physical label', max: 64 }),
    type: choice(PortType, { filter: { notNull: true } }),
    color: color({ blank: true, default: '' }),
    positions: smallint({ default: 1, min: 1, max: 1024 }),
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

  filters: {
    rear_port: related('mappings.rear_port', { only: 'id' }),
  },

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
