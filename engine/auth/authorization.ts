import { timingSafeEqual } from 'node:crypto'
import { AddressError, contains } from '@demarc/netaddr'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import { clientAddressOf, HttpError } from '../http/index.ts'
import type { Caller } from './caller.ts'
import type { AuthConfig } from './config.ts'
import { decodeHeader } from './header.ts'
import { digestOf } from './mint.ts'

interface Found {
  readonly id: number
  readonly pepper_id: number | null
  readonly hmac_digest: string | null
  readonly allowed_ips: readonly string[] | null
  readonly enabled: boolean
  readonly write_enabled: boolean
  readonly expired: boolean
  readonly unseen: boolean
  readonly user_id: number
  readonly username: string
  readonly is_active: boolean
  readonly is_superuser: boolean
}

interface Options {
  readonly db: Database
  readonly config: Pick<AuthConfig, 'API_TOKEN_PEPPERS' | 'HTTP_CLIENT_IP_HEADERS'>
}

/** Who a token in the Authorization header stands for; null where there is none, 403 where it is no good. */
export async function tokenCaller({ db, config }: Options, request: FastifyRequest): Promise<Caller | null> {
  const given = readHeader(request.headers.authorization)
  if (!given) return null
  const found = await findToken(db, given)
  if (!found || !isGenuine(found, given, config.API_TOKEN_PEPPERS)) throw denied(`Invalid v${given.version} token`)
  checkAddress(found, clientAddressOf(request, config))
  if (!found.enabled) throw denied('Token disabled')
  if (found.expired) throw denied('Token expired')
  if (found.unseen) markSeen(db, found.id).catch(error => request.log.warn(error, 'last use of a token not noted'))
  if (!found.is_active) throw denied('User inactive')
  return {
    user: { id: found.user_id, username: found.username, superuser: found.is_superuser },
    via: 'token',
    writes: found.write_enabled,
  }
}

type Given =
  | { readonly version: 1; readonly secret: string }
  | { readonly version: 2; readonly key: string; readonly secret: string }

/** The token in a header. The word before it does not matter, `nbt_` decides the version. */
function readHeader(header: string | undefined): Given | null {
  const [scheme = '', token, ...rest] = header?.trim().split(/\s+/) ?? []
  if (!/^(token|bearer)$/i.test(scheme)) return null
  if (!token || rest.length)
    throw denied('Invalid authorization header: Must be in the form "Bearer <key>.<token>" or "Token <token>"')
  const text = decodeHeader(token)
  if (text === null) throw denied('Invalid authorization header: Token contains invalid characters')
  if (!text.startsWith('nbt_')) return { version: 1, secret: text }
  const dot = text.indexOf('.')
  if (dot < 0)
    throw denied(
      "Invalid authorization header: Could not parse key from v2 token. Did you mean to use 'Token' instead of 'Bearer'?",
    )
  return { version: 2, key: text.slice('nbt_'.length, dot), secret: text.slice(dot + 1) }
}

async function findToken(db: Database, given: Given): Promise<Found | undefined> {
  const mine =
    given.version === 2
      ? sql`t.version = 2 and t.key = ${given.key}`
      : sql`t.version = 1 and t.plaintext = ${given.secret}`
  const [found] = await db.rows<Found>(
    sql`select t.id, t.pepper_id, t.hmac_digest, t.allowed_ips, t.enabled, t.write_enabled,
        coalesce(t.expires <= now(), false) as expired,
        coalesce(t.last_used < now() - interval '60 seconds', true) as unseen,
        t.user_id, u.username, u.is_active, u.is_superuser
      from users_token t join users_user u on u.id = t.user_id where ${mine}`,
    { named: true },
  )
  return found
}

function isGenuine(found: Found, given: Given, peppers: Readonly<Record<string, string>>): boolean {
  if (given.version === 1) return true
  const pepper = found.pepper_id === null ? undefined : peppers[found.pepper_id]
  if (!pepper || !found.hmac_digest) return false
  const [actual, expected] = [digestOf(given.secret, pepper), found.hmac_digest].map(text => Buffer.from(text, 'utf8'))
  return actual!.length === expected!.length && timingSafeEqual(actual!, expected!)
}

function checkAddress({ allowed_ips }: Found, address: string | null): void {
  if (!allowed_ips?.length) return
  const unknown = () =>
    denied('The IP address of the client could not be determined, and this token is limited to certain addresses.')
  if (!address) throw unknown()
  try {
    if (allowed_ips.some(network => contains(network, address))) return
  } catch (error) {
    if (error instanceof AddressError) throw unknown()
    throw error
  }
  throw denied(`Source IP ${address} is not permitted to authenticate using this token.`)
}

/** Not part of the change log, and at most once a minute, however many requests come at the same time. */
const markSeen = (db: Database, id: number) =>
  db.rows(
    sql`update users_token set last_used = now()
      where id = ${id} and coalesce(last_used < now() - interval '60 seconds', true)`,
    { named: true },
  )

const denied = (detail: string) => new HttpError(403, { detail })
