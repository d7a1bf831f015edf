import { rules } from '@demarc/engine/model'
import { IKEPolicy } from './ikepolicy.ts'

export default rules(IKEPolicy, {
  check: {
    'version 1 has a mode': ({ row, fail }) => {
      if (row['version'] === 1 && !row['mode']) fail(null, 'Mode is required for selected IKE version')
    },
    'version 2 has no mode': ({ row, fail }) => {
      if (row['version'] === 2 && row['mode']) fail(null, 'Mode cannot be used for selected IKE version')
    },
  },
})
