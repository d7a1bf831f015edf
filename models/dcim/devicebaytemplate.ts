import { boolean } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'
import { deviceTypeTemplate, templateRest, templateSpec } from './component-template.ts'

export const DeviceBayTemplate = model('dcim.devicebaytemplate', {
  label: 'device bay template',
  about: 'A device bay that each new device or module of a type gets.',
  ...templateSpec,

  fields: {
    ...deviceTypeTemplate('devicebaytemplates', 'device_bay_template_count'),
    enabled: boolean({ default: true }),
    ...templateRest,
  },

  order: ['device_type', 'name'],
  unique: [['device_type', 'name']],
  brief: ['name', 'enabled', 'description'],

  file: { document: ['name', 'label', 'enabled', 'description'] },

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
