import { anyRef, choice, choices, ref } from '@demarc/engine/field'
import { model, recorded, tagged, type RowOf } from '@demarc/engine/model'

export const CircuitPriority = choices('circuits.CircuitGroupAssignment.priority', {
  primary: ['Primary'],
  secondary: ['Secondary'],
  tertiary: ['Tertiary'],
  inactive: ['Inactive'],
})

export const CircuitGroupAssignment = model('circuits.circuitgroupassignment', {
  label: 'Circuit group assignment',
  about: 'Membership of a circuit in a group, with its priority.',
  features: [...recorded, 'custom_fields', 'export_templates', 'tags'],

  fields: {
    group: ref('circuits.circuitgroup', { onDelete: 'cascade', inverse: 'assignments' }),
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
      row.priority ? `${row.group} (${row.priority.charAt(0).toUpperCase()}${row.priority.slice(1)})` : row.group,
  },
  order: ['group', 'member_type', 'member_id', 'priority', 'id'],
  unique: [['member_type', 'member_id', 'group']],
  index: [['group', 'member_type', 'member_id', 'priority', 'id']],
  quick: ['member:circuits.circuit.cid', 'member:circuits.virtualcircuit.cid', 'group.name'],
  brief: ['group', 'member_type', 'member_id', 'member', 'priority'],

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
