import { color } from '@demarc/engine/field'
import { model, organizational, type RowOf } from '@demarc/engine/model'

export const CircuitType = model('circuits.circuittype', {
  label: 'circuit type',
  about: 'A class of circuits, as internet access or dark fibre.',

  fields: {
    color: color({ blank: true, default: '' }),
    ...organizational,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  counts: {
    circuit_count: 'circuits.circuit.type',
  },
  quick: ['name', 'slug', 'description'],
  search: { name: 100, slug: 110, description: 500, comments: 5000 },
  brief: ['name', 'slug', 'description', 'circuit_count'],

  file: {
    table: {
      first: ['name', ['circuit_count', 'Circuits'], 'color', 'description'],
      more: ['id', 'slug', 'comments', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'category',
    columns: ['name', 'circuit_count', 'color', 'description'],
    form: {
      'Circuit Type': ['name', 'slug', 'color', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    circuits_circuittype: RowOf<typeof CircuitType>
  }
}
