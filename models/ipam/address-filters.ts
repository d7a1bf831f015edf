import { anyOf, one, type Columns, type FilterSpec } from '@demarc/engine/model'
import { formatAddress, hostOf, networkOf, parseAddress } from '@demarc/netaddr'
import { sql, type RawBuilder } from 'kysely'

const nothing = sql<boolean>`false`

/** Takes addresses: one without a mask finds its host under any mask. What is no address is left aside. */
export const addressFilter = (column: string) =>
  anyOf('text', (row, texts) => {
    const known = texts.filter(text => parseAddress(text))
    const hosts = known.filter(text => !text.includes('/')).map(hostOf)
    const masked = known.filter(text => text.includes('/')).map(formatAddress)
    return sql`(${hostIn(row, column)} = any(${hosts}::inet[]) or ${row[column]} = any(${masked}::inet[]))`
  })

/** Takes networks, and finds what has the hosts in all of the columns inside one of them. Bad text finds nothing. */
export const parentFilter = (...columns: readonly string[]) =>
  anyOf('text', (row, texts) => {
    if (!texts.every(text => parseAddress(text))) return nothing
    const inside = (network: string) =>
      sql.join(
        columns.map(column => sql`${hostIn(row, column)} <<= ${network}::inet`),
        sql` and `,
      )
    return sql<boolean>`(${sql.join(
      texts.map(text => sql`(${inside(networkOf(text))})`),
      sql` or `,
    )})`
  })

/**
 * Takes an address, and finds the ranges between whose ends it lies: by its host where it has no mask, else as PostgreSQL
 * orders addresses, where the mask counts and has to be that of the range. Bad text finds nothing.
 */
export const betweenFilter = (start: string, end: string) =>
  one('text', (row, text) => {
    const address = parseAddress(text)
    if (!address) return nothing
    const value = sql`${formatAddress(address)}::inet`
    return text.includes('/')
      ? sql<boolean>`${value} between ${row[start]} and ${row[end]}`
      : sql<boolean>`${value} between ${hostIn(row, start)} and ${hostIn(row, end)}`
  })

/** Takes networks in their CIDR form, and finds those that equal one of them. What is no network is left aside. */
export const networkFilter = (column: string) =>
  anyOf(
    'text',
    (row, texts) => sql`${row[column]} = any(${texts.filter(text => parseAddress(text)).map(formatAddress)}::inet[])`,
  )

/** Takes a network, and finds by a comparison with it. Bad text finds nothing. */
export const networkTest = (test: (row: Columns, network: RawBuilder<string>, text: string) => RawBuilder<boolean>) =>
  one('text', (row, text) => (parseAddress(text) ? test(row, sql<string>`${networkOf(text)}::inet`, text) : nothing))

/** `mask_length`, and its bounds. */
export const maskLengthFilters = (column: string): Readonly<Record<string, FilterSpec>> => ({
  mask_length: anyOf<number>('number', (row, lengths) => sql`masklen(${row[column]}) = any(${lengths}::bigint[])`),
  mask_length__gte: one<number>('number', (row, length) => sql`masklen(${row[column]}) >= ${length}::bigint`),
  mask_length__lte: one<number>('number', (row, length) => sql`masklen(${row[column]}) <= ${length}::bigint`),
})

/** The host in a column of addresses, as the indexes have it. */
const hostIn = (row: Columns, column: string) => sql`host(${row[column]})::inet`
