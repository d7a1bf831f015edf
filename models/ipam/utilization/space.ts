import type { Database } from '@demarc/engine/database'
import { sql, type RawBuilder } from 'kysely'
import { shareOf } from '../../dcim/utilization/share.ts'

/** How much of some address space is taken. */
export interface AddressSpace {
  /** Addresses there are to be had; from 2^53 on the nearest number. */
  readonly size: number
  readonly taken: number
  /** Percent of the size that is taken, a hundred at most. */
  readonly percent: number
  /** What takes it: prefixes inside, addresses and used up ranges, or the mark that all of it is used up. */
  readonly taken_by: 'prefixes' | 'addresses' | 'mark'
}

type Reader = Pick<Database, 'rows'>

/** What a statement here yields of a row: null taken where a mark says that all is. */
interface Measured {
  readonly id: number
  readonly size: number
  readonly taken: number | null
  readonly taken_by: 'prefixes' | 'addresses'
}

const ids = (rows: readonly number[]) => sql`${rows}::bigint[]`

/**
 * The space of prefixes, by id: what prefixes inside take of a container, and addresses and used up ranges of any other.
 * One statement.
 */
export async function spaceOfPrefixes(db: Reader, prefixes: readonly number[]): Promise<Map<number, AddressSpace>> {
  const reserved = sql`case when family(own.prefix) = 4 and masklen(own.prefix) < 31 and not own.is_pool then 2 else 0 end`
  const isContainer = sql`own.status = 'container'`
  return spaces(
    await db.rows<Measured>(sql`
      select own.id,
        (${addressesIn('own.prefix')} - case when ${isContainer} then 0 else ${reserved} end)::float8 as size,
        (case
          when own.mark_utilized then null
          when ${isContainer} then ${coveredBy(sql`inner_prefix.prefix << own.prefix and inner_prefix.vrf_id is not distinct from own.vrf_id`)}
          else ${inUsedUpRanges} - ${hostsInUsedUpRanges} + ${hostsBetween(network, broadcast)}
        end)::float8 as taken,
        case when ${isContainer} then 'prefixes' else 'addresses' end as taken_by
      from ipam_prefix as own where own.id = any(${ids(prefixes)})`),
  )
}

/** The space of aggregates, by id: what prefixes of all VRFs take. One statement. */
export async function spaceOfAggregates(db: Reader, aggregates: readonly number[]): Promise<Map<number, AddressSpace>> {
  return spaces(
    await db.rows<Measured>(sql`
      select own.id, ${addressesIn('own.prefix')}::float8 as size, 'prefixes' as taken_by,
        ${coveredBy(sql`inner_prefix.prefix <<= own.prefix`)}::float8 as taken
      from ipam_aggregate as own where own.id = any(${ids(aggregates)})`),
  )
}

/** The space of IP ranges, by id: what addresses take. One statement. */
export async function spaceOfRanges(db: Reader, ranges: readonly number[]): Promise<Map<number, AddressSpace>> {
  return spaces(
    await db.rows<Measured>(sql`
      select own.id, own.size::float8 as size, 'addresses' as taken_by,
        (case when own.mark_utilized then null
          else ${hostsBetween('host(own.start_address)::inet', 'host(own.end_address)::inet')} end)::float8 as taken
      from ipam_iprange as own where own.id = any(${ids(ranges)})`),
  )
}

const spaces = (rows: readonly Measured[]): Map<number, AddressSpace> =>
  new Map(
    rows.map(({ id, size, taken, taken_by }) => [
      id,
      taken === null
        ? { size, taken: size, percent: 100, taken_by: 'mark' }
        : { size, taken, percent: Math.min(100, shareOf(taken, size)), taken_by },
    ]),
  )

/** How many addresses a network has. */
const addressesIn = (network: string) =>
  sql.raw(`power(2::numeric, case family(${network}) when 4 then 32 else 128 end - masklen(${network}))`)

/** How many addresses the prefixes that fulfil a condition cover together, of `own`. */
function coveredBy(condition: RawBuilder<unknown>): RawBuilder<unknown> {
  // In PostgreSQL's order a network comes before those inside it: one that ends before what is reached lies in another.
  return sql`(
    select coalesce(sum(addresses), 0) from (
      select ${addressesIn('prefix')} as addresses, host(prefix)::inet as first,
        max(host(broadcast(prefix))::inet) over (order by prefix rows between unbounded preceding and 1 preceding) as reached
      from ipam_prefix as inner_prefix where ${condition}
    ) as covering where reached is null or first > reached
  )`
}

/** The ends of `own`, a prefix. */
const [network, broadcast] = ['host(own.prefix)::inet', 'host(broadcast(own.prefix))::inet'] as const

/** That a range is used up and lies in `own`, a prefix; said as the index of where ranges start can answer it. */
const isUsedUp = sql.raw(
  `range.mark_utilized and range.vrf_id is not distinct from own.vrf_id
     and host(range.start_address)::inet between ${network} and ${broadcast} and host(range.end_address)::inet <= ${broadcast}`,
)

/** How many addresses are in such ranges, each counted once. */
const inUsedUpRanges = sql`(
  select coalesce(sum(greatest(last - greatest(first, reached + 1) + 1, 0)), 0) from (
    select host(range.start_address)::inet as first, host(range.end_address)::inet as last,
      max(host(range.end_address)::inet) over (order by host(range.start_address)::inet rows between unbounded preceding and 1 preceding) as reached
    from ipam_iprange as range where ${isUsedUp}
  ) as ranges
)`

const isHostBetween = (first: string, last: string) =>
  sql.raw(`host(address.address)::inet between ${first} and ${last} and address.vrf_id is not distinct from own.vrf_id`)

const hosts = sql`count(distinct host(address.address)::inet)`

/** How many hosts have an address in such ranges. */
const hostsInUsedUpRanges = sql`(
  select ${hosts} from ipam_iprange as range
  join ipam_ipaddress as address on ${isHostBetween('host(range.start_address)::inet', 'host(range.end_address)::inet')}
  where ${isUsedUp}
)`

/** How many hosts have an address from one to another, in the VRF of `own`. */
const hostsBetween = (first: string, last: string) =>
  sql`(select ${hosts} from ipam_ipaddress as address where ${isHostBetween(first, last)})`
