import { rules } from '@demarc/engine/model'
import { componentChecks, componentStore } from './component-rules.ts'
import { DeviceBay } from './devicebay.ts'

export default rules(DeviceBay, {
  refs: ['device', 'device.device_type'],
  check: {
    ...componentChecks,
    'bays belong to devices that are parents': ({ ref, fail }) => {
      const type = ref('device.device_type')
      if (type && type.subdevice_role !== 'parent')
        fail(null, `This type of device (${type.model}) does not support device bays.`)
    },
    'nothing is installed in a disabled bay': ({ row, changed, fail }) => {
      if (row['installed_device_id'] !== null && !row['enabled'] && changed('installed_device_id'))
        fail('installed_device', 'Cannot install a device in a disabled device bay.')
    },
    'a device is not installed in itself': ({ row, fail }) => {
      if (row['installed_device_id'] !== null && row['installed_device_id'] === row['device_id'])
        fail(null, 'Cannot install a device into itself.')
    },
  },
  store: componentStore,
})
