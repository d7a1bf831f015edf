import type { Transaction } from '@demarc/engine/database'

/** Positions of bays from the root down, by the bay that each chain ends with. One statement. */
export async function chainsOf(
  tx: Transaction,
  bays: readonly number[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  if (bays.length === 0) return new Map()
  const rows = await tx.query<{ id: number; chain: string[] }>(
    `select bay.id, array_agg(above.position order by nlevel(above.path)) as chain
     from dcim_modulebay as bay join dcim_modulebay as above on bay.path <@ above.path
     where bay.id = any($1::bigint[]) group by bay.id`,
    [bays],
  )
  return new Map(rows.map(row => [row.id, row.chain]))
}
