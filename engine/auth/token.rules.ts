import { sql } from 'kysely'
import { rules, type Batch, type Model } from '../model/index.ts'
import { compileCondition, nothing, type Condition } from '../query/index.ts'
import { MintError, mintToken, type MintedToken, type Peppers } from './mint.ts'
import { Token } from './token.ts'

interface Loaded {
  readonly peppers: Peppers
  /** Users, but the writer, for whom the writer may make tokens. */
  readonly grantable: ReadonlySet<number>
  readonly writer: number | undefined
  /** New tokens with the secrets that nobody else will know. */
  readonly minted: Map<number, MintedToken>
}

export default rules(Token, {
  async load(batch): Promise<Loaded> {
    return {
      peppers: (batch.settings['API_TOKEN_PEPPERS'] ?? {}) as Peppers,
      grantable: await grantableUsers(batch),
      writer: batch.user?.id,
      minted: new Map(),
    }
  },
  prepare: {
    'a token for someone else takes the permission to grant tokens to them': (
      { kind, row, abort },
      { grantable, writer }: Loaded,
    ) => {
      if (kind === 'create' && row['user_id'] !== writer && !grantable.has(row['user_id']))
        abort('This user does not have permission to create tokens for other users.', 403)
    },
    'a new token expires in the future': ({ kind, row, fail }) => {
      if (kind !== 'create' || row['expires'] === null || Date.parse(row['expires']) > Date.now()) return
      const now = new Date().toISOString().slice(0, 19).replace('T', ' ')
      fail('expires', `Expiration time must be in the future. Current server time is ${now} (UTC).`)
    },
    'a new token is for every address, unless said otherwise': ({ kind, row, input }) => {
      if (kind === 'create' && !('allowed_ips' in input)) row['allowed_ips'] = []
    },
    'the pepper of a token is among those configured': ({ kind, row, changed, fail }, { peppers }: Loaded) => {
      if (kind === 'update' && changed('pepper_id') && row['pepper_id'] !== null && !(row['pepper_id'] in peppers))
        fail(null, `Invalid pepper ID: ${row['pepper_id']}. Check configured API_TOKEN_PEPPERS.`)
    },
    'the secret of a new token is chosen here': ({ kind, id, row, fail }, { peppers, minted }: Loaded) => {
      if (kind !== 'create') return
      try {
        const token = mintToken(row['version'], peppers)
        Object.assign(row, token.columns)
        minted.set(id, token)
      } catch (error) {
        if (!(error instanceof MintError)) throw error
        fail(null, error.message)
      }
    },
  },
  after: {
    'whoever made a token is shown its secret, once': async ({ changes, reveal }, { minted }: Loaded) => {
      for (const { id } of changes) {
        const token = minted.get(id)
        if (token) reveal(id, { token: token.secret })
      }
    },
  },
})

/** Whom, of the users of new tokens, the writer may grant tokens: constraints speak of the user alone, or grant nothing. */
async function grantableUsers({ changes, permissions, registry, tx, user }: Batch): Promise<ReadonlySet<number>> {
  const wanted = new Set(
    changes
      .filter(({ kind, row }) => kind === 'create' && row['user_id'] !== user?.id)
      .map(({ row }) => row['user_id'] as number),
  )
  const granted = wanted.size ? permissions.granted('grant', Token as Model) : null
  if (!granted) return new Set()
  const where = compileCondition(registry, registry.model('users.user'), 't', ofUser(granted))
  const rows = await tx.rows<{ id: number }>(
    sql`select t.id from users_user as t where t.id = any(${[...wanted]}::bigint[]) and ${where}`,
  )
  return new Set(rows.map(row => row.id))
}

/** A condition on tokens as one on their users. */
function ofUser(condition: Condition): Condition {
  if ('and' in condition) return { and: condition.and.map(ofUser) }
  if ('or' in condition) return { or: condition.or.map(ofUser) }
  if ('not' in condition) return { not: ofUser(condition.not) }
  if (!('path' in condition)) return nothing
  const [first, ...rest] = condition.path.split('.')
  if (first !== 'user' && first !== 'user_id') return nothing
  return { ...condition, path: rest.length ? rest.join('.') : 'id' }
}
