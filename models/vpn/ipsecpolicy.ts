import { choice, refs, text } from '@demarc/engine/field'
import { model, primary, related, type RowOf } from '@demarc/engine/model'
import { DHGroup } from './dhgroup.ts'

export const IPSecPolicy = model('vpn.ipsecpolicy', {
  label: 'IPSec policy',
  plural: 'IPSec policies',
  about: 'How phase 2 of a tunnel is negotiated.',

  fields: {
    name: text({ unique: true, max: 100, collate: 'natural' }),
    proposals: refs('vpn.ipsecproposal', { inverse: 'ipsec_policies', filter: false }),
    pfs_group: choice(DHGroup, {
      blank: true,
      nullable: true,
      label: 'PFS group',
      help: 'Diffie-Hellman group for Perfect Forward Secrecy',
    }),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  quick: ['name', 'description', 'comments'],
  search: { name: 100, description: 500, comments: 5000 },
  brief: ['name', 'description'],
  clone: ['proposals', 'pfs_group'],

  filters: {
    ipsec_proposal: related('proposals'),
  },

  file: {
    table: {
      first: ['name', 'proposals', ['pfs_group', 'PFS Group'], 'description'],
      more: ['id', 'comments', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'key',
    columns: ['name', 'proposals', 'pfs_group', 'description'],
    form: {
      Policy: ['name', 'description', 'tags'],
      Parameters: ['proposals', 'pfs_group'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    vpn_ipsecpolicy: RowOf<typeof IPSecPolicy>
  }
}
