import { bigint, ref } from '@demarc/engine/field'
import { everyday, inverseRefs, model, primary, related, type RowOf } from '@demarc/engine/model'

export const ASN = model('ipam.asn', {
  label: 'ASN',
  about: 'The number of an autonomous system.',
  features: [...everyday, 'contacts'],
  key: 'asn',

  fields: {
    asn: bigint({
      unique: true,
      label: 'ASN',
      help: '16- or 32-bit autonomous system number',
      min: 1,
      max: 4294967295,
    }),
    rir: ref('ipam.rir', {
      label: 'RIR',
      help: 'Regional Internet Registry responsible for this AS number space',
      inverse: 'asns',
      required: false,
    }),
    role: ref('ipam.role', {
      nullable: true,
      help: 'The primary function of this ASN',
      onDelete: 'set null',
      inverse: 'asns',
    }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'asns' }),
    ...primary,
  },

  derived: { sites: inverseRefs('dcim.site.asns', 'asn', { order: 'name' }) },

  display: {
    from: ['asn'],
    as: row => (row.asn > 65535 ? `AS${row.asn} (${Math.floor(row.asn / 65536)}.${row.asn % 65536})` : `AS${row.asn}`),
  },
  order: ['asn'],
  counts: {
    site_count: 'dcim.site.asns',
    provider_count: 'circuits.provider.asns',
  },
  quick: ['description', { equals: 'asn' }],
  search: { asn: 100, prefixed_name: 110, description: 500, comments: 5000 },
  brief: ['asn', 'description'],

  filters: {
    site_group: related('sites.group'),
    site: related('sites'),
    provider: related('providers'),
    // Has contacts, but NetBox does not find it by them.
    contact: false,
    contact_role: false,
    contact_group: false,
  },

  file: {
    table: {
      first: [
        'asn',
        'rir',
        'role',
        ['site_count', 'Site Count'],
        ['provider_count', 'Provider Count'],
        'sites',
        'description',
        'tenant',
      ],
      more: [
        ['asn_asdot', 'ASDOT'],
        'tenant.group',
        'contacts',
        'comments',
        'tags',
        'created',
        'last_updated',
        'id',
        'owner.group',
        'owner',
      ],
    },
  },

  ui: {
    icon: 'world',
    columns: ['asn', 'rir', 'role', 'site_count', 'provider_count', 'sites', 'description', 'tenant'],
    form: {
      ASN: ['asn', 'rir', 'role', 'sites', 'description', 'tags'],
      Tenancy: ['tenant'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    ipam_asn: RowOf<typeof ASN>
  }
}
