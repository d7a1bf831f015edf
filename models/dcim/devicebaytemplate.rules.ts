import { rules } from '@demarc/engine/model'
import { DeviceBayTemplate } from './devicebaytemplate.ts'

export default rules(DeviceBayTemplate, {
  refs: ['device_type'],
  check: {
    'bays belong to types that are parents': ({ ref, fail }) => {
      const type = ref('device_type')
      if (type && type.subdevice_role !== 'parent')
        fail(null, `Subdevice role of device type (${type.model}) must be set to "parent" to allow device bays.`)
    },
  },
})
