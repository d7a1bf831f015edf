import { action } from '@demarc/engine/model'
import { freeASNs } from './allocation/numbers.ts'
import { ASNRange } from './asnrange.ts'

export default [
  action(ASNRange, 'GET available-asns', {
    about: 'The lowest free AS numbers of the range.',
    permission: 'view',
    offers: 'ipam.asn',
    async run({ db, row, limit, brief }) {
      const [rir] = await brief([['ipam.rir', row['rir_id']]])
      const free = await freeASNs(db, row['start'], row['end'], limit)
      return free.map(asn => ({ rir, asn }))
    },
  }),
]
