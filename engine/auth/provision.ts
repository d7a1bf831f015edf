import { AddressError, networkOf } from '@demarc/netaddr'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { customFieldsOf, customFieldWriter } from '../customfield/index.ts'
import type { Database } from '../database/index.ts'
import { bodyOf, HttpError, originOf } from '../http/index.ts'
import type { Registry } from '../model/index.ts'
import { planOf, representRows } from '../represent/index.ts'
import { attemptLogin } from './authenticate.ts'
import type { AuthConfig } from './config.ts'
import { credentialsIn } from './login.ts'
import { createToken, MintError, type CreatedToken, type NewToken } from './mint.ts'
import { createThrottle } from './throttle.ts'
import { Token } from './token.ts'

interface Options {
  readonly db: Database
  readonly config: AuthConfig
  readonly registry: Registry
}

/** What a client gets to see of its new token, before the secret. */
const keys = [
  'id',
  'url',
  'display_url',
  'display',
  'version',
  'user',
  'key',
  'created',
  'expires',
  'last_used',
  'enabled',
  'write_enabled',
  'description',
  'allowed_ips',
]

/** `POST /api/users/tokens/provision/`: a name and password for a token. */
export function provisionRoutes(options: Options): (app: FastifyInstance) => void {
  const { db, config, registry } = options
  const throttle = createThrottle()

  return app => {
    app.all('/api/users/tokens/provision/', async (request, reply) => {
      reply.header('allow', 'POST, OPTIONS')
      if (request.method === 'OPTIONS')
        return {
          name: 'Token Provision',
          description: 'A name and password for a token.',
          renders: ['application/json', 'text/html'],
          parses: ['application/json', 'multipart/form-data'],
        }
      if (request.method !== 'POST') throw new HttpError(405, { detail: `Method "${request.method}" not allowed.` })
      const body = await bodyOf(request)
      const sent = body instanceof FormData ? Object.fromEntries(body) : body
      const wanted = readRequest(sent)
      const { username, password } = credentialsIn(sent)
      const account = await attemptLogin({ ...options, throttle, request, reply }, username, password)
      const token = await mint({ ...wanted, userId: account.id, peppers: config.API_TOKEN_PEPPERS })
      const plan = planOf(registry, Token, keys, false)
      const columns = sql.join([...new Set(['id', ...plan.columns])].map(name => sql.ref(name)))
      const rows = await db.rows(sql`select ${columns} from users_token where id = ${token.id}`)
      const customFields = customFieldWriter(registry, await customFieldsOf(db))
      const [text] = await representRows({ db, registry, origin: originOf(request, config), customFields }, plan, rows)
      const answer = { ...(JSON.parse(text!) as object), token: token.secret }
      return reply.code(201).header('cache-control', 'no-store').send(answer)
    })
  }

  async function mint(token: NewToken): Promise<CreatedToken> {
    try {
      return await createToken(db, token)
    } catch (error) {
      if (error instanceof MintError) throw new HttpError(400, { __all__: [error.message] })
      throw error
    }
  }
}

/** The properties that a client wishes for its token; 400 with everything that is wrong about them. */
function readRequest(body: unknown): Omit<NewToken, 'userId' | 'peppers'> {
  const sent: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {}
  const faults: Record<string, unknown> = {}
  const read = <T>(name: string, fallback: T, as: (value: any) => T): T => {
    if (sent[name] === undefined) return fallback
    try {
      return as(sent[name])
    } catch (fault) {
      if (fault instanceof Fault) faults[name] = fault.messages
      else throw fault
      return fallback
    }
  }
  const wanted = {
    version: read('version', 2 as const, readVersion),
    description: read('description', '', readDescription),
    expires: read('expires', null, readExpiry),
    enabled: read('enabled', true, readBoolean),
    write_enabled: read('write_enabled', true, readBoolean),
    allowed_ips: read('allowed_ips', null, readNetworks),
  }
  if (Object.keys(faults).length) {
    // Missing credentials are named in the same answer.
    for (const name of ['username', 'password']) if (!sent[name]) faults[name] = ['This field is required.']
    throw new HttpError(400, faults)
  }
  return wanted
}

class Fault extends Error {
  readonly messages: unknown
  constructor(messages: unknown) {
    super('refused')
    this.messages = messages
  }
}

function readVersion(value: unknown): 1 | 2 {
  if (value === 1 || value === '1') return 1
  if (value === 2 || value === '2') return 2
  throw new Fault([`${String(value)} is not a valid choice.`])
}

function readDescription(value: unknown): string {
  if (value === null) throw new Fault(['This field may not be null.'])
  if (typeof value !== 'string' && typeof value !== 'number') throw new Fault(['Not a valid string.'])
  const text = String(value).trim()
  if (text.includes('\0')) throw new Fault(['Null characters are not allowed.'])
  if ([...text].length > 200) throw new Fault(['Ensure this field has no more than 200 characters.'])
  return text
}

function readBoolean(value: unknown): boolean {
  if (value === null) throw new Fault(['This field may not be null.'])
  const word = String(value).toLowerCase()
  if (['true', 't', 'yes', 'y', 'on', '1'].includes(word)) return true
  if (['false', 'f', 'no', 'n', 'off', '0'].includes(word)) return false
  throw new Fault(['Must be a valid boolean.'])
}

function readExpiry(value: unknown): string | null {
  if (value === null || value === '') return null
  const form = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?) ?(Z|[+-]\d\d:?\d\d)?$/i
  const [, day, time, zone] = form.exec(String(value)) ?? []
  const text = `${day}T${time}${zone ?? 'Z'}`
  const moment = new Date(text)
  if (!day || Number.isNaN(moment.getTime()))
    throw new Fault([
      'Datetime has wrong format. Use one of these formats instead: YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z].',
    ])
  if (moment.getTime() <= Date.now()) {
    const now = new Date().toISOString().slice(0, 19).replace('T', ' ')
    throw new Fault([`Expiration time must be in the future. Current server time is ${now} (UTC).`])
  }
  return text
}

function readNetworks(value: unknown): string[] | null {
  if (value === null || value === '') return null
  if (!Array.isArray(value)) throw new Fault([`Expected a list of items but got type "${typeof value}".`])
  const faults: Record<number, string[]> = {}
  const networks = value.map((one, at) => {
    try {
      return networkOf(String(one))
    } catch (error) {
      if (!(error instanceof AddressError)) throw error
      faults[at] = [`Invalid IP address format: ${String(one)}`]
      return ''
    }
  })
  if (Object.keys(faults).length) throw new Fault(faults)
  return networks
}
