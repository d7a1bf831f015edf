import { boolean, choice, choices, cidr, ref, smallint, stored } from '@demarc/engine/field'
import { compare, everyday, model, primary, related, type RowOf } from '@demarc/engine/model'
import { sql } from 'kysely'
import { maskLengthFilters, networkFilter, networkTest } from './address-filters.ts'
import { familyFilter, familyKey } from './family.ts'
import { prefixMatches } from './matching.ts'
import { scopeFilters, scoped } from './scope.ts'
import { presentInVRFFilters } from './vrf-filters.ts'
import { prefixFigures } from './utilization/figures.ts'

export const PrefixStatus = choices('ipam.Prefix.status', {
  container: ['Container', 'gray'],
  active: ['Active', 'blue'],
  reserved: ['Reserved', 'cyan'],
  deprecated: ['Deprecated', 'red'],
})

export const Prefix = model('ipam.prefix', {
  label: 'prefix',
  plural: 'prefixes',
  about:
    'An IPv4 or IPv6 network. Prefixes nest: within one VRF, a prefix is the child of the smallest prefix that contains it.',
  features: [...everyday, 'contacts'],

  fields: {
    prefix: cidr({ help: 'IPv4 or IPv6 network with mask' }),
    vrf: ref('ipam.vrf', { nullable: true, label: 'VRF', inverse: 'prefixes' }),
    ...scoped('prefixes'),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'prefixes' }),
    vlan: ref('ipam.vlan', {
      file: { by: 'vid', within: { vlan_group: 'group', vlan_site: 'site' } },
      nullable: true,
      inverse: 'prefixes',
      filter: { only: 'id' },
    }),
    status: choice(PrefixStatus, {
      default: 'active',
      help: 'Operational status of this prefix',
      filter: { notNull: true },
    }),
    role: ref('ipam.role', {
      nullable: true,
      help: 'The primary function of this prefix',
      onDelete: 'set null',
      inverse: 'prefixes',
    }),
    is_pool: boolean({
      default: false,
      label: 'is a pool',
      help: 'All IP addresses within this prefix are considered usable',
    }),
    mark_utilized: boolean({ default: false, help: 'Treat as fully utilized' }),
    _depth: smallint({ default: 0, readonly: true, filter: false }),
    _children: stored<number>('bigint', { default: 0 }),
    ...primary,
  },

  derived: {
    family: familyKey('prefix'),
    children: { from: ['_children'], wire: 'integer', as: row => row._children },
  },

  display: { from: ['prefix'], as: row => row.prefix },
  resets: ['scope'],
  order: [{ by: 'vrf_id', nulls: 'first' }, 'prefix', 'id'],
  index: ['using gist (prefix inet_ops)', 'using btree (vrf_id nulls first, prefix, id)'],
  quick: ['description', prefixMatches],
  patterns: ['prefix'],
  search: { prefix: 110, description: 500, comments: 5000 },
  brief: ['family', 'prefix', 'description', '_depth'],
  clone: ['scope', 'vrf', 'tenant', 'vlan', 'status', 'role', 'is_pool', 'mark_utilized', 'description'],

  filters: {
    family: familyFilter('prefix'),
    prefix: networkFilter('prefix'),
    within: networkTest((row, network) => sql`${row['prefix']} << ${network}`),
    within_include: networkTest((row, network) => sql`${row['prefix']} <<= ${network}`),
    contains: networkTest((row, network, text) =>
      text.includes('/') ? sql`${row['prefix']} >>= ${network}` : sql`${row['prefix']} >> ${network}`,
    ),
    ...maskLengthFilters('prefix'),
    ...presentInVRFFilters,
    ...scopeFilters,
    depth: compare('_depth'),
    children: compare('_children'),
    vlan_group: related('vlan.group'),
    vlan_vid: compare('vlan.vid', { single: true }),
  },

  file: {
    table: {
      first: [
        'prefix',
        'status',
        'children',
        'vrf',
        'utilization',
        'tenant',
        'scope',
        ['vlan', 'VLAN'],
        'role',
        'description',
      ],
      more: [
        'id',
        ['prefix', 'Prefix (Flat)'],
        'tenant.group',
        ['scope_type', 'Scope Type'],
        ['vlan.group', 'VLAN Group'],
        ['is_pool', 'Pool'],
        ['mark_utilized', 'Marked Utilized'],
        'contacts',
        'comments',
        'tags',
        'created',
        'last_updated',
        'owner.group',
        'owner',
        ['_depth', 'Depth'],
      ],
      figures: { utilization: prefixFigures },
    },
    columns: {
      vlan_group: { to: 'ipam.vlangroup' },
      vlan_site: { to: 'dcim.site' },
      scope_name: { typed: 'scope_type', sets: 'scope' },
    },
  },

  ui: {
    icon: 'binary-tree',
    columns: ['prefix', 'status', 'children', 'vrf', 'tenant', 'scope', 'vlan', 'role', 'description'],
    form: {
      Prefix: ['prefix', 'status', 'vrf', 'role', 'is_pool', 'mark_utilized', 'description', 'tags'],
      Scope: ['scope'],
      'VLAN Assignment': ['vlan'],
      Tenancy: ['tenant'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    ipam_prefix: RowOf<typeof Prefix>
  }
}
