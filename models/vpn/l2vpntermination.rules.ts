import { rules, type Batch } from '@demarc/engine/model'
import { L2VPNTermination } from './l2vpntermination.ts'

/** Types that join two ends and no more. */
const pointToPoint = new Set(['vpws', 'epl', 'ep-lan', 'ep-tree'])

/** The terminations of an L2VPN, as they are while the rows of a request are judged one after another. */
type Ledger = Map<number, Set<number>>

export default rules(L2VPNTermination, {
  refs: ['l2vpn'],
  load: async ({ changes, tx }: Batch): Promise<Ledger> => {
    const rows = await tx.query<{ id: number; l2vpn_id: number }>(
      'select id, l2vpn_id from vpn_l2vpntermination where l2vpn_id = any($1::bigint[])',
      [changes.map(change => change.row['l2vpn_id'])],
    )
    return new Map([...Map.groupBy(rows, row => row.l2vpn_id)].map(([id, of]) => [id, new Set(of.map(row => row.id))]))
  },
  check: {
    'a point-to-point L2VPN has two ends at most': ({ id, row, before, ref, fail }, ledger: Ledger) => {
      const ends = ledger.get(row['l2vpn_id']) ?? new Set()
      const others = [...ends].filter(end => end !== id).length
      if (pointToPoint.has(ref('l2vpn').type) && others >= 2)
        return fail(null, `A point-to-point L2VPN cannot have more than two terminations; ${others} are defined.`)
      if (before) ledger.get(before['l2vpn_id'])?.delete(id)
      ledger.set(row['l2vpn_id'], ends.add(id))
    },
  },
})
