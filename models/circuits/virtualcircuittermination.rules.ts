import { rules } from '@demarc/engine/model'
import { virtualTypes } from '../dcim/interface-class.ts'
import { VirtualCircuitTermination } from './virtualcircuittermination.ts'

export default rules(VirtualCircuitTermination, {
  refs: ['interface'],
  check: {
    'a virtual circuit ends at a virtual interface': ({ ref, fail }) => {
      if (!(virtualTypes as readonly string[]).includes(ref('interface').type))
        fail(null, 'Virtual circuits may be terminated only to virtual interfaces.')
    },
  },
})
