import { ref } from '@demarc/engine/field'
import { model, organizational, type RowOf } from '@demarc/engine/model'

export const CircuitGroup = model('circuits.circuitgroup', {
  label: 'circuit group',
  about: 'Circuits that belong together, as the lines of a redundant connection.',

  fields: {
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'circuit_groups' }),
    ...organizational,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  counts: {
    circuit_count: 'circuits.circuitgroupassignment.group',
  },
  quick: ['name', 'slug', 'description'],
  search: { name: 100, slug: 110, description: 500, comments: 5000 },
  brief: ['name'],

  file: {
    table: {
      first: ['name', 'description', ['circuit_group_assignment_count', 'Circuits']],
      more: ['tenant', 'tenant.group', 'comments', 'tags', 'created', 'last_updated', 'id', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'folders',
    columns: ['name', 'circuit_count', 'description'],
    form: {
      'Circuit Group': ['name', 'slug', 'description', 'tags'],
      Tenancy: ['tenant'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    circuits_circuitgroup: RowOf<typeof CircuitGroup>
  }
}
