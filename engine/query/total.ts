import type { Database } from '../database/index.ts'
import type { Model } from '../model/index.ts'
import type { Condition } from './query.ts'

/** A table of fewer rows is counted faster than it is worth remembering. */
const worthwhile = 100_000
/** How long a total is believed that nobody contradicts, as rows may be written by others than Demarc. */
const milliseconds = 10_000

interface Totals {
  /** Changes heard of, by table: a count begun before one is not kept after it. */
  readonly changes: Map<string | null, number>
  readonly kept: Map<string, { readonly count: number; readonly until: number }>
}

const totals = new WeakMap<Database, Totals>()

/** Whether a condition leaves nothing out. */
export const isEverything = (condition: Condition | null): boolean =>
  condition !== null && 'and' in condition && condition.and.every(isEverything)

/** How many rows a table has in all: as `count` finds, or found before and nothing has changed since. */
export async function totalOf(
  db: Database,
  { table }: Pick<Model, 'table'>,
  count: () => Promise<number>,
): Promise<number> {
  const { changes, kept } = totalsOf(db)
  const known = kept.get(table)
  if (known && known.until > Date.now()) return known.count
  const heard = () => `${changes.get(table)} ${changes.get(null)}`
  const before = heard()
  const found = await count()
  if (found >= worthwhile && heard() === before) kept.set(table, { count: found, until: Date.now() + milliseconds })
  return found
}

function totalsOf(db: Database): Totals {
  let known = totals.get(db)
  if (!known) {
    const { changes, kept } = (known = { changes: new Map(), kept: new Map() })
    totals.set(db, known)
    db.onChange(table => {
      changes.set(table, (changes.get(table) ?? 0) + 1)
      if (table === null) kept.clear()
      else kept.delete(table)
    })
  }
  return known
}
