import type { FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import { clientAddressOf, HttpError } from '../http/index.ts'
import { findAccount, type Account } from './account.ts'
import type { AuthConfig } from './config.ts'
import { hashPassword, needsRehash, verifyNothing, verifyPassword } from './password.ts'
import type { Throttle } from './throttle.ts'

/** The active user of a name and password; null for anything else, and it takes as long to find out. */
export async function authenticate(db: Database, username: string, password: string): Promise<Account | null> {
  const account = await findAccount(db, username)
  const known = account && !account.password.startsWith('!')
  const right = known ? await verifyPassword(password, account.password) : await verifyNothing(password)
  if (!account?.is_active || !right) return null
  if (needsRehash(account.password)) await rehash(db, account, password)
  return account
}

interface Attempt {
  readonly db: Database
  readonly config: AuthConfig
  readonly throttle: Throttle
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** The user who proves to be one; 403 if not, 429 after too many wrong tries. */
export async function attemptLogin(
  { db, config, throttle, request, reply }: Attempt,
  username: string,
  password: string,
): Promise<Account> {
  const address = clientAddressOf(request, config)
  const wait = throttle.take(username, address)
  if (wait > 0) {
    request.log.warn({ username, address }, 'login refused after too many failed ones')
    reply.header('retry-after', String(wait))
    const seconds = wait === 1 ? 'second' : 'seconds'
    throw new HttpError(429, { detail: `Too many failed logins. Try again in ${wait} ${seconds}.` })
  }
  const account = await authenticate(db, username, password)
  if (!account) {
    request.log.warn({ username, address }, 'failed login')
    throw new HttpError(403, { detail: 'Invalid username/password' })
  }
  throttle.right(username, address)
  request.username = account.username
  return account
}

/** The same password, hashed as we do it now; sessions that were begun with it go on. */
async function rehash(db: Database, { id, password: old }: Account, password: string): Promise<void> {
  const hashed = await hashPassword(password)
  await db.rows(sql`
    with changed as (
      update users_user set password = ${hashed} where id = ${id} and password = ${old} returning id
    )
    update users_session set password_digest = sha256(convert_to(${hashed}, 'UTF8'))
    where user_id in (select id from changed) and password_digest = sha256(convert_to(${old}, 'UTF8'))`)
}
