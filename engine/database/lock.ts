import type { Database } from './database.ts'

/** Any constant for each use: the first half of the number of an advisory lock, the second being the id of what is locked. */
export const locks = { dataSource: 726_175, customField: 726_176 } as const

/**
 * Run while nobody else holds a lock, over as many transactions as it takes; null where somebody does. It ends with the
 * process, so that nothing stays locked for ever. Takes a connection of its own.
 */
export async function whileLocked<T>(
  db: Database,
  lock: keyof typeof locks,
  id: number,
  run: () => Promise<T>,
): Promise<T | null> {
  const client = await db.pool.connect()
  const key = [locks[lock], id]
  try {
    const { rows } = await client.query('select pg_try_advisory_lock($1::int, $2::int) as mine', key)
    if (!rows[0].mine) return null
    try {
      return await run()
    } finally {
      await client.query('select pg_advisory_unlock($1::int, $2::int)', key)
    }
  } finally {
    client.release()
  }
}
