import type { Reader } from './gaps.ts'
import { subtract } from '@demarc/netaddr'
import { sql } from 'kysely'
import type { PrefixRow } from './addresses.ts'

/** The space of a prefix that no prefix inside it takes, as the fewest blocks, ascending. */
export async function freePrefixes(
  db: Reader,
  { prefix, vrf_id }: Pick<PrefixRow, 'prefix' | 'vrf_id'>,
): Promise<string[]> {
  // In PostgreSQL's order a network comes before those inside it: one that ends before what is reached lies in another.
  const outermost = await db.rows<{ prefix: string }>(sql`
    select prefix
    from (
      select prefix, max(host(broadcast(prefix))::inet) over (
        order by prefix rows between unbounded preceding and 1 preceding
      ) as reached
      from ipam_prefix
      where prefix << ${prefix}::cidr and vrf_id is not distinct from ${vrf_id}::bigint
    ) as child
    where reached is null or host(prefix)::inet > reached
    order by prefix`)
  return subtract(
    prefix,
    outermost.map(child => child.prefix),
  )
}
