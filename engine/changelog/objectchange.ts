import { anyRef, choice, boolean, choices, datetime, json, ref, text, uuid } from '../field/index.ts'
import { compare, model, type RowOf } from '../model/index.ts'
import { titleOf } from '../objecttype/index.ts'
import { shownOf } from './snapshot.ts'

export const ObjectChangeAction = choices('ObjectChangeAction', {
  create: ['Created', 'green'],
  update: ['Updated', 'blue'],
  delete: ['Deleted', 'red'],
})

export const ObjectChange = model('core.objectchange', {
  label: 'object change',
  about: 'One change of one object: who, when, and its data before and after.',
  uiPath: 'changelog',
  writes: [],
  features: [],

  fields: {
    time: datetime({ readonly: true, filter: false }),
    user: ref('users.user', {
      nullable: true,
      readonly: true,
      constraint: false,
      onDelete: 'set null',
      inverse: 'changes',
    }),
    user_name: text({ readonly: true, max: 150 }),
    request_id: uuid({ label: 'request ID', readonly: true }),
    action: choice(ObjectChangeAction, { readonly: true, filter: { single: true } }),
    changed_object: anyRef({ feature: 'any' }, { filters: { typeId: true }, readonly: true }),
    object_repr: text({ readonly: true, max: 200 }),
    message: text({ blank: true, default: '', readonly: true, max: 200, filter: false }),
    prechange_data: json({ nullable: true, verbatim: true, label: 'pre-change data', readonly: true }),
    postchange_data: json({ nullable: true, verbatim: true, label: 'post-change data', readonly: true }),
    related_object: anyRef({ feature: 'any' }, { nullable: true, hidden: true }),
    /** Whether it followed from another change: what was before is kept for undoing it, but not served, as NetBox has none. */
    consequence: boolean({ hidden: true, default: false, filter: false }),
  },

  display: {
    from: ['changed_object_type', 'object_repr', 'action', 'user_name'],
    as: row => `${titleOf(row.changed_object_type)} ${row.object_repr} ${row.action}d by ${row.user_name}`,
  },
  derived: {
    prechange_data: {
      from: ['prechange_data', 'consequence'],
      as: row => (row.consequence ? {} : shownOf(row.prechange_data)),
    },
    postchange_data: { from: ['postchange_data'], as: row => shownOf(row.postchange_data) },
  },
  order: ['-time'],
  index: [['-time'], ['request_id']],
  quick: ['user_name', 'object_repr', 'message'],
  filters: {
    time_after: compare('time', { single: true, lookup: 'gte', plain: true }),
    time_before: compare('time', { single: true, lookup: 'lte', plain: true }),
  },

  file: {
    table: {
      first: [
        'time',
        ['user_name', 'Username'],
        'action',
        ['changed_object_type', 'Type'],
        ['object_repr', 'Object'],
        'message',
      ],
      more: [['user', 'Full Name'], 'request_id', 'id'],
    },
  },

  ui: {
    icon: 'history',
    columns: ['time', 'user_name', 'action', 'changed_object_type', 'object_repr', 'message'],
    form: {
      'Object change': ['changed_object_id'],
    },
  },
})

declare module '../model/tables.ts' {
  interface Tables {
    core_objectchange: RowOf<typeof ObjectChange>
  }
}
