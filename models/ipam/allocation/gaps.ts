import type { Database } from '@demarc/engine/database'
import { sql, type RawBuilder } from 'kysely'

/** Where to look: the database, or a transaction in which what is found stays free. */
export type Reader = Pick<Database, 'rows'>

/** Values from first to last, both included, as PostgreSQL prints them. */
export type Span = readonly [first: string, last: string]

/** Between two taken values of a span, given by its place, lies at least one that is free; null is the span's end. */
export interface Gap {
  readonly at: number
  readonly after: string | null
  readonly before: string | null
}

/**
 * The first gaps that taken values leave in spans, in order; at most `limit` in each. The taken values are given as
 * SQL that yields `value` between two others: read in their order from an index and no further than the last gap
 * wanted, so neither the size of a span nor what lies behind its first gaps counts.
 */
export async function gapsIn(
  db: Reader,
  type: 'inet' | 'bigint',
  spans: readonly Span[],
  taken: (first: RawBuilder<unknown>, last: RawBuilder<unknown>) => RawBuilder<unknown>,
  limit: number | null,
): Promise<Gap[]> {
  const [firsts, lasts] = [spans.map(([first]) => first), spans.map(([, last]) => last)]
  const typed = sql.raw(type)
  const values = sql`select distinct value from (${taken(sql`span.first`, sql`span.last`)}) as taken`
  return db.rows<Gap>(sql`
    select span.at::int - 1 as at, gap.after::text as after, gap.before::text as before
    from unnest(${firsts}::${typed}[], ${lasts}::${typed}[]) with ordinality as span (first, last, at)
    cross join lateral (
      select null::${typed} as after, (${values} order by value limit 1) as before
      union all (
        select value, next
        from (select value, lead(value) over (order by value) as next from (${values}) as taken) as pair
        where case when next is null then value < span.last else next > value + 1 end
        limit ${limit}
      )
    ) as gap
    where gap.before is distinct from span.first
    order by span.at, gap.after nulls first`)
}
