import { refs, text } from '../field/index.ts'
import { model, related, renamedRefs, type RowOf } from '../model/index.ts'

export const Group = model('users.group', {
  label: 'group',
  about: 'Users who are given permissions together.',
  features: [],

  fields: {
    name: text({ unique: true, max: 150 }),
    description: text({ blank: true, default: '', max: 200 }),
    object_permissions: refs('users.objectpermission', { inverse: 'groups', filter: false, hidden: true }),
  },

  display: { from: ['name'], as: row => row.name },
  derived: { permissions: renamedRefs('users.group.object_permissions', 'users.objectpermission', { order: 'name' }) },
  order: ['name'],
  counts: {
    user_count: { of: 'users.user.groups', wire: 'integer' },
  },
  quick: ['name', 'description'],
  brief: ['name', 'description'],

  filters: {
    user: related('user', { only: 'id' }),
    owner: related('owner'),
    permission: related('object_permissions', { only: 'id' }),
    notification_group: related('notification_groups', { only: 'id' }),
  },

  file: { table: { first: ['id', 'name', ['user_count', 'Users count'], 'description'], more: [] }, open: true },

  ui: {
    icon: 'users',
    form: {
      Group: ['name', 'description'],
      Permissions: ['object_permissions'],
    },
  },
})

declare module '../model/tables.ts' {
  interface Tables {
    users_group: RowOf<typeof Group>
  }
}
