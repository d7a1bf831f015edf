import { rules } from '@demarc/engine/model'
import { InventoryItemTemplate } from './inventoryitemtemplate.ts'

export default rules(InventoryItemTemplate, {
  check: {
    'a template stays with its device type': ({ before, changed, fail }) => {
      if (before && changed('device_type_id'))
        fail('device_type', 'Component templates cannot be moved to a different device type.')
    },
  },
})
