import { rules } from '@demarc/engine/model'
import { VirtualMachineType } from './virtualmachinetype.ts'

export default rules(VirtualMachineType, {
  prepare: {
    'a machine has a hundredth of a processor at least': ({ row, fail }) => {
      if (row['default_vcpus'] !== null && Number(row['default_vcpus']) < 0.01)
        fail('default_vcpus', 'Ensure this value is greater than or equal to 0.01.')
    },
  },
})
