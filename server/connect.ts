import path from 'node:path'
import { openDatabase, type Database } from '@demarc/engine/database'
import { Problem } from '@demarc/engine/problem'
import pg from 'pg'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import { runningPostgres, startPostgres } from './postgres.ts'

/** Does something with the configured database: that of DATABASE_URL, of a running server, or one started for it. */
export async function withDatabase<T>(config: Config, log: Logger, work: (db: Database) => Promise<T>): Promise<T> {
  const dir = postgresFolder(config)
  const running = config.DATABASE_URL ?? runningPostgres(dir)
  const postgres = running ? null : await startPostgres({ dir })
  try {
    const db = await connect(running ?? postgres!.url, config, log)
    try {
      return await work(db)
    } finally {
      await db.close()
    }
  } catch (error) {
    // A PostgreSQL that stops for want of room only breaks the connection.
    throw (error instanceof Problem && error.code === 'disk-full' ? null : postgres?.diskFull()) ?? error
  } finally {
    await postgres?.stop()
  }
}

/** Folder of the embedded PostgreSQL. */
export function postgresFolder(config: Config): string {
  return path.join(config.DATA_DIR, 'postgres')
}

/** Opens a database, having made sure that it is there and new enough. */
export async function connect(url: string, config: Config, log: Logger): Promise<Database> {
  await probe(url)
  return openDatabase({ url, poolSize: config.DATABASE_POOL_SIZE, log })
}

async function probe(url: string): Promise<void> {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new Problem('database-url', 'DATABASE_URL must look like postgresql://user:password@host:5432/database.')
  }
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  // A connection may end between two statements, which is said again by the next one.
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query('show server_version_num')
    const version = Number(rows[0].server_version_num)
    if (version < 150_000) {
      const name = Math.floor(version / 10_000)
      throw new Problem('database-version', `PostgreSQL ${name} is too old; Demarc needs 15 or newer.`)
    }
  } catch (error) {
    throw error instanceof Problem ? error : unreachable(client, error as Error & { code?: string })
  } finally {
    await client.end().catch(() => {})
  }
}

function unreachable({ host, port, user, database }: pg.Client, error: Error & { code?: string }): Problem {
  const place = host.startsWith('/') ? host : `${host}:${port}`
  const reasons: Record<string, string> = {
    ECONNREFUSED: 'nothing listens there',
    ENOTFOUND: 'there is no such host',
    EAI_AGAIN: 'the host name cannot be looked up',
    ENOENT: 'there is no such socket',
    ETIMEDOUT: 'it does not answer',
    '28P01': `it does not accept the password of user ${user}`,
    '28000': `it does not accept user ${user}`,
    '3D000': `it has no database ${database}`,
    '53300': 'it has no connection left',
    '57P03': 'it is starting or stopping',
  }
  const reason = reasons[error.code ?? ''] ?? (error.message || 'the connection failed')
  return new Problem('database-unreachable', `Cannot use PostgreSQL at ${place}: ${reason}.`, { cause: error })
}
