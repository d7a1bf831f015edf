import type { Database } from '@demarc/engine/database'

interface Counted {
  readonly database: string
  query: (...given: unknown[]) => unknown
}

/**
 * How many statements work sends to a database, those of its transactions included. Others may be at work in the same
 * process, as the jobs of other tests are, so only those for this database count.
 */
export async function statementsOf(db: Database, work: () => Promise<unknown>): Promise<number> {
  const connection = await db.pool.connect()
  connection.release()
  const client = connection as unknown as Counted
  const { prototype } = client.constructor as unknown as { prototype: Counted }
  const { query } = prototype
  let sent = 0
  prototype.query = function (this: Counted, ...given: unknown[]) {
    if (this.database === client.database) sent++
    return query.apply(this, given)
  }
  try {
    await work()
  } finally {
    prototype.query = query
  }
  return sent
}
