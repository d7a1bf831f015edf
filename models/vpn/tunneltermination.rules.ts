import { rules, type Batch } from '@demarc/engine/model'
import { TunnelTermination } from './tunneltermination.ts'

/** Which termination an object has, as it is while the rows of a request are judged one after another. */
type Ledger = Map<string, number>

const objectOf = (row: Readonly<Record<string, any>>) => `${row['termination_type']}:${row['termination_id']}`

export default rules(TunnelTermination, {
  load: async ({ changes, tx }: Batch): Promise<Ledger> => {
    const rows = await tx.query<{ id: number; termination_type: string; termination_id: number }>(
      `select id, termination_type, termination_id from vpn_tunneltermination
       where (termination_type, termination_id) in (select * from unnest($1::text[], $2::bigint[]))`,
      [changes.map(change => change.row['termination_type']), changes.map(change => change.row['termination_id'])],
    )
    return new Map(rows.map(row => [objectOf(row), row.id]))
  },
  check: {
    'an object ends one tunnel at most': ({ id, row, before, fail }, ledger: Ledger) => {
      const taken = ledger.get(objectOf(row))
      if (taken !== undefined && taken !== id) return fail('termination', 'The object is already attached to a tunnel.')
      if (before) ledger.delete(objectOf(before))
      ledger.set(objectOf(row), id)
    },
  },
})
