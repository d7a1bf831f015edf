import type { Database } from '@demarc/engine/database'
import { shareText } from '../../dcim/utilization/share.ts'
import { spaceOfAggregates, spaceOfPrefixes, spaceOfRanges, type AddressSpace } from './space.ts'

/** How much of address space is taken, as a file says it. */
const figuresBy =
  (measure: (db: Database, ids: readonly number[]) => Promise<Map<number, AddressSpace>>) =>
  async (db: Database, ids: readonly number[]): Promise<Map<number, string>> =>
    new Map(
      [...(await measure(db, ids))].map(([id, { size, taken }]) => [
        id,
        `${shareText(Math.min(100, (taken / size) * 100))}%`,
      ]),
    )

export const aggregateFigures = figuresBy(spaceOfAggregates)
export const prefixFigures = figuresBy(spaceOfPrefixes)
export const rangeFigures = figuresBy(spaceOfRanges)

/** How many prefixes lie in aggregates, or equal them, as a file says it. */
export async function childFigures(db: Database, aggregates: readonly number[]): Promise<Map<number, string>> {
  const rows = await db.query<{ id: number; children: number }>(
    `select own.id, (select count(*) from ipam_prefix as child where child.prefix <<= own.prefix) as children
     from ipam_aggregate as own where own.id = any($1::bigint[])`,
    [aggregates],
  )
  return new Map(rows.map(({ id, children }) => [id, String(children)]))
}
