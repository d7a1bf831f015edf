import {
  address,
  formatAddress,
  formatHost,
  maskLengthOf,
  rangeBetween,
  subtractRanges,
  usableRange,
  type Range,
} from '@demarc/netaddr'
import { sql, type RawBuilder } from 'kysely'
import { gapsIn, type Reader } from './gaps.ts'

/** The columns of a prefix that tell which addresses are its own. */
export interface PrefixRow {
  readonly prefix: string
  readonly vrf_id: number | null
  readonly status: string
  readonly is_pool: boolean
}

/** The columns of an IP range that tell which addresses are its own. */
export interface RangeRow {
  readonly start_address: string
  readonly end_address: string
  readonly vrf_id: number | null
  readonly mark_populated: boolean
}

/** As many addresses are enough for anyone who asks for all that are free, of perhaps 2^64. */
const most = 65_536

/**
 * The lowest free addresses of a prefix, with its mask: the usable ones, less those that exist and those of ranges
 * inside it that count as populated. Prefixes inside it take nothing.
 */
export async function freeAddressesOfPrefix(
  db: Reader,
  { prefix, vrf_id, status, is_pool }: PrefixRow,
  limit: number | null,
): Promise<string[]> {
  const populated = await db.rows<Pick<RangeRow, 'start_address' | 'end_address'>>(sql`
    select start_address, end_address from ipam_iprange
    where mark_populated and vrf_id is not distinct from ${vrf_id}::bigint
      and host(start_address)::inet <<= ${prefix}::inet and host(end_address)::inet <<= ${prefix}::inet`)
  const free = subtractRanges(
    usableRange(prefix, { pool: is_pool }),
    populated.flatMap(range => rangeBetween(range.start_address, range.end_address) ?? []),
  )
  // A container outside of every VRF stands for the space as such, wherever in it an address is used.
  const vrf = vrf_id === null && status === 'container' ? sql<boolean>`true` : sameVRF(vrf_id)
  return freeAddresses(db, free, vrf, maskLengthOf(prefix), limit)
}

/** The lowest free addresses of an IP range, with the mask of its start; none where it counts as populated. */
export async function freeAddressesOfRange(
  db: Reader,
  { start_address, end_address, vrf_id, mark_populated }: RangeRow,
  limit: number | null,
): Promise<string[]> {
  const range = mark_populated ? null : rangeBetween(start_address, end_address)
  return range ? freeAddresses(db, [range], sameVRF(vrf_id), maskLengthOf(start_address), limit) : []
}

const sameVRF = (vrf: number | null) => sql<boolean>`vrf_id is not distinct from ${vrf}::bigint`

async function freeAddresses(
  db: Reader,
  ranges: readonly Range[],
  among: RawBuilder<boolean>,
  length: number,
  limit: number | null,
): Promise<string[]> {
  const wanted = Math.min(limit ?? most, most)
  const gaps = await gapsIn(
    db,
    'inet',
    ranges.map(({ family, first, last }) => [formatHost(family, first), formatHost(family, last)]),
    (first, last) => sql`
      select host(address)::inet as value from ipam_ipaddress
      where host(address)::inet between ${first} and ${last} and ${among}
      order by 1`,
    wanted,
  )
  const found: string[] = []
  for (const { at, after, before } of gaps) {
    const { family, first, last } = ranges[at]!
    const end = before === null ? last : address(before).value - 1n
    for (let value = after === null ? first : address(after).value + 1n; value <= end; value++) {
      if (found.length === wanted) return found
      found.push(formatAddress({ family, value, length }))
    }
  }
  return found
}
