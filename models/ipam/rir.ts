import { boolean } from '@demarc/engine/field'
import { model, organizational, type RowOf } from '@demarc/engine/model'

export const RIR = model('ipam.rir', {
  label: 'RIR',
  about: 'An authority that gives out address space: a regional registry or an RFC.',

  fields: {
    is_private: boolean({
      default: false,
      label: 'private',
      help: 'IP space managed by this RIR is considered private',
    }),
    ...organizational,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  counts: {
    aggregate_count: 'ipam.aggregate.rir',
  },
  quick: ['name', 'slug', 'description'],
  search: { name: 100, slug: 110, description: 500, comments: 5000 },
  brief: ['name', 'slug', 'description', 'aggregate_count'],

  file: {
    table: {
      first: ['name', 'is_private', ['aggregate_count', 'Aggregates'], 'description'],
      more: ['id', 'slug', 'comments', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'building',
    columns: ['name', 'is_private', 'aggregate_count', 'description'],
    form: {
      RIR: ['name', 'slug', 'is_private', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    ipam_rir: RowOf<typeof RIR>
  }
}
