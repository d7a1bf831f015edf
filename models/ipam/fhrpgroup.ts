import { choice, choices, smallint, text } from '@demarc/engine/field'
import { anyOf, inverseAny, model, primary, type RowOf } from '@demarc/engine/model'
import { sql } from 'kysely'

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
    protocol: choice(FHRPGroupProtocol, { bare: true }),
    group_id: smallint({ label: 'group ID', min: 0 }),
    auth_type: choice(FHRPGroupAuthType, { nullable: true, bare: true, label: 'authentication type' }),
    auth_key: text({ blank: true, default: '', label: 'authentication key', max: 255 }),
    ...primary,
  },

  derived: {
    ip_addresses: inverseAny('ipam.ipaddress.assigned_object', 'ipam.fhrpgroup', { order: 'host(address)::inet, id' }),
  },

  display: {
    from: ['name', 'protocol', 'group_id'],
    load: ids => sql`
      select assigned_object_id as id, to_json((array_agg(address::text order by host(address)::inet, id))[1]) as value
      from ipam_ipaddress
      where assigned_object_type = 'ipam.fhrpgroup' and assigned_object_id = any(${ids})
      group by assigned_object_id`,
    as: (row, address) => {
      const protocol = FHRPGroupProtocol.values.get(row.protocol)?.label ?? row.protocol
      return `${row.name ? `${row.name} ` : ''}${protocol}: ${row.group_id}${address ? ` (${address})` : ''}`
    },
  },
  order: ['protocol', 'group_id', 'id'],
  index: [['protocol', 'group_id', 'id']],
  quick: ['description', 'name', 'group_id'],
  search: { name: 100, group_id: 2000, description: 500, comments: 5000 },
  brief: ['protocol', 'group_id', 'description'],
  clone: ['protocol', 'auth_type', 'auth_key', 'description'],

  filters: {
    related_ip: anyOf<number>(
      'ref',
      (row, addresses) => sql`${row['id']} in (
        select own.assigned_object_id
        from ipam_ipaddress as near
        join ipam_ipaddress as own on own.vrf_id is not distinct from near.vrf_id
          and host(own.address)::inet <<= network(near.address)
        where near.id = any(${addresses}) and own.assigned_object_type = 'ipam.fhrpgroup'
      )`,
      { to: 'ipam.ipaddress' },
    ),
  },

  file: {
    table: {
      first: [
        'group_id',
        'protocol',
        'name',
        'auth_type',
        'description',
        ['ip_addresses', 'IP Addresses'],
        ['member_count', 'Members'],
      ],
      more: ['auth_key', 'comments', 'tags', 'created', 'last_updated', 'id', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'users',
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
