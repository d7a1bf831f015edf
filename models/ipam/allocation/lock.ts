import type { Transaction } from '@demarc/engine/database'

/** Things of which free ones are given out, each with the number of its lock. */
const locks = { 'available-prefixes': 1, 'available-ips': 2, 'available-vlans': 3, 'available-asns': 4 } as const

export type Allocated = keyof typeof locks

/** Sets these locks apart from others that the database may know. */
const family = 0x6970616d

/** From here to the end of the transaction nobody else gives out, or takes, a free one of a kind: whoever comes later waits. */
export async function lockAllocation(tx: Transaction, what: Allocated): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1::int, $2::int)', [family, locks[what]])
}
