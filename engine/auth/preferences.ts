import type { FastifyInstance, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import { bodyOf, HttpError } from '../http/index.ts'
import type { Caller, Identity } from './caller.ts'
import type { AuthConfig } from './config.ts'

type Preferences = Readonly<Record<string, unknown>>

interface Options {
  readonly db: Database
  readonly config: AuthConfig
  readonly identify: (request: FastifyRequest) => Promise<Caller>
}

/** `/api/users/config/`: what a user has chosen about how things are shown. Everyone has their own only. */
export function preferenceRoutes({ db, config, identify }: Options): (app: FastifyInstance) => void {
  const defaults = JSON.stringify(config.DEFAULT_USER_PREFERENCES)

  const userOf = async (request: FastifyRequest): Promise<Identity> => {
    const { user } = await identify(request)
    if (!user) throw new HttpError(403, { detail: 'Authentication credentials were not provided.' })
    request.username = user.username
    return user
  }

  return app => {
    app.all('/api/users/config/', async (request, reply) => {
      const user = await userOf(request)
      reply.header('allow', 'GET, PATCH, HEAD, OPTIONS')
      switch (request.method) {
        case 'GET':
        case 'HEAD': {
          const [row] = await db.rows<{ data: Preferences }>(
            sql`select data from users_userconfig where user_id = ${user.id}`,
            { named: true },
          )
          return row?.data ?? config.DEFAULT_USER_PREFERENCES
        }
        case 'PATCH': {
          const change = await changeIn(request)
          return db.kysely.transaction().execute(async trx => {
            await sql`insert into users_userconfig (user_id, data) values (${user.id}, ${defaults}::jsonb)
              on conflict (user_id) do nothing`.execute(trx)
            const { rows } = await sql<{ data: Preferences }>`
              select data from users_userconfig where user_id = ${user.id} for update`.execute(trx)
            const data = merge(rows[0]!.data, change)
            await sql`update users_userconfig set data = ${JSON.stringify(data)}::jsonb
              where user_id = ${user.id}`.execute(trx)
            return data
          })
        }
        case 'OPTIONS':
          return {
            name: 'User Config',
            description: 'Preferences of the user who asks.',
            renders: ['application/json', 'text/html'],
            parses: ['application/json', 'multipart/form-data'],
          }
        default:
          throw new HttpError(405, { detail: `Method "${request.method}" not allowed.` })
      }
    })
  }
}

async function changeIn(request: FastifyRequest): Promise<Preferences> {
  const body = await bodyOf(request)
  const change = body instanceof FormData ? Object.fromEntries(body) : (body ?? {})
  if (!isMapping(change)) throw new HttpError(400, { __all__: ['Invalid data. Expected a dictionary.'] })
  if (JSON.stringify(change).includes('\\u0000'))
    throw new HttpError(400, { __all__: ['Null characters are not allowed.'] })
  return change
}

/** Mappings are merged key by key, anything else is replaced. */
function merge(old: Preferences, change: Preferences): Preferences {
  const entries = new Map(Object.entries(old))
  for (const [key, value] of Object.entries(change)) {
    const before = entries.get(key)
    entries.set(key, isMapping(before) && isMapping(value) ? merge(before, value) : value)
  }
  return Object.fromEntries(entries)
}

const isMapping = (value: unknown): value is Preferences =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
