import { ref, refs, text } from '../field/index.ts'
import { model, related, type RowOf } from '../model/index.ts'

export const Owner = model('users.owner', {
  label: 'owner',
  about: 'A team that is in charge of objects.',
  features: [
    'bookmarks',
    'cloning',
    'custom_links',
    'custom_validation',
    'event_rules',
    'export_templates',
    'notifications',
  ],

  fields: {
    name: text({ unique: true, max: 100 }),
    group: ref('users.ownergroup', { nullable: true, inverse: 'members', required: true }),
    description: text({ blank: true, default: '', max: 200 }),
    user_groups: refs('users.group', { label: 'groups', filter: false }),
    users: refs('users.user', { filter: false }),
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  quick: ['name', 'description'],
  brief: ['name', 'description'],
  clone: ['user_groups', 'users'],

  filters: {
    user_group: related('user_groups'),
    user: related('users'),
  },

  file: { table: { first: ['name', 'group', 'description', 'user_groups', 'users'], more: ['id'] } },

  ui: {
    icon: 'id-badge',
    columns: ['name', 'group', 'description', 'user_groups', 'users'],
    form: {
      Owner: ['name', 'group', 'description'],
      Groups: ['user_groups'],
      Users: ['users'],
    },
  },
})

declare module '../model/tables.ts' {
  interface Tables {
    users_owner: RowOf<typeof Owner>
  }
}
