import { rules } from '@demarc/engine/model'
import { IPSecProposal } from './ipsecproposal.ts'

export default rules(IPSecProposal, {
  check: {
    'a proposal encrypts or authenticates': ({ row, fail }) => {
      if (!row['encryption_algorithm'] && !row['authentication_algorithm'])
        fail(null, 'Encryption and/or authentication algorithm must be defined')
    },
  },
})
