import { choice, choices, smallint, text } from '@demarc/engine/field'
import { model, primary, type RowOf } from '@demarc/engine/model'

export const FHRPGroupProtocol = choices('FHRPGroupProtocol', {
  vrrp2: ['VRRPv2'],
  vrrp3: ['VRRPv3'],
  carp: ['CARP'],
  clusterxl: ['ClusterXL'],
  hsrp: ['HSRP'],
  glbp: ['GLBP'],
  other: ['Other'],
})

export const FHRPGroupAuthType = choices('FHRPGroupAuthType', {
  plaintext: ['Plaintext'],
  md5: ['MD5'],
})

export const FHRPGroup = model('ipam.fhrpgroup', {
  label: 'FHRP group',
  about: 'A first-hop redundancy group, as of VRRP.',

  fields: {
    name: text({ blank: true, default: '', max: 100 }),
    protocol: choice(FHRPGroupProtocol),
    group_id: smallint({ label: 'group ID', min: 0 }),
    auth_type: choice(FHRPGroupAuthType, { nullable: true, label: 'authentication type' }),
    auth_key: text({ blank: true, default: '', label: 'authentication key', max: 255 }),
    ...primary,
  },

  display: {
    from: ['name', 'protocol', 'group_id'],
    as: row =>
      `${row.name ? `${row.name} ` : ''}${FHRPGroupProtocol.values.get(row.protocol)?.label ?? row.protocol}: ${row.group_id}`,
  },
  order: ['protocol', 'group_id', 'id'],
  index: [['protocol', 'group_id', 'id']],
  quick: ['description', 'name', 'group_id'],
  search: { name: 100, group_id: 2000, description: 500, comments: 5000 },
  brief: ['protocol', 'group_id', 'description'],
  clone: ['protocol', 'auth_type', 'auth_key', 'description'],

  ui: {
    columns: ['group_id', 'protocol', 'name', 'auth_type', 'description', 'ip_addresses'],
    form: {
      'FHRP Group': ['protocol', 'group_id', 'name', 'description', 'tags'],
      Authentication: ['auth_type', 'auth_key'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    ipam_fhrpgroup: RowOf<typeof FHRPGroup>
  }
}
