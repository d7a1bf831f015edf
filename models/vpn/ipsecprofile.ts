import { choice, choices, ref, text } from '@demarc/engine/field'
import { model, primary, type RowOf } from '@demarc/engine/model'

export const IPSecMode = choices('IPSecMode', {
  esp: ['ESP'],
  ah: ['AH'],
})

export const IPSecProfile = model('vpn.ipsecprofile', {
  label: 'IPSec profile',
  about: 'An IKE policy and an IPSec policy that are used together.',

  fields: {
    name: text({ unique: true, max: 100, collate: 'natural' }),
    mode: choice(IPSecMode),
    ike_policy: ref('vpn.ikepolicy', { inverse: 'ipsec_profiles' }),
    ipsec_policy: ref('vpn.ipsecpolicy', { inverse: 'ipsec_profiles' }),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  quick: ['name', 'description', 'comments'],
  search: { name: 100, description: 500, comments: 5000 },
  brief: ['name', 'description'],
  clone: ['mode', 'ike_policy', 'ipsec_policy'],

  file: {
    table: {
      first: ['name', 'mode', ['ike_policy', 'IKE Policy'], ['ipsec_policy', 'IPSec Policy'], 'description'],
      more: ['id', 'comments', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'shield',
    columns: ['name', 'mode', 'ike_policy', 'ipsec_policy', 'description'],
    form: {
      Profile: ['name', 'description', 'tags'],
      Parameters: ['mode', 'ike_policy', 'ipsec_policy'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    vpn_ipsecprofile: RowOf<typeof IPSecProfile>
  }
}
