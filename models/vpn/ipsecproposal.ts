import { choice, integer, text } from '@demarc/engine/field'
import { model, primary, related, type RowOf } from '@demarc/engine/model'
import { AuthenticationAlgorithm, EncryptionAlgorithm } from './ikeproposal.ts'

export const IPSecProposal = model('vpn.ipsecproposal', {
  label: 'IPSec proposal',
  about: 'A set of algorithms offered in phase 2 of a tunnel.',

  fields: {
    name: text({ unique: true, max: 100, collate: 'natural' }),
    encryption_algorithm: choice(EncryptionAlgorithm, { nullable: true, label: 'encryption' }),
    authentication_algorithm: choice(AuthenticationAlgorithm, { nullable: true, label: 'authentication' }),
    sa_lifetime_seconds: integer({
      nullable: true,
      label: 'SA lifetime (seconds)',
      help: 'Security association lifetime (seconds)',
      min: 0,
    }),
    sa_lifetime_data: integer({
      nullable: true,
      label: 'SA lifetime (KB)',
      help: 'Security association lifetime (in kilobytes)',
      min: 0,
    }),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  quick: ['name', 'description', 'comments'],
  search: { name: 100, description: 500, comments: 5000 },
  brief: ['name', 'description'],
  clone: ['encryption_algorithm', 'authentication_algorithm', 'sa_lifetime_seconds', 'sa_lifetime_data'],

  filters: {
    ipsec_policy: related('ipsec_policies'),
  },

  file: {
    table: {
      first: [
        'name',
        ['encryption_algorithm', 'Encryption Algorithm'],
        ['authentication_algorithm', 'Authentication Algorithm'],
        ['sa_lifetime_seconds', 'SA Lifetime (Seconds)'],
        ['sa_lifetime_data', 'SA Lifetime (KB)'],
        'description',
      ],
      more: ['id', 'comments', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
    },
  },

  ui: {
    columns: [
      'name',
      'encryption_algorithm',
      'authentication_algorithm',
      'sa_lifetime_seconds',
      'sa_lifetime_data',
      'description',
    ],
    form: {
      Proposal: ['name', 'description', 'tags'],
      Parameters: ['encryption_algorithm', 'authentication_algorithm', 'sa_lifetime_seconds', 'sa_lifetime_data'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    vpn_ipsecproposal: RowOf<typeof IPSecProposal>
  }
}
