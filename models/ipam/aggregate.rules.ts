import { rules, type Batch } from '@demarc/engine/model'
import { contains, maskLengthOf } from '@demarc/netaddr'
import { Aggregate } from './aggregate.ts'

/** The aggregates that share space with those of a request, as they are while its rows are judged one after another. */
type Ledger = Map<number, string>

export default rules(Aggregate, {
  load: async ({ changes, tx }: Batch): Promise<Ledger> => {
    const rows = await tx.query<{ id: number; prefix: string }>(
      'select id, prefix from ipam_aggregate where exists (select from unnest($1::cidr[]) as v(prefix) where v.prefix && ipam_aggregate.prefix)',
      [changes.map(change => change.row['prefix'])],
    )
    return new Map(rows.map(row => [row.id, row.prefix]))
  },
  check: {
    'an aggregate is not all there is': ({ row, fail }) => {
      if (maskLengthOf(row['prefix']) === 0) fail('prefix', 'Cannot create aggregate with /0 mask.')
    },
    'aggregates share no space': ({ id, row, fail }, ledger: Ledger) => {
      const prefix = row['prefix'] as string
      for (const [other, taken] of ledger) {
        if (other === id) continue
        if (contains(taken, prefix))
          return fail(
            'prefix',
            `Aggregates cannot overlap. ${prefix} is already covered by an existing one (${taken}).`,
          )
        if (contains(prefix, taken))
          return fail('prefix', `Prefixes cannot overlap aggregates. ${prefix} covers an existing one (${taken}).`)
      }
      ledger.set(id, prefix)
    },
  },
})
