import { anyRef, choice, choices, ref } from '@demarc/engine/field'
import { anyOf, model, recorded, tagged, type Columns, type RowOf } from '@demarc/engine/model'
import { sql, type RawBuilder } from 'kysely'

export const CircuitPriority = choices('circuits.CircuitGroupAssignment.priority', {
  primary: ['Primary'],
  secondary: ['Secondary'],
  tertiary: ['Tertiary'],
  inactive: ['Inactive'],
})

/** Whose member is one of the circuits, or virtual circuits, that a condition on `circuit` or `provider` finds. */
const ofCircuit = (row: Columns, condition: RawBuilder<boolean>) =>
  sql<boolean>`(${row['member_type']} = 'circuits.circuit' and ${row['member_id']} in (
    select circuit.id
    from circuits_circuit as circuit
    join circuits_provider as provider on provider.id = circuit.provider_id
    where ${condition}
  ))`

const ofVirtualCircuit = (row: Columns, condition: RawBuilder<boolean>) =>
  sql<boolean>`(${row['member_type']} = 'circuits.virtualcircuit' and ${row['member_id']} in (
    select circuit.id
    from circuits_virtualcircuit as circuit
    join circuits_providernetwork as network on network.id = circuit.provider_network_id
    join circuits_provider as provider on provider.id = network.provider_id
    where ${condition}
  ))`

const ofEither = (row: Columns, condition: RawBuilder<boolean>) =>
  sql<boolean>`(${ofCircuit(row, condition)} or ${ofVirtualCircuit(row, condition)})`

export const CircuitGroupAssignment = model('circuits.circuitgroupassignment', {
  label: 'circuit group assignment',
  about: 'Membership of a circuit in a group, with its priority.',
  features: [...recorded, 'custom_fields', 'export_templates', 'tags'],

  fields: {
    group: ref('circuits.circuitgroup', { file: { by: 'id' }, onDelete: 'cascade', inverse: 'assignments' }),
    member: anyRef(['circuits.circuit', 'circuits.virtualcircuit'], {
      inverse: 'group_assignments',
      filters: { typeId: true },
    }),
    priority: choice(CircuitPriority, { nullable: true, filter: { single: true } }),
    ...tagged,
  },

  display: {
    from: ['group', 'priority'],
    as: row =>
      row.priority ? `${row.group} (${CircuitPriority.values.get(row.priority)?.label ?? row.priority})` : row.group,
  },
  order: ['group', 'member_type', 'member_id', 'priority', 'id'],
  unique: [['member_type', 'member_id', 'group']],
  index: [['group', 'member_type', 'member_id', 'priority', 'id']],
  quick: ['member:circuits.circuit.cid', 'member:circuits.virtualcircuit.cid', 'group.name'],
  brief: ['group', 'member_type', 'member_id', 'member', 'priority'],

  filters: {
    circuit: anyOf('text', (row, cids) => ofCircuit(row, sql`circuit.cid = any(${cids})`)),
    circuit_id: anyOf<number>('number', (row, ids) => ofCircuit(row, sql`circuit.id = any(${ids}::bigint[])`)),
    virtual_circuit: anyOf('text', (row, cids) => ofVirtualCircuit(row, sql`circuit.cid = any(${cids})`)),
    virtual_circuit_id: anyOf<number>('number', (row, ids) =>
      ofVirtualCircuit(row, sql`circuit.id = any(${ids}::bigint[])`),
    ),
    provider: anyOf('text', (row, slugs) => ofEither(row, sql`provider.slug = any(${slugs})`)),
    provider_id: anyOf<number>('number', (row, ids) => ofEither(row, sql`provider.id = any(${ids}::bigint[])`)),
  },

  file: {
    table: {
      first: ['group', 'provider', ['member_type', 'Type'], ['member', 'Circuit'], 'priority'],
      more: ['id', 'created', 'last_updated', 'tags'],
    },
  },

  ui: {
    columns: ['group', 'member_type', 'member', 'priority'],
    form: {
      'Group Assignment': ['group', 'member', 'priority', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    circuits_circuitgroupassignment: RowOf<typeof CircuitGroupAssignment>
  }
}
