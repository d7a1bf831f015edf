import { color } from '@demarc/engine/field'
import { model, organizational, type RowOf } from '@demarc/engine/model'

export const VirtualCircuitType = model('circuits.virtualcircuittype', {
  label: 'virtual circuit type',
  about: 'A class of virtual circuits.',

  fields: {
    color: color({ blank: true, default: '' }),
    ...organizational,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  counts: {
    virtual_circuit_count: 'circuits.virtualcircuit.type',
  },
  quick: ['name', 'slug', 'description'],
  search: { name: 100, slug: 110, description: 500, comments: 5000 },
  brief: ['name', 'slug', 'description', 'virtual_circuit_count'],

  file: {
    table: {
      first: ['name', ['virtual_circuit_count', 'Circuits'], 'color', 'description'],
      more: ['id', 'slug', 'tags', 'created', 'last_updated', 'owner.group', 'owner', 'comments'],
    },
  },

  ui: {
    icon: 'category',
    columns: ['name', 'virtual_circuit_count', 'color', 'description'],
    form: {
      'Virtual Circuit Type': ['name', 'slug', 'color', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    circuits_virtualcircuittype: RowOf<typeof VirtualCircuitType>
  }
}
