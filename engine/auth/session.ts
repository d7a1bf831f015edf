import { createHash, createHmac, randomBytes } from 'node:crypto'
import { fastifyCookie } from '@fastify/cookie'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import { clientAddressOf } from '../http/index.ts'
import type { ExtraTable } from '../schema/index.ts'
import type { AuthConfig } from './config.ts'

/** Sessions of people who logged in. Of the cookie only a digest is kept, so that reading the table opens no session. */
export const sessionTable: ExtraTable = {
  name: 'users_session',
  columns: {
    key: { type: 'bytea', nullable: false },
    user_id: { type: 'bigint', nullable: false },
    /** Digest of the user's stored password: a new password ends the sessions of the old one. */
    password_digest: { type: 'bytea', nullable: false },
    created: { type: 'timestamp with time zone', nullable: false },
    last_seen: { type: 'timestamp with time zone', nullable: false },
    expires: { type: 'timestamp with time zone', nullable: false },
    client_address: { type: 'text', nullable: true },
  },
  constraints: {
    users_session_pkey: 'primary key (key)',
    users_session_user_id_fk: 'foreign key (user_id) references users_user (id) on delete cascade',
  },
  indexes: {
    users_session_user_id_idx: 'using btree (user_id)',
    users_session_expires_idx: 'using btree (expires)',
  },
}

interface Options {
  readonly db: Database
  readonly config: AuthConfig
}

/** A session that is going on. */
export interface Session {
  readonly id: number
  readonly username: string
  readonly is_superuser: boolean
  /** Not noted as seen for a while. */
  readonly stale: boolean
}

/** The value of the session cookie that a request carries. */
export function sessionCookieOf(request: FastifyRequest, config: AuthConfig): string | null {
  const header = request.headers.cookie
  return (
    (header?.includes(config.SESSION_COOKIE_NAME) && fastifyCookie.parse(header)[config.SESSION_COOKIE_NAME]) || null
  )
}

/** The session of a cookie, if it is one of an active user; its life is prolonged where LOGIN_PERSISTENCE says so. */
export async function findSession(
  { db, config }: Options,
  request: FastifyRequest,
  value: string,
): Promise<Session | null> {
  const key = keyOf(value)
  const [session] = await db.rows<Session>(
    sql`select u.id, u.username, u.is_superuser, s.last_seen < now() - interval '30 seconds' as stale
      from users_session s join users_user u on u.id = s.user_id
      where s.key = ${key} and s.expires > now() and u.is_active
        and s.password_digest = sha256(convert_to(u.password, 'UTF8'))`,
    { named: true },
  )
  if (!session) return null
  if (session.stale) {
    const until = config.LOGIN_PERSISTENCE
      ? sql`, expires = now() + make_interval(secs => ${config.LOGIN_TIMEOUT})`
      : sql``
    const noted = db.rows(sql`update users_session set last_seen = now()${until} where key = ${key}`, { named: true })
    noted.catch(error => request.log.warn(error, 'session not noted as seen'))
    if (config.LOGIN_PERSISTENCE) cookies.set(request, cookiesOf(config, value))
  }
  return session
}

/** Begins a session, whose cookie goes out with the answer; the one that the request came with ends. */
export async function beginSession({ db, config }: Options, request: FastifyRequest, userId: number): Promise<void> {
  const value = randomBytes(32).toString('base64url')
  const old = sessionCookieOf(request, config)
  await db.rows(
    sql`with ended as (delete from users_session where expires < now() or key = ${old ? keyOf(old) : null})
      insert into users_session (key, user_id, password_digest, created, last_seen, expires, client_address)
      select ${keyOf(value)}, id, sha256(convert_to(password, 'UTF8')), now(), now(),
        now() + make_interval(secs => ${config.LOGIN_TIMEOUT}), ${clientAddressOf(request, config)}
      from users_user where id = ${userId}`,
  )
  cookies.set(request, cookiesOf(config, value))
}

/** Removes sessions that have ended by themselves; returns how many. */
export async function dropExpiredSessions(db: Database): Promise<number> {
  return (await db.query('delete from users_session where expires < now() returning 1', [])).length
}

/** Ends the session that a request came with, if any, and takes its cookies away. */
export async function endSession({ db, config }: Options, request: FastifyRequest): Promise<void> {
  const value = sessionCookieOf(request, config)
  if (!value) return
  await db.rows(sql`delete from users_session where key = ${keyOf(value)}`)
  cookies.set(request, cookiesOf(config, null))
}

/** What a client without a browser sends as X-CSRFToken; it has it from a cookie, as with NetBox. */
export const csrfTokenOf = (session: string): string => createHmac('sha256', session).update('csrf').digest('base64url')

const cookies = new WeakMap<FastifyRequest, readonly string[]>()

/** Sends the cookies of sessions that begin, go on or end with a request. */
export function addSessionCookies(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply) => {
    const texts = cookies.get(request)
    if (texts) reply.header('set-cookie', texts)
  })
}

function cookiesOf(config: AuthConfig, session: string | null): string[] {
  const path = `/${config.BASE_PATH}`
  const common = { path, httpOnly: true, sameSite: 'lax', maxAge: session ? config.LOGIN_TIMEOUT : 0 } as const
  const token = session ? csrfTokenOf(session) : ''
  return [
    fastifyCookie.serialize(config.SESSION_COOKIE_NAME, session ?? '', {
      ...common,
      secure: config.SESSION_COOKIE_SECURE,
    }),
    fastifyCookie.serialize(config.CSRF_COOKIE_NAME, token, { ...common, secure: config.CSRF_COOKIE_SECURE }),
  ]
}

const keyOf = (value: string) => createHash('sha256').update(value).digest()
