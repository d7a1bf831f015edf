import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import type { Tables } from '../model/tables.ts'
import type { Database } from './database.ts'

/** One transaction: asks on one connection, and all of it happens or nothing. */
export interface Transaction extends Pick<Database, 'rows' | 'query' | 'kysely'> {
  readonly client: pg.PoolClient
  /** Say that rows of a table change; every process hears of it once the transaction is committed. */
  readonly touch: (table: string) => void
  /** Run when the transaction has been committed. */
  readonly afterCommit: (run: () => void) => void
}

/** Thrown out of {@link inTransaction} to undo everything and answer with `value` all the same. */
export class Undo<T> extends Error {
  readonly value: T

  constructor(value: T) {
    super('undone')
    this.value = value
  }
}

/** Run in a transaction, with constraints checked at its end. An error undoes all of it. */
export async function inTransaction<T>(db: Database, run: (tx: Transaction) => Promise<T>): Promise<T> {
  const client = await db.pool.connect()
  const touched = new Set<string>()
  const later: (() => void)[] = []
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: onlyClient(client) }) })
  try {
    await client.query('begin; set constraints all deferred')
    const result = await run({
      client,
      kysely,
      async rows(query) {
        const { sql, parameters } = query.compile(db.kysely)
        return (await client.query({ text: sql, values: parameters as unknown[] })).rows
      },
      query: async (text, values) => (await client.query({ text, values: values as unknown[] })).rows,
      touch: table => void touched.add(table),
      afterCommit: run => void later.push(run),
    })
    if (touched.size)
      await client.query('select pg_notify($1, name) from unnest($2::text[]) as name', [db.channel, [...touched]])
    await client.query('commit')
    for (const table of touched) db.tell(table)
    for (const run of later) run()
    return result
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    if (error instanceof Undo) return error.value as T
    throw error
  } finally {
    client.release()
  }
}

/** A pool of which the one client is never given back: its transaction is ended by whoever began it. */
const onlyClient = (client: pg.PoolClient) =>
  ({ connect: async () => ({ query: client.query.bind(client), release() {} }), async end() {} }) as unknown as pg.Pool
