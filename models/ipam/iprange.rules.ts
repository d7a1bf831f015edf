import { rules, type Batch } from '@demarc/engine/model'
import { address, familyOf, formatRange, hostOf, maskLengthOf, rangeBetween, rangeSize } from '@demarc/netaddr'
import { IPRange } from './iprange.ts'

interface Run {
  readonly vrf_id: number | null
  readonly start_address: string
  readonly end_address: string
}

/** The ranges that share addresses with those of a request, as they are while its rows are judged one after another. */
type Ledger = Map<number, Run>

const largest = 2n ** 32n - 1n

export default rules(IPRange, {
  load: async ({ changes, tx }: Batch): Promise<Ledger> => {
    const rows = await tx.query<Run & { id: number }>(
      `select id, vrf_id, start_address, end_address from ipam_iprange as own
       where exists (
         select from unnest($1::bigint[], $2::inet[], $3::inet[]) as v(vrf, first, last)
         where own.vrf_id is not distinct from v.vrf
           and host(own.start_address)::inet <= v.last and host(own.end_address)::inet >= v.first
       )`,
      [
        changes.map(change => change.row['vrf_id']),
        changes.map(change => hostOf(change.row['start_address'])),
        changes.map(change => hostOf(change.row['end_address'])),
      ],
    )
    return new Map(rows.map(row => [row.id, row]))
  },
  check: {
    'a range runs within one family': ({ row, fail }) => {
      if (familyOf(row['start_address']) !== familyOf(row['end_address']))
        fail('end_address', 'Starting and ending IP address versions must match')
    },
    'both ends have the same mask': ({ row, fail }) => {
      if (maskLengthOf(row['start_address']) !== maskLengthOf(row['end_address']))
        fail('end_address', 'Starting and ending IP address masks must match')
    },
    'a range does not end before it starts': ({ row, fail }) => {
      if (address(row['end_address']).value < address(row['start_address']).value)
        fail('end_address', `Ending address must not be lower than the starting address (${row['start_address']})`)
    },
    'ranges of a VRF share no address': ({ id, row, fail }, ledger: Ledger) => {
      const own = rangeBetween(row['start_address'], row['end_address'])!
      for (const [other, run] of ledger) {
        if (other === id || run.vrf_id !== row['vrf_id']) continue
        const taken = rangeBetween(run.start_address, run.end_address)
        if (taken && taken.family === own.family && taken.first <= own.last && taken.last >= own.first)
          return fail(null, `Defined addresses overlap with range ${formatRange(run.start_address, run.end_address)}`)
      }
      ledger.set(id, {
        vrf_id: row['vrf_id'],
        start_address: row['start_address'],
        end_address: row['end_address'],
      })
    },
    'a range has fewer than 2^32 addresses': ({ row, fail }) => {
      if (rangeSize(rangeBetween(row['start_address'], row['end_address'])!) > largest)
        fail(null, `Defined range exceeds maximum supported size (${largest})`)
    },
  },
  store: {
    'a range knows its size': ({ row }) => {
      row['size'] = Number(rangeSize(rangeBetween(row['start_address'], row['end_address'])!))
    },
  },
})
