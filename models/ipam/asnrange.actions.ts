import { action } from '@demarc/engine/model'
import { give } from './allocation/give.ts'
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
  action(ASNRange, 'POST available-asns', {
    about: 'Create AS numbers: the lowest free ones of the range.',
    permission: 'view',
    offers: 'ipam.asn',
    run: call =>
      give(call, {
        kind: 'available-asns',
        model: 'ipam.asn',
        check({ description }): Record<string, string[]> {
          if (description === null) return { description: ['This field may not be null.'] }
          const blank = typeof description === 'string' && description.trim() === ''
          return blank ? { description: ['This field may not be blank.'] } : {}
        },
        async find(tx, asked) {
          const { start, end, rir_id } = call.row
          const found = await freeASNs(tx, start, end, asked.length)
          return found.length < asked.length ? null : found.map(asn => ({ asn, rir: rir_id }))
        },
      }),
  }),
]
