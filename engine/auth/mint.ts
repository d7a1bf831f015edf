import { createHmac, randomInt } from 'node:crypto'
import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import { Problem } from '../problem/index.ts'

/** Secrets by number; the highest one is used for new tokens. */
export type Peppers = Readonly<Record<string, string>>

/** A token that cannot be made; the message is meant for whoever asked for it. */
export class MintError extends Problem {
  constructor(message: string) {
    super('token', message)
  }
}

/** What of a new token is stored, and the secret, which is known only now. */
export interface MintedToken {
  readonly columns: {
    readonly version: 1 | 2
    readonly key: string | null
    readonly plaintext: string | null
    readonly pepper_id: number | null
    readonly hmac_digest: string | null
  }
  readonly secret: string
  /** What a client sends after `Bearer` or `Token`. */
  readonly plaintext: string
}

export interface NewToken {
  readonly userId: number
  readonly version?: 1 | 2
  /** Chosen by the caller rather than at random. */
  readonly secret?: string
  readonly peppers?: Peppers
  readonly description?: string
  /** A moment in ISO 8601. */
  readonly expires?: string | null
  readonly enabled?: boolean
  readonly write_enabled?: boolean
  readonly allowed_ips?: readonly string[] | null
}

export interface CreatedToken {
  readonly id: number
  readonly key: string | null
  readonly secret: string
  readonly plaintext: string
}

/** Make the secret part of a token. Version 2 needs a pepper; throws {@link MintError} without. */
export function mintToken(version: 1 | 2, peppers: Peppers = {}, secret = randomText(40)): MintedToken {
  if (!/^[A-Za-z0-9]{40}$/.test(secret)) throw new MintError('The secret of a token has 40 letters and digits.')
  if (version === 1) {
    const columns = { version, key: null, plaintext: secret, pepper_id: null, hmac_digest: null }
    return { columns, secret, plaintext: secret }
  }
  const numbers = Object.keys(peppers).map(Number)
  if (!numbers.length) throw new MintError('Unable to save v2 tokens: API_TOKEN_PEPPERS is not defined.')
  const pepper_id = Math.max(...numbers)
  const key = randomText(12)
  const hmac_digest = digestOf(secret, peppers[pepper_id]!)
  return {
    columns: { version, key, plaintext: null, pepper_id, hmac_digest },
    secret,
    plaintext: `nbt_${key}.${secret}`,
  }
}

/** Add a token for a user. */
export async function createToken(db: Database, token: NewToken): Promise<CreatedToken> {
  const { columns, secret, plaintext } = mintToken(token.version ?? 2, token.peppers, token.secret)
  const [row] = await db.rows<{ id: number }>(sql`
    insert into users_token
      (version, key, plaintext, pepper_id, hmac_digest, user_id, description, created, expires, last_used, enabled,
        write_enabled, allowed_ips)
    values (${columns.version}, ${columns.key}, ${columns.plaintext}, ${columns.pepper_id}, ${columns.hmac_digest},
      ${token.userId}, ${token.description ?? ''}, now(), ${token.expires ?? null}, null, ${token.enabled ?? true},
      ${token.write_enabled ?? true}, ${token.allowed_ips ? [...token.allowed_ips] : null}::cidr[])
    returning id`)
  return { id: row!.id, key: columns.key, secret, plaintext }
}

/** What is stored of the secret of a version 2 token. */
export const digestOf = (secret: string, pepper: string): string =>
  createHmac('sha256', pepper).update(secret).digest('hex')

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const randomText = (length: number) => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')
