import { address, bigint, boolean, choice, choices, ref } from '@demarc/engine/field'
import { everyday, model, primary, type RowOf } from '@demarc/engine/model'
import { formatRange } from '@demarc/netaddr'
import { addressFilter, betweenFilter, parentFilter } from './address-filters.ts'
import { familyFilter, familyKey } from './family.ts'
import { rangeMatches } from './matching.ts'
import { rangeFigures } from './utilization/figures.ts'

export const IPRangeStatus = choices('ipam.IPRange.status', {
  active: ['Active', 'blue'],
  reserved: ['Reserved', 'cyan'],
  deprecated: ['Deprecated', 'red'],
})

export const IPRange = model('ipam.iprange', {
  label: 'IP range',
  about: 'A run of addresses, as a DHCP scope or a NAT pool.',
  features: [...everyday, 'contacts'],

  fields: {
    start_address: address({ help: 'IPv4 or IPv6 address (with mask)' }),
    end_address: address({ help: 'IPv4 or IPv6 address (with mask)' }),
    size: bigint({ readonly: true }),
    vrf: ref('ipam.vrf', { nullable: true, label: 'VRF', inverse: 'ip_ranges' }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'ip_ranges' }),
    status: choice(IPRangeStatus, {
      default: 'active',
      help: 'Operational status of this range',
      filter: { notNull: true },
    }),
    role: ref('ipam.role', {
      nullable: true,
      help: 'The primary function of this range',
      onDelete: 'set null',
      inverse: 'ip_ranges',
    }),
    mark_populated: boolean({ default: false, help: 'Prevent the creation of IP addresses within this range' }),
    mark_utilized: boolean({ default: false, help: 'Report space as fully utilized' }),
    ...primary,
  },

  derived: { family: familyKey('start_address') },

  display: { from: ['start_address', 'end_address'], as: row => formatRange(row.start_address, row.end_address) },
  order: [{ by: 'vrf_id', nulls: 'first' }, 'start_address', 'id'],
  index: [
    'using btree ((host(start_address)::inet))',
    'using btree ((host(end_address)::inet))',
    'using btree (vrf_id nulls first, start_address, id)',
  ],
  quick: ['description', rangeMatches],
  search: { start_address: 100, end_address: 300, description: 500, comments: 5000 },
  brief: ['family', 'start_address', 'end_address', 'description'],
  clone: ['vrf', 'tenant', 'status', 'role', 'description', 'mark_populated', 'mark_utilized'],

  filters: {
    family: familyFilter('start_address'),
    start_address: addressFilter('start_address'),
    end_address: addressFilter('end_address'),
    contains: betweenFilter('start_address', 'end_address'),
    parent: parentFilter('start_address', 'end_address'),
  },

  file: {
    table: {
      first: ['start_address', 'end_address', 'size', 'vrf', 'status', 'role', 'tenant', 'description'],
      more: [
        'id',
        'tenant.group',
        ['mark_populated', 'Marked Populated'],
        ['mark_utilized', 'Marked Utilized'],
        'utilization',
        'contacts',
        'comments',
        'tags',
        'created',
        'last_updated',
        'owner.group',
        'owner',
      ],
      figures: { utilization: rangeFigures },
    },
  },

  ui: {
    icon: 'ruler',
    columns: ['start_address', 'end_address', 'size', 'vrf', 'status', 'role', 'tenant', 'description'],
    form: {
      'IP Range': [
        'vrf',
        'start_address',
        'end_address',
        'role',
        'status',
        'mark_populated',
        'mark_utilized',
        'description',
        'tags',
      ],
      Tenancy: ['tenant'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    ipam_iprange: RowOf<typeof IPRange>
  }
}
