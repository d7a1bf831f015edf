import { rules } from '@demarc/engine/model'
import { ASNRange } from './asnrange.ts'

export default rules(ASNRange, {
  check: {
    'a range ends after it starts': ({ row, fail }) => {
      if (row['end'] <= row['start'])
        fail(null, `Starting ASN (${row['start']}) must be lower than ending ASN (${row['end']}).`)
    },
  },
})
