import { refs, slug, text } from '@demarc/engine/field'
import { everyday, inverse, model, primary, related, type RowOf } from '@demarc/engine/model'

export const Provider = model('circuits.provider', {
  label: 'provider',
  about: 'A carrier or other organisation that supplies circuits.',
  features: [...everyday, 'contacts'],

  fields: {
    name: text({ unique: true, help: 'Full name of the provider', max: 100, collate: 'natural' }),
    slug: slug({ unique: true }),
    asns: refs('ipam.asn', { inverse: 'providers', filter: false }),
    ...primary,
  },

  derived: {
    accounts: {
      ...inverse('circuits.provideraccount.provider', {
        nested: ['id', 'url', 'display_url', 'display', 'name', 'account'],
        order: 'account',
      }),
      writable: true,
    },
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  counts: {
    circuit_count: 'circuits.circuit.provider',
  },
  quick: ['name', 'description', 'comments'],
  search: { name: 100, description: 500, comments: 5000 },
  brief: ['name', 'slug', 'description', 'circuit_count'],

  filters: {
    region: related('circuits.terminations._region'),
    site_group: related('circuits.terminations._site_group'),
    site: related('circuits.terminations._site'),
    asn: related('asns'),
  },

  file: {
    table: {
      first: ['name', ['accounts', 'Account Count'], ['circuit_count', 'Circuits']],
      more: [
        'id',
        'accounts',
        ['asns', 'ASNs'],
        ['asn_count', 'ASN Count'],
        'description',
        'comments',
        'contacts',
        'tags',
        'created',
        'last_updated',
        'owner.group',
        'owner',
      ],
    },
  },

  ui: {
    icon: 'building-factory',
    columns: ['name', 'circuit_count'],
    form: {
      Provider: ['name', 'slug', 'asns', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    circuits_provider: RowOf<typeof Provider>
  }
}
