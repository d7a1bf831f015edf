import { bigint, ref, slug, text } from '@demarc/engine/field'
import { model, primary, type RowOf } from '@demarc/engine/model'

export const ASNRange = model('ipam.asnrange', {
  label: 'ASN range',
  about: 'A range of AS numbers to draw from.',

  fields: {
    name: text({ unique: true, max: 100, collate: 'natural' }),
    slug: slug({ unique: true }),
    rir: ref('ipam.rir', { label: 'RIR', inverse: 'asn_ranges' }),
    start: bigint({ min: 1, max: 4294967295 }),
    end: bigint({ min: 1, max: 4294967295 }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'asn_ranges' }),
    ...primary,
  },

  derived: { asn_count: { wire: 'integer', unserved: true, as: () => null } },

  display: { from: ['name', 'start', 'end'], as: row => `${row.name} (${row.start}-${row.end})` },
  order: ['name'],
  quick: ['name', 'description'],
  search: { name: 100, description: 500, comments: 5000 },
  brief: ['name', 'description'],

  file: {
    table: {
      first: ['name', 'rir', 'start', 'end', 'tenant', ['asn_count', 'ASNs'], 'description'],
      more: [
        'slug',
        ['start_asdot', 'Start (ASDOT)'],
        ['end_asdot', 'End (ASDOT)'],
        'tenant.group',
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
    columns: ['name', 'rir', 'start', 'end', 'tenant', 'asn_count', 'description'],
    form: {
      'ASN Range': ['name', 'slug', 'rir', 'start', 'end', 'description', 'tags'],
      Tenancy: ['tenant'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    ipam_asnrange: RowOf<typeof ASNRange>
  }
}
