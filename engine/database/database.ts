import { Kysely, PostgresDialect, type RawBuilder } from 'kysely'
import pg from 'pg'
import type { Logger } from 'pino'
import type { Tables } from '../model/tables.ts'
import { wireTypes } from './types.ts'

/** A PostgreSQL database and the ways to ask it. */
export interface Database {
  /** Typed queries and transactions. */
  readonly kysely: Kysely<Tables>
  readonly pool: pg.Pool
  /** Rows of one statement. A named one is prepared once per connection and planned once. */
  readonly rows: <R = Record<string, any>>(
    query: RawBuilder<unknown>,
    options?: { readonly named?: boolean },
  ) => Promise<R[]>
  /** Rows of one statement given as text, prepared once per connection. */
  readonly query: <R>(text: string, values: readonly unknown[]) => Promise<R[]>
  /** Called with every statement that `rows` and `query` send. */
  readonly watch: (listener: (text: string, values: readonly unknown[]) => void) => () => void
  /** Called when rows of a table have changed, here or in another process. */
  readonly onChange: (listener: (table: string | null) => void) => () => void
  /** Say that rows of a table (null: of any) have changed, to every process. */
  readonly changed: (table: string | null) => Promise<void>
  /** Tell this process's listeners; other processes hear of a notification on `channel`. */
  readonly tell: (table: string | null) => void
  readonly channel: string
  readonly close: () => Promise<void>
}

export interface DatabaseOptions {
  readonly url: string
  readonly poolSize?: number
  readonly log?: Logger
}

const channel = 'demarc_changed'

/** Open a pool of connections. Nothing is asked of the server before the first query. */
export function openDatabase({ url, poolSize = 10, log }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    types: wireTypes,
    options: '-c TimeZone=UTC -c DateStyle=ISO -c IntervalStyle=postgres',
    application_name: 'demarc',
  })
  pool.on('error', error => log?.error(error, 'idle connection failed'))
  // One that breaks while it is used fails what is asked of it; unheard, the event would end the process.
  pool.on('connect', client => client.on('error', () => undefined))
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  const watchers = new Set<(text: string, values: readonly unknown[]) => void>()
  const listeners = new Set<(table: string | null) => void>()
  const names = new Map<string, string>()
  let listening: Promise<pg.Client> | undefined

  const nameOf = (text: string) => {
    const known = names.get(text)
    if (known || names.size >= 400) return known
    const name = `s${names.size}`
    names.set(text, name)
    return name
  }
  const tell = (table: string | null) => listeners.forEach(listener => listener(table))

  async function listen(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: url, application_name: 'demarc listener' })
    client.on('notification', message => tell(message.payload || null))
    client.on('error', error => {
      log?.warn(error, 'lost the connection that hears of changes')
      listening = undefined
      tell(null)
      if (listeners.size) setTimeout(() => (listening ??= listen()), 1000).unref()
    })
    await client.connect()
    await client.query(`listen ${channel}`)
    return client
  }

  return {
    kysely,
    pool,
    async rows(query, { named = false } = {}) {
      const { sql, parameters } = query.compile(kysely)
      watchers.forEach(watcher => watcher(sql, parameters))
      const name = named ? nameOf(sql) : undefined
      const result = await pool.query({ ...(name && { name }), text: sql, values: parameters as unknown[] })
      return result.rows
    },
    async query(text, values) {
      watchers.forEach(watcher => watcher(text, values))
      const name = nameOf(text)
      const result = await pool.query({ ...(name && { name }), text, values: values as unknown[] })
      return result.rows
    },
    watch(listener) {
      watchers.add(listener)
      return () => watchers.delete(listener)
    },
    onChange(listener) {
      listeners.add(listener)
      listening ??= listen()
      listening.catch(error => {
        listening = undefined
        log?.warn(error, 'cannot hear of changes')
      })
      return () => listeners.delete(listener)
    },
    async changed(table) {
      tell(table)
      await pool.query('select pg_notify($1, $2)', [channel, table ?? ''])
    },
    tell,
    channel,
    async close() {
      const client = await listening?.catch(() => undefined)
      listeners.clear()
      await client?.end().catch(() => undefined)
      await kysely.destroy()
      // Kysely ends the pool only if it has asked something of it.
      if (!pool.ending) await pool.end()
    },
  }
}
