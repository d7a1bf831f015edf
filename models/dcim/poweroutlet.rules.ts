import { rules } from '@demarc/engine/model'
import { cabledComponent } from './component-rules.ts'
import { PowerOutlet } from './poweroutlet.ts'

export default rules(PowerOutlet, {
  ...cabledComponent,
  refs: [...cabledComponent.refs, 'power_port'],
  check: {
    ...cabledComponent.check,
    'an outlet is fed by a port of its own device': ({ row, ref, fail }) => {
      const port = ref('power_port')
      if (port && port.device_id !== row['device_id'])
        fail(null, `Parent power port (${port.name}) must belong to the same device`)
    },
  },
})
