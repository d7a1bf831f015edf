import type { Caller } from '@demarc/engine/auth'
import type { Database } from '@demarc/engine/database'
import { importRoutes } from '@demarc/engine/csv'
import { createApp } from '@demarc/engine/http'
import type { Queue } from '@demarc/engine/job'
import { restRoutes } from '@demarc/engine/rest'
import { undoRoutes } from '@demarc/engine/undo'
import { registry } from '@demarc/models'
import '../rules.ts'
import { pino } from 'pino'
import { readConfig, type Config } from '../../server/config.ts'

/** An answer of the REST interface, read as JSON where there is a body. */
export interface Answer {
  readonly status: number
  readonly body: any
  readonly location: string | undefined
  /** The number that the change log knows the request by. */
  readonly request: string
}

type Method = 'GET' | 'HEAD' | 'OPTIONS' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Sends a request in this process, below /api/ unless the path begins with a slash; without a user, as the superuser. */
export type Ask = (
  method: Method,
  path: string,
  body?: unknown,
  user?: number,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>

/** The REST interface over a database, asked as whoever a request names; with a queue, it leaves work to workers. */
export async function restOf(db: Database, queue?: Queue, settings: Partial<Config> = {}): Promise<Ask> {
  await db.pool.query(
    `insert into users_user (id, username, password, is_superuser, is_active, date_joined, first_name, last_name, email)
     overriding system value values (1, 'root', '', true, true, now(), '', '', '')`,
  )
  await db.pool.query(`select setval(pg_get_serial_sequence('users_user', 'id'), 100)`)
  const config = { ...readConfig({}), ALLOWED_HOSTS: ['*'], ...settings }
  const identify = async ({ headers }: { headers: Record<string, unknown> }): Promise<Caller> => {
    const id = Number(headers['x-test-user'] ?? 1)
    return {
      user: { id, username: id === 1 ? 'root' : `user${id}`, superuser: id === 1 },
      via: 'session',
      writes: true,
    }
  }
  const options = { db, registry, config, identify, ...(queue && { queue }) }
  const app = createApp({
    config,
    logger: pino({ level: 'silent' }),
    routes: [restRoutes(options), importRoutes(options), undoRoutes(options)],
  })
  await app.ready()
  return async (method, path, body, user, headers) => {
    const answer = await app.inject({
      method,
      url: path.startsWith('/') ? path : `/api/${path}`,
      headers: {
        host: 'demarc.test',
        'accept-encoding': 'identity',
        ...(user !== undefined && { 'x-test-user': String(user) }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { payload: JSON.stringify(body) }),
    })
    return {
      status: answer.statusCode,
      body: answer.body && method !== 'HEAD' ? JSON.parse(answer.body) : undefined,
      location: answer.headers['location'] as string | undefined,
      request: String(answer.headers['x-request-id']),
    }
  }
}
