import { choice, choices, refs, text } from '@demarc/engine/field'
import { model, primary, related, type RowOf } from '@demarc/engine/model'

export const IKEVersion = choices('IKEVersion', {
  1: ['IKEv1'],
  2: ['IKEv2'],
})

export const IKEMode = choices('IKEMode', {
  aggressive: ['Aggressive'],
  main: ['Main'],
})

export const IKEPolicy = model('vpn.ikepolicy', {
  label: 'IKE policy',
  plural: 'IKE policies',
  about: 'How phase 1 of a tunnel is negotiated.',

  fields: {
    name: text({ unique: true, max: 100, collate: 'natural' }),
    version: choice(IKEVersion, { default: 2, required: true }),
    mode: choice(IKEMode, { nullable: true }),
    proposals: refs('vpn.ikeproposal', { inverse: 'ike_policies', filter: false }),
    preshared_key: text({ blank: true, default: '', label: 'pre-shared key', filter: { single: true } }),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  quick: ['name', 'description', 'comments'],
  search: { name: 100, description: 500, comments: 5000 },
  brief: ['name', 'description'],
  clone: ['version', 'mode', 'proposals'],

  filters: {
    ike_proposal: related('proposals'),
  },

  file: {
    table: {
      first: ['name', 'version', 'mode', 'proposals', 'description'],
      more: [
        'id',
        ['preshared_key', 'Pre-shared Key'],
        'comments',
        'tags',
        'created',
        'last_updated',
        'owner.group',
        'owner',
      ],
    },
  },

  ui: {
    icon: 'key',
    columns: ['name', 'version', 'mode', 'proposals', 'description'],
    form: {
      Policy: ['name', 'description', 'tags'],
      Parameters: ['version', 'mode', 'proposals', 'preshared_key'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    vpn_ikepolicy: RowOf<typeof IKEPolicy>
  }
}
