import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import type { Tables } from '../model/tables.ts'
import type { Database } from './database.ts'

/** One transaction: asks on one connection, and all of it happens or nothing. */
export interface Transaction extends Pick<Database, 'rows' | 'query' | 'kysely'> {
  readonly client: pg.PoolClient
  /** Say that rows of a table change; every process hears of it once the transaction is committed. */
  readonly touch: (table: string) => void
  /** Run when the transaction has been committed; a promise is waited for. */
  readonly afterCommit: (run: () => void | Promise<void>) => void
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
  const later: (() => void | Promise<void>)[] = []
  const result = await transact(db, run, later)
  for (const run of later) await run()
  return result
}

async function transact<T>(
  db: Database,
  run: (tx: Transaction) => Promise<T>,
  later: (() => void | Promise<void>)[],
): Promise<T> {
  await takeTurn(db.pool)
  const client = await db.pool.connect().catch(error => {
    giveTurn(db.pool)
    throw error
  })
  const touched = new Set<string>()
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
    return result
  } catch (error) {
    later.length = 0
    await client.query('rollback').catch(() => undefined)
    if (error instanceof Undo) return error.value as T
    throw error
  } finally {
    client.release()
    giveTurn(db.pool)
  }
}

/** How many more transactions of a pool may begin, and who waits to begin one. */
const turns = new WeakMap<pg.Pool, { free: number; readonly waiting: (() => void)[] }>()

/**
 * One connection is kept out of transactions: those that wait for each other's locks may have all the others, and what
 * they ask outside of themselves (of a cache that has just been dropped, say) must still be answered.
 */
function takeTurn(pool: pg.Pool): Promise<void> | undefined {
  let turn = turns.get(pool)
  if (!turn) turns.set(pool, (turn = { free: Math.max(1, pool.options.max - 1), waiting: [] }))
  if (turn.free === 0) return new Promise(resolve => turn.waiting.push(resolve))
  turn.free--
  return undefined
}

function giveTurn(pool: pg.Pool): void {
  const turn = turns.get(pool)!
  const next = turn.waiting.shift()
  if (next) next()
  else turn.free++
}

/** A pool of which the one client is never given back: its transaction is ended by whoever began it. */
const onlyClient = (client: pg.PoolClient) =>
  ({ connect: async () => ({ query: client.query.bind(client), release() {} }), async end() {} }) as unknown as pg.Pool
