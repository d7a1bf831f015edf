import { choice, integer, ref, text } from '@demarc/engine/field'
import { model, logged, recorded, type RowOf } from '@demarc/engine/model'
import { PowerPortType } from './power-port-type.ts'

export const PowerPortTemplate = model('dcim.powerporttemplate', {
  label: 'power port template',
  about: 'A power port that each new device or module of a type gets.',
  page: false,
  features: recorded,

  fields: {
    device_type: ref('dcim.devicetype', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'powerporttemplates',
      filter: { only: 'id' },
    }),
    module_type: ref('dcim.moduletype', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'powerporttemplates',
      filter: { only: 'id' },
    }),
    name: text({
      help: '{module} is accepted as a substitution for the module bay position when attached to a module type.',
      max: 64,
      collate: 'natural',
    }),
    label: text({ blank: true, default: '', help: 'Physical label', max: 64 }),
    type: choice(PowerPortType, { nullable: true, filter: { single: true } }),
    maximum_draw: integer({ nullable: true, help: 'Maximum power draw (watts)', min: 1 }),
    allocated_draw: integer({ nullable: true, help: 'Allocated power draw (watts)', min: 1 }),
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
