import { rules } from '@demarc/engine/model'
import { ASN } from './asn.ts'

export default rules(ASN, {
  check: {
    'an AS number comes from a registry': ({ row, fail }) => {
      if (row['rir_id'] === null) fail('rir', 'This field cannot be null.')
    },
  },
})
