import { ref, text } from '@demarc/engine/field'
import { model, everyday, primary, type RowOf } from '@demarc/engine/model'

export const ProviderAccount = model('circuits.provideraccount', {
  label: 'provider account',
  about: 'An account under which circuits are billed by a provider.',
  features: [...everyday, 'contacts'],
  key: 'account',

  fields: {
    provider: ref('circuits.provider', { inverse: 'accounts' }),
    name: text({ blank: true, default: '', max: 100 }),
    account: text({ label: 'account ID', max: 100 }),
    ...primary,
  },

  display: { from: ['account', 'name'], as: row => (row.name ? `${row.account} (${row.name})` : row.account) },
  resets: ['name'],
  order: ['provider', 'account'],
  unique: [['provider', 'account'], { columns: ['provider', 'name'], where: "name <> ''" }],
  quick: ['name', 'account', 'description', 'comments'],
  search: { name: 100, account: 200, comments: 5000 },
  brief: ['name', 'account', 'description'],
  clone: ['provider'],

  file: {
    table: {
      first: [['account', 'Account'], 'name', 'provider', ['circuit_count', 'Circuits']],
      more: ['id', 'comments', 'contacts', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'id-badge',
    columns: ['account', 'name', 'provider'],
    form: {
      'Provider Account': ['provider', 'account', 'name', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    circuits_provideraccount: RowOf<typeof ProviderAccount>
  }
}
