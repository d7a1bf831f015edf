import { boolean, ref, text } from '@demarc/engine/field'
import { model, logged, recorded, type RowOf } from '@demarc/engine/model'

export const DeviceBayTemplate = model('dcim.devicebaytemplate', {
  label: 'device bay template',
  about: 'A device bay that each new device or module of a type gets.',
  page: false,
  features: recorded,

  fields: {
    device_type: ref('dcim.devicetype', { onDelete: 'cascade', inverse: 'devicebaytemplates', filter: { only: 'id' } }),
    name: text({
      help: '{module} is accepted as a substitution for the module bay position when attached to a module type.',
      max: 64,
      collate: 'natural',
    }),
    label: text({ blank: true, default: '', help: 'Physical label', max: 64 }),
    enabled: boolean({ default: true }),
    description: text({ blank: true, default: '', max: 200 }),
    ...logged,
  },

  display: { from: ['name', 'label'], as: row => (row.label ? `${row.name} (${row.label})` : row.name) },
  order: ['device_type', 'name'],
  unique: [['device_type', 'name']],
  quick: ['name', 'description'],
  brief: ['name', 'enabled', 'description'],

  ui: {
    form: {
      'Device bay template': ['device_type', 'name', 'label', 'enabled', 'description'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_devicebaytemplate: RowOf<typeof DeviceBayTemplate>
  }
}
