import { sql, type RawBuilder } from 'kysely'
import { gapsIn, type Reader } from './gaps.ts'

/** The lowest free VLAN ids of a group: those of its ranges that none of its VLANs has. */
export const freeVLANIds = (
  db: Reader,
  group: number,
  ranges: readonly (readonly [low: number, high: number])[],
  limit: number | null,
): Promise<number[]> => freeNumbers(db, ranges, (first, last) => vlansOf(group, first, last), limit)

const vlansOf = (group: number, first: RawBuilder<unknown>, last: RawBuilder<unknown>) =>
  sql`select vid::bigint as value from ipam_vlan where group_id = ${group} and vid between ${first} and ${last} order by vid`

/** The lowest free AS numbers of a range, both ends included. */
export const freeASNs = (db: Reader, start: number, end: number, limit: number | null): Promise<number[]> =>
  freeNumbers(
    db,
    [[start, end]],
    (first, last) => sql`select asn as value from ipam_asn where asn between ${first} and ${last} order by asn`,
    limit,
  )

async function freeNumbers(
  db: Reader,
  ranges: readonly (readonly [low: number, high: number])[],
  taken: (first: RawBuilder<unknown>, last: RawBuilder<unknown>) => RawBuilder<unknown>,
  limit: number | null,
): Promise<number[]> {
  const ascending = [...ranges].sort(([a], [b]) => a - b)
  const gaps = await gapsIn(
    db,
    'bigint',
    ascending.map(([low, high]) => [String(low), String(high)]),
    taken,
    limit,
  )
  const found: number[] = []
  for (const { at, after, before } of gaps) {
    const [low, high] = ascending[at]!
    const end = before === null ? high : Number(before) - 1
    for (let value = after === null ? low : Number(after) + 1; value <= end; value++) {
      if (found.length === limit) return found
      found.push(value)
    }
  }
  return found
}
