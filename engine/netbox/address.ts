import pg from 'pg'
import { Problem } from '../problem/index.ts'
import { quote } from '../schema/index.ts'
import type { Batch, Count, Source } from './source.ts'

/** How much of a table is fetched at a time, so that little is held in memory. */
const portion = { rows: 2000, bytes: 8 << 20 }

interface Table {
  readonly name: string
  readonly columns: readonly string[]
  /** Average size of a row, as far as PostgreSQL knows. */
  readonly width: number
}

/** Opens a running database: one read-only snapshot, in which everything is read through a cursor. */
export async function openAddress(address: string): Promise<Source> {
  if (!URL.canParse(address))
    throw new Problem('source-address', 'The address must look like postgres://user:password@host:5432/netbox.')
  const client = new pg.Client({
    connectionString: address,
    connectionTimeoutMillis: 10_000,
    application_name: 'demarc import-netbox',
    types: { getTypeParser: () => (text: string) => text } as unknown as pg.CustomTypesConfig,
  })
  // A lost connection is said again by the statement that notices it.
  client.on('error', () => {})
  async function ask<R extends object>(text: string): Promise<R[]> {
    try {
      return (await client.query<R & pg.QueryResultRow>(text)).rows
    } catch (error) {
      throw unreadable(client, error as Error)
    }
  }
  try {
    await client.connect()
  } catch (error) {
    await client.end().catch(() => {})
    throw unreachable(client, error as Error & { code?: string })
  }
  const tables = await begin()

  async function begin(): Promise<Table[]> {
    try {
      await ask(
        `set TimeZone = 'UTC'; set DateStyle = 'ISO'; set IntervalStyle = 'postgres'; set bytea_output = 'hex'; set statement_timeout = 0; set idle_in_transaction_session_timeout = 0`,
      )
      await ask('begin isolation level repeatable read read only')
      const found = await ask<{ name: string; columns: string; width: string }>(
        `select relname as name, json_agg(attname order by attnum) as columns,
           coalesce(pg_table_size(class.oid) / greatest(reltuples, 1), 0)::bigint as width
         from pg_class as class join pg_attribute on attrelid = class.oid and attnum > 0 and not attisdropped
         where relkind in ('r', 'p') and not relispartition and pg_table_is_visible(class.oid)
           and relnamespace <> 'pg_catalog'::regnamespace
         group by class.oid, relname, reltuples order by relname`,
      )
      return found.map(({ name, columns, width }) => ({
        name,
        columns: JSON.parse(columns) as string[],
        width: Number(width),
      }))
    } catch (error) {
      await client.end().catch(() => {})
      throw error
    }
  }

  async function* rowsOf({ name, columns, width }: Table): AsyncIterable<Batch> {
    yield { table: name, columns, rows: [] }
    const rows = Math.max(1, Math.min(portion.rows, Math.floor(portion.bytes / Math.max(width, 1))))
    await ask(`declare rows no scroll cursor for select ${columns.map(quote).join(', ')} from ${quote(name)}`)
    for (;;) {
      const fetched = await fetch(rows)
      if (fetched.length) yield { table: name, columns, rows: fetched }
      if (fetched.length < rows) break
    }
    await ask('close rows')
  }

  async function fetch(rows: number): Promise<(string | null)[][]> {
    try {
      return (await client.query<(string | null)[]>({ text: `fetch ${rows} from rows`, rowMode: 'array' })).rows
    } catch (error) {
      throw unreadable(client, error as Error)
    }
  }

  return {
    async *look(wanted): AsyncIterable<Batch | Count> {
      for (const table of tables) {
        if (wanted(table.name)) yield* rowsOf(table)
        else {
          const [found] = await ask<{ count: string }>(`select count(*) as count from ${quote(table.name)}`)
          yield { table: table.name, columns: table.columns, count: Number(found!.count) }
        }
      }
    },
    async *read(wanted) {
      for (const table of tables) if (wanted(table.name)) yield* rowsOf(table)
    },
    async sequences() {
      const rows = await ask<{ name: string; last: string }>(
        `select sequencename as name, last_value as last from pg_sequences
         where last_value is not null and pg_table_is_visible(format('%I.%I', schemaname, sequencename)::regclass)`,
      )
      return new Map(rows.map(({ name, last }) => [name, Number(last)]))
    },
    close: () => client.end().catch(() => {}),
  }
}

const placeOf = ({ host, port }: pg.Client) => (host.startsWith('/') ? host : `${host}:${port}`)

function unreachable(client: pg.Client, error: Error & { code?: string }): Problem {
  const reasons: Record<string, string> = {
    ECONNREFUSED: 'nothing listens there',
    ECONNRESET: 'it closed the connection',
    ENOTFOUND: 'there is no such host',
    EAI_AGAIN: 'the host name cannot be looked up',
    ENOENT: 'there is no such socket',
    ETIMEDOUT: 'it does not answer',
    EHOSTUNREACH: 'it cannot be reached',
    '28P01': `it does not accept the password of user ${client.user}`,
    '28000': `it does not accept user ${client.user}`,
    '3D000': `it has no database ${client.database}`,
    '53300': 'it has no connection left',
    '57P03': 'it is starting or stopping',
  }
  const said = /password must be a string/.test(error.message) ? 'it asks for a password' : error.message
  const reason = reasons[error.code ?? ''] ?? firstLine(said || 'the connection failed')
  return new Problem('source-unreachable', `Cannot read NetBox's database at ${placeOf(client)}: ${reason}.`, {
    cause: error,
  })
}

const unreadable = (client: pg.Client, error: Error) =>
  new Problem(
    'source-unreadable',
    `Reading NetBox's database at ${placeOf(client)} failed: ${firstLine(error.message)}.`,
    {
      cause: error,
    },
  )

const firstLine = (text: string) => text.split('\n')[0]!.replace(/\.$/, '')
