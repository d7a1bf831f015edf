import { rules, type Change } from '../model/index.ts'
import { checkPassword, hashPassword } from './password.ts'
import { User } from './user.ts'

interface Loaded {
  readonly now: string
  /** What is wrong with the new password of a row, or the text to store for it. */
  readonly passwords: ReadonlyMap<number, { readonly faults: readonly string[]; readonly hash?: string }>
  /** Rows whose name another user has, but for the case of its letters. */
  readonly taken: ReadonlySet<number>
}

export default rules(User, {
  async load({ changes, tx }): Promise<Loaded> {
    const passwords = new Map<number, { faults: string[]; hash?: string }>()
    for (const { id, row } of changes.filter(sendsPassword)) {
      const faults = checkPassword(row['password'])
      passwords.set(id, faults.length ? { faults } : { faults, hash: await hashPassword(row['password']) })
    }
    const renamed = changes.filter(change => change.changed('username'))
    const names = renamed.map(change => String(change.row['username']).toLowerCase())
    const rows = await tx.query<{ id: number }>(
      `select v.id from unnest($1::bigint[], $2::text[]) as v(id, name)
       where exists (select from users_user as u where lower(u.username) = v.name and u.id <> v.id)`,
      [renamed.map(change => change.id), names],
    )
    const repeated = renamed.filter((_, at) => names.indexOf(names[at]!) < at)
    return {
      now: new Date().toISOString(),
      passwords,
      taken: new Set([...rows, ...repeated].map(({ id }) => id)),
    }
  },
  prepare: {
    'a user joined when the account was made, unless said otherwise': ({ row }, { now }: Loaded) => {
      row['date_joined'] ??= now
    },
    'a password follows the policy, and only its digest is kept': ({ id, row, fail }, { passwords }: Loaded) => {
      const { faults = [], hash } = passwords.get(id) ?? {}
      for (const fault of faults) fail(null, fault)
      if (hash) row['password'] = hash
    },
  },
  check: {
    'no two names of users differ in case alone': ({ id, fail }, { taken }: Loaded) => {
      if (taken.has(id)) fail(null, 'A user with this username already exists.')
    },
  },
})

const sendsPassword = ({ input, changed }: Change) => typeof input['password'] === 'string' && changed('password')
