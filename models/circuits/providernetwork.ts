import { ref, text } from '@demarc/engine/field'
import { model, primary, type RowOf } from '@demarc/engine/model'

export const ProviderNetwork = model('circuits.providernetwork', {
  label: 'provider network',
  about: "A provider's network whose inside is not modelled, drawn as a cloud.",

  fields: {
    provider: ref('circuits.provider', { inverse: 'networks' }),
    name: text({ max: 100, collate: 'natural' }),
    service_id: text({ blank: true, default: '', label: 'service ID', max: 100 }),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['provider', 'name'],
  unique: [['provider', 'name']],
  quick: ['name', 'service_id', 'description', 'comments'],
  search: { name: 100, service_id: 200, description: 500, comments: 5000 },
  brief: ['name', 'description'],

  file: {
    table: {
      first: ['name', 'provider', 'service_id', 'description'],
      more: ['id', 'comments', 'created', 'last_updated', 'tags', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'cloud',
    columns: ['name', 'provider', 'service_id', 'description'],
    form: {
      'Provider Network': ['provider', 'name', 'service_id', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    circuits_providernetwork: RowOf<typeof ProviderNetwork>
  }
}
