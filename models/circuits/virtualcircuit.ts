import { choice, ref, text } from '@demarc/engine/field'
import { model, everyday, primary, related, type RowOf } from '@demarc/engine/model'
import { CircuitStatus } from './circuit.ts'

export const VirtualCircuit = model('circuits.virtualcircuit', {
  label: 'virtual circuit',
  about: 'A logical link over a provider network.',
  features: [...everyday, 'contacts'],

  fields: {
    cid: text({ label: 'circuit ID', help: 'Unique circuit ID', max: 100 }),
    provider_network: ref('circuits.providernetwork', { inverse: 'virtual_circuits', filter: { only: 'id' } }),
    provider_account: ref('circuits.provideraccount', {
      file: { by: 'account' },
      nullable: true,
      inverse: 'virtual_circuits',
    }),
    type: ref('circuits.virtualcircuittype', { inverse: 'virtual_circuits' }),
    status: choice(CircuitStatus, { default: 'active', filter: { notNull: true } }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'virtual_circuits' }),
    ...primary,
  },

  display: { from: ['cid'], as: row => row.cid },
  resets: ['provider_account'],
  order: ['provider_network', 'provider_account', 'cid'],
  unique: [
    ['provider_network', 'cid'],
    ['provider_account', 'cid'],
  ],
  index: [['provider_network', 'provider_account', 'cid']],
  quick: ['cid', 'description', 'comments'],
  search: { cid: 100, description: 500, comments: 5000 },
  brief: ['provider_network', 'cid', 'description'],
  clone: ['provider_network', 'provider_account', 'status', 'tenant', 'description'],

  filters: {
    provider: related('provider_network.provider'),
    // Has contacts, but NetBox does not find it by them.
    contact: false,
    contact_role: false,
    contact_group: false,
  },

  file: {
    table: {
      first: [
        'cid',
        ['provider_network.provider', 'Provider'],
        ['provider_account', 'Account'],
        'provider_network',
        'type',
        'status',
        'tenant',
        ['termination_count', 'Terminations'],
        'description',
      ],
      more: [
        'id',
        'tenant.group',
        'comments',
        'contacts',
        'tags',
        'created',
        'last_updated',
        'assignments',
        'owner.group',
        'owner',
      ],
    },
    parts: { terminations: 'circuits.virtualcircuittermination' },
  },

  ui: {
    icon: 'transfer',
    columns: ['cid', 'provider_account', 'provider_network', 'type', 'status', 'tenant', 'description'],
    form: {
      'Virtual Circuit': ['provider_network', 'provider_account', 'cid', 'type', 'status', 'description', 'tags'],
      Tenancy: ['tenant'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    circuits_virtualcircuit: RowOf<typeof VirtualCircuit>
  }
}
