import type { FastifyRequest } from 'fastify'
import { sql, type Kysely } from 'kysely'
import type { Database } from '../database/index.ts'
import { findAccount, insertAccount, type Account } from './account.ts'
import type { AuthConfig } from './config.ts'
import { headerOf } from './header.ts'
import { unusablePassword } from './password.ts'

interface Options {
  readonly db: Database
  readonly config: AuthConfig
}

/** The user name that a trusted proxy gives; null where there is none or none is trusted. */
export const remoteNameOf = (request: FastifyRequest, config: AuthConfig): string | null =>
  config.REMOTE_AUTH_ENABLED ? headerOf(request, config.REMOTE_AUTH_HEADER) : null

/** What the headers said of a user, and until when that needs no second look. */
interface Heard {
  readonly facts: string
  readonly until: number
}

/**
 * Logs in the user that a trusted proxy names; null where there is no such active user. Names, groups and rights are
 * taken over from the headers whenever those change and else once a minute, for a client without a session logs in with
 * every request.
 */
export function createRemoteLogin({ db, config }: Options) {
  const heard = new Map<string, Heard>()
  return async (request: FastifyRequest, username: string): Promise<Account | null> => {
    const facts = factsOf(request, config)
    const text = JSON.stringify(facts)
    const known = heard.get(username)
    const found = await findAccount(db, username)
    if (found && !found.is_active) return null
    if (found && known && known.facts === text && known.until > Date.now()) return found
    if (!found && !config.REMOTE_AUTH_AUTO_CREATE_USER) {
      request.log.warn({ username }, 'the proxy names a user that does not exist')
      return null
    }
    const account = await db.kysely
      .transaction()
      .execute(trx => takeOver(trx as Kysely<any>, config, request, username, found, facts))
    // Another request of the same new user was faster.
    if (!account) return findAccount(db, username)
    if (!found) await db.changed('users_user')
    if (heard.size > 10_000) heard.clear()
    heard.set(username, { facts: text, until: Date.now() + 60_000 })
    return account
  }
}

interface Facts {
  readonly email: string | null
  readonly first_name: string | null
  readonly last_name: string | null
  readonly groups: readonly string[]
}

function factsOf(request: FastifyRequest, config: AuthConfig): Facts {
  const groups = headerOf(request, config.REMOTE_AUTH_GROUP_HEADER)?.split(config.REMOTE_AUTH_GROUP_SEPARATOR) ?? []
  return {
    email: headerOf(request, config.REMOTE_AUTH_USER_EMAIL)?.slice(0, 254) ?? null,
    first_name: headerOf(request, config.REMOTE_AUTH_USER_FIRST_NAME)?.slice(0, 150) ?? null,
    last_name: headerOf(request, config.REMOTE_AUTH_USER_LAST_NAME)?.slice(0, 150) ?? null,
    groups: [...new Set(groups.map(name => name.trim()).filter(Boolean))],
  }
}

async function takeOver(
  trx: Kysely<any>,
  config: AuthConfig,
  request: FastifyRequest,
  username: string,
  found: Account | null,
  facts: Facts,
): Promise<Account | null> {
  const account = found ?? (await createAccount(trx, username))
  if (!account) return null
  await sql`update users_user set last_login = now(), email = coalesce(${facts.email}, email),
    first_name = coalesce(${facts.first_name}, first_name), last_name = coalesce(${facts.last_name}, last_name)
    where id = ${account.id}`.execute(trx)
  if (config.REMOTE_AUTH_GROUP_SYNC_ENABLED) return syncGroups(trx, config, request, account, facts.groups)
  if (!found) {
    await addDefaultGroups(trx, config, request, account)
    await addDefaultPermissions(trx, config, account)
  }
  return account
}

async function createAccount(trx: Kysely<any>, username: string): Promise<Account | null> {
  if (username.length > 150) return null
  const { rows } = await insertAccount({ username, email: '', password: unusablePassword() }, false).execute(trx)
  return rows[0] ?? null
}

/** Membership becomes what the header says, and with it the rights of a superuser, given and taken. */
async function syncGroups(
  trx: Kysely<any>,
  config: AuthConfig,
  request: FastifyRequest,
  account: Account,
  names: readonly string[],
): Promise<Account> {
  if (config.REMOTE_AUTH_AUTO_CREATE_GROUPS)
    await sql`insert into users_group (name, description) select name, '' from unnest(${[...names]}::text[]) as name
      where length(name) <= 150 on conflict (name) do nothing`.execute(trx)
  const groups = await groupsCalled(trx, request, names)
  await sql`delete from users_user_groups where user_id = ${account.id} and group_id <> all(${groups}::bigint[])`.execute(
    trx,
  )
  await joinGroups(trx, account, groups)
  const is_superuser =
    config.REMOTE_AUTH_SUPERUSERS.includes(account.username) ||
    names.some(name => config.REMOTE_AUTH_SUPERUSER_GROUPS.includes(name))
  await sql`update users_user set is_superuser = ${is_superuser} where id = ${account.id}`.execute(trx)
  return { ...account, is_superuser }
}

async function addDefaultGroups(
  trx: Kysely<any>,
  config: AuthConfig,
  request: FastifyRequest,
  account: Account,
): Promise<void> {
  const names = config.REMOTE_AUTH_DEFAULT_GROUPS
  if (names.length) await joinGroups(trx, account, await groupsCalled(trx, request, names))
}

/** One object permission for each, as `dcim.add_site` with its constraints. */
async function addDefaultPermissions(trx: Kysely<any>, config: AuthConfig, account: Account): Promise<void> {
  for (const [name, constraints] of Object.entries(config.REMOTE_AUTH_DEFAULT_PERMISSIONS)) {
    const [, app, action, model] = /^(\w+)\.([a-z]+(?:_[a-z]+)*)_([a-z0-9]+)$/.exec(name) ?? []
    if (!app) continue
    await sql`with permission as (
        insert into users_objectpermission (name, description, enabled, object_types, actions, constraints)
        values (${name.slice(0, 100)}, '', true, ${[`${app}.${model}`]}::text[], ${[action]}::text[],
          ${constraints === null || constraints === undefined ? null : JSON.stringify(constraints)}::jsonb)
        returning id
      )
      insert into users_user_object_permissions (user_id, objectpermission_id)
      select ${account.id}::bigint, id from permission`.execute(trx)
  }
}

async function groupsCalled(trx: Kysely<any>, request: FastifyRequest, names: readonly string[]): Promise<number[]> {
  const { rows } = await sql<{ id: number; name: string }>`
    select id, name from users_group where name = any(${[...names]}::text[])`.execute(trx)
  const missing = names.filter(name => !rows.some(row => row.name === name))
  if (missing.length) request.log.error({ groups: missing }, 'groups that a proxy or a setting names do not exist')
  return rows.map(row => row.id)
}

const joinGroups = (trx: Kysely<any>, account: Account, groups: readonly number[]) =>
  sql`insert into users_user_groups (user_id, group_id)
    select ${account.id}::bigint, id from unnest(${[...groups]}::bigint[]) as id
    on conflict (user_id, group_id) do nothing`.execute(trx)
