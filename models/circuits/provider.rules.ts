import { rules, type Batch } from '@demarc/engine/model'
import { readIds, type Ids } from './linked-ids.ts'
import { Provider } from './provider.ts'

export default rules(Provider, {
  load: async (batch: Batch) => ({
    accounts: await readIds(batch, 'accounts', 'circuits.provideraccount'),
    clashes: await clashes(batch),
  }),
  prepare: {
    'accounts are named by their ids': ({ input, fail }, { accounts }: { accounts: Ids }) =>
      accounts.check('accounts', input['accounts'], fail),
    'no provider gets two accounts of one number or name': (
      { id, fail },
      { clashes: found }: { clashes: Set<number> },
    ) => {
      if (found.has(id)) fail('accounts', 'The provider has another account with the same number or name.')
    },
  },
  after: {
    'accounts named go over to the provider': async ({ changes, tx }) => {
      const moves = movesOf(changes)
      if (moves.length === 0) return
      await tx.query(
        `update circuits_provideraccount as t set provider_id = v.provider
         from unnest($1::bigint[], $2::bigint[]) as v(account, provider)
         where t.id = v.account and t.provider_id <> v.provider`,
        [moves.map(([account]) => account), moves.map(([, provider]) => provider)],
      )
      tx.touch('circuits_provideraccount')
    },
  },
})

/** The accounts that go over, each to the last provider that names it. */
const movesOf = (changes: Batch['changes']) => [
  ...new Map(
    changes.flatMap(({ id, input }) =>
      Array.isArray(input['accounts'])
        ? (input['accounts'] as unknown[])
            .filter(one => Number.isInteger(Number(one)))
            .map(one => [Number(one), id] as const)
        : [],
    ),
  ),
]

/** Providers that would have two accounts of one number, or of one name. */
async function clashes({ changes, tx }: Batch): Promise<Set<number>> {
  const moves = movesOf(changes)
  if (moves.length === 0) return new Set()
  const rows = await tx.query<{ provider: number }>(
    `with v as (select * from unnest($1::bigint[], $2::bigint[]) as v(account, provider)),
     owned as (
       select a.account, a.name, coalesce(v.provider, a.provider_id) as provider
       from circuits_provideraccount as a left join v on v.account = a.id
       where v.account is not null or a.provider_id in (select provider from v)
     )
     select provider from owned group by provider, account having count(*) > 1
     union select provider from owned where name <> '' group by provider, name having count(*) > 1`,
    [moves.map(([account]) => account), moves.map(([, provider]) => provider)],
  )
  return new Set(rows.map(row => row.provider))
}
