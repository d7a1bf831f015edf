import { cidr, date, ref } from '@demarc/engine/field'
import { model, everyday, primary, type RowOf } from '@demarc/engine/model'
import { networkTest } from './address-filters.ts'
import { familyFilter, familyKey } from './family.ts'
import { prefixMatches } from './matching.ts'
import { sql } from 'kysely'
import { aggregateFigures, childFigures } from './utilization/figures.ts'

export const Aggregate = model('ipam.aggregate', {
  label: 'aggregate',
  about: 'The top of a block of address space under management.',
  features: [...everyday, 'contacts'],

  fields: {
    prefix: cidr({ help: 'IPv4 or IPv6 network' }),
    rir: ref('ipam.rir', {
      label: 'RIR',
      help: 'Regional Internet Registry responsible for this IP space',
      inverse: 'aggregates',
    }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'aggregates' }),
    date_added: date({ nullable: true }),
    ...primary,
  },

  derived: { family: familyKey('prefix') },

  display: { from: ['prefix'], as: row => row.prefix },
  order: ['prefix', 'id'],
  index: [['prefix', 'id']],
  quick: ['description', prefixMatches],
  search: { prefix: 120, description: 500, date_added: 2000, comments: 5000 },
  brief: ['family', 'prefix', 'description'],
  clone: ['rir', 'tenant', 'date_added', 'description'],

  filters: {
    family: familyFilter('prefix'),
    prefix: networkTest((row, network) => sql`${row['prefix']} = ${network}`),
  },

  file: {
    table: {
      first: [
        ['prefix', 'Aggregate'],
        'rir',
        'tenant',
        ['child_count', 'Prefixes'],
        'utilization',
        ['date_added', 'Added'],
        'description',
      ],
      more: ['id', 'tenant.group', 'contacts', 'comments', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
      figures: { child_count: childFigures, utilization: aggregateFigures },
    },
  },

  ui: {
    icon: 'stack-2',
    columns: ['prefix', 'rir', 'tenant', 'date_added', 'description'],
    form: {
      Aggregate: ['prefix', 'rir', 'date_added', 'description', 'tags'],
      Tenancy: ['tenant'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    ipam_aggregate: RowOf<typeof Aggregate>
  }
}
