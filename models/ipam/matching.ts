import { formatAddress, hostOf, networkOf, parseAddress } from '@demarc/netaddr'
import { sql, type RawBuilder } from 'kysely'
import type { Columns } from '@demarc/engine/model'

/** For `?q=`: the text of the prefix contains the term, or the prefix contains the network that the term names. */
export function prefixMatches(row: Columns, term: string): RawBuilder<boolean> {
  const text = sql<boolean>`strpos(${row['prefix']}::text, ${term}) > 0`
  return parseAddress(term) ? sql<boolean>`(${text} or ${row['prefix']} >>= ${networkOf(term)}::cidr)` : text
}

/** For `?q=`: the text of the address begins with the term. */
export const addressBegins = (row: Columns, term: string): RawBuilder<boolean> =>
  sql<boolean>`starts_with(${row['address']}::text, lower(${term}))`

/** For `?q=`: the text of either end of the range contains the term, or is what the term stands for. */
export function rangeMatches(row: Columns, term: string): RawBuilder<boolean> {
  const address = parseAddress(term)
  const terms = address ? [term, formatAddress(address)] : [term]
  const contains = (column: string) =>
    sql.join(
      terms.map(text => sql`strpos(${row[column]}::text, ${text}) > 0`),
      sql` or `,
    )
  return sql<boolean>`(${contains('start_address')} or ${contains('end_address')})`
}

/** For `?q=`: the primary address of its family has the host that the term names. */
export function primaryAddressIs(row: Columns, term: string): RawBuilder<boolean> | undefined {
  const address = parseAddress(term)
  if (!address) return undefined
  const column = address.family === 4 ? row['primary_ip4_id'] : row['primary_ip6_id']
  return sql<boolean>`${column} in (select id from ipam_ipaddress where host(address) = ${hostOf(term)})`
}
