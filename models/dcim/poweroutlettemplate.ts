import { choice, color, ref, text } from '@demarc/engine/field'
import { model, logged, recorded, type RowOf } from '@demarc/engine/model'
import { PowerOutletType } from './power-outlet-type.ts'
import { PowerOutletFeedLeg } from './poweroutlet.ts'

export const PowerOutletTemplate = model('dcim.poweroutlettemplate', {
  label: 'power outlet template',
  about: 'A power outlet that each new device or module of a type gets.',
  page: false,
  features: recorded,

  fields: {
    device_type: ref('dcim.devicetype', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'poweroutlettemplates',
      filter: { only: 'id' },
    }),
    module_type: ref('dcim.moduletype', {
      nullable: true,
      onDelete: 'cascade',
      inverse: 'poweroutlettemplates',
      filter: { only: 'id' },
    }),
    name: text({
      help: '{module} is accepted as a substitution for the module bay position when attached to a module type.',
      max: 64,
      collate: 'natural',
    }),
    label: text({ blank: true, default: '', help: 'Physical label', max: 64 }),
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
