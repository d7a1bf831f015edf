import { choice, choices, ref, smallint, text } from '@demarc/engine/field'
import { compare, inverseAnyOne, model, one, primary, related, type Columns, type RowOf } from '@demarc/engine/model'
import { sql } from 'kysely'
import { vlanReachFilters } from './vlan-reach.ts'

export const VLANStatus = choices('ipam.VLAN.status', {
  active: ['Active', 'blue'],
  reserved: ['Reserved', 'cyan'],
  deprecated: ['Deprecated', 'red'],
})

export const VLANQinQRole = choices('VLANQinQRole', {
  svlan: ['Service', 'blue'],
  cvlan: ['Customer', 'orange'],
})

/** The VLANs that an interface carries, untagged or tagged. */
const carriedBy = (table: string, own: string) => (row: Columns, id: number) =>
  sql<boolean>`${row['id']} in (
    select untagged_vlan_id from ${sql.table(table)} where id = ${id}
    union all select vlan_id from ${sql.table(`${table}_tagged_vlans`)} where ${sql.ref(own)} = ${id}
  )`

export const VLAN = model('ipam.vlan', {
  label: 'VLAN',
  about: 'A layer-2 domain with an id from 1 to 4094.',

  fields: {
    site: ref('dcim.site', {
      nullable: true,
      help: 'The specific site to which this VLAN is assigned (if any)',
      inverse: 'vlans',
    }),
    group: ref('ipam.vlangroup', { nullable: true, help: 'VLAN group (optional)', inverse: 'vlans' }),
    vid: smallint({ label: 'VLAN ID', help: 'Numeric VLAN ID (1-4094)', min: 1, max: 4094 }),
    name: text({ max: 64 }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'vlans' }),
    status: choice(VLANStatus, {
      default: 'active',
      help: 'Operational status of this VLAN',
      filter: { notNull: true },
    }),
    role: ref('ipam.role', {
      nullable: true,
      help: 'The primary function of this VLAN',
      onDelete: 'set null',
      inverse: 'vlans',
    }),
    qinq_role: choice(VLANQinQRole, {
      nullable: true,
      blank: false,
      label: 'Q-in-Q role',
      help: 'Customer/service VLAN designation (for Q-in-Q/IEEE 802.1ad)',
    }),
    qinq_svlan: ref('ipam.vlan', {
      file: { by: 'vid' },
      nullable: true,
      inverse: 'qinq_cvlans',
      filter: { only: 'id' },
    }),
    ...primary,
  },

  derived: { l2vpn_termination: inverseAnyOne('vpn.l2vpntermination.assigned_object', 'ipam.vlan') },

  display: { from: ['name', 'vid'], as: row => `${row.name} (${row.vid})` },
  resets: ['group', 'qinq_svlan'],
  order: ['site', 'group', 'vid', 'id'],
  unique: [
    ['group', 'vid'],
    ['group', 'name'],
    ['qinq_svlan', 'vid'],
    ['qinq_svlan', 'name'],
  ],
  index: [['site', 'group', 'vid', 'id']],
  counts: {
    prefix_count: 'ipam.prefix.vlan',
  },
  quick: ['name', 'description', { equals: 'vid' }],
  patterns: ['vid', 'name'],
  search: { name: 100, vid: 100, description: 500, comments: 5000 },
  brief: ['vid', 'name', 'description'],
  clone: ['site', 'group', 'tenant', 'status', 'role', 'description', 'qinq_role', 'qinq_svlan'],

  filters: {
    region: related('site.region'),
    site_group: related('site.group'),
    qinq_svlan_vid: compare('qinq_svlan.vid'),
    interface_id: one('ref', carriedBy('dcim_interface', 'interface_id'), { to: 'dcim.interface' }),
    vminterface_id: one('ref', carriedBy('virtualization_vminterface', 'vminterface_id'), {
      to: 'virtualization.vminterface',
    }),
    ...vlanReachFilters,
    l2vpn: related('l2vpn_terminations.l2vpn', { by: 'identifier' }),
  },

  file: {
    table: {
      first: [['vid', 'VID'], 'name', 'site', 'group', 'prefixes', 'tenant', 'status', 'role', 'description'],
      more: [
        'id',
        'tenant.group',
        'qinq_role',
        ['qinq_svlan', 'Q-in-Q SVLAN'],
        'comments',
        'tags',
        ['l2vpn_termination', 'L2VPN'],
        'created',
        'last_updated',
        'owner.group',
        'owner',
      ],
    },
  },

  ui: {
    icon: 'versions',
    columns: ['vid', 'name', 'site', 'group', 'tenant', 'status', 'role', 'prefix_count', 'description'],
    form: {
      VLAN: [
        'site',
        'group',
        'vid',
        'name',
        'tenant',
        'status',
        'role',
        'description',
        'qinq_role',
        'qinq_svlan',
        'tags',
      ],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    ipam_vlan: RowOf<typeof VLAN>
  }
}
