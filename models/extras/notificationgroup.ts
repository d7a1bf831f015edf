import { datetime, refs, text } from '@demarc/engine/field'
import { model, recorded, type RowOf } from '@demarc/engine/model'

export const NotificationGroup = model('extras.notificationgroup', {
  label: 'notification group',
  about: 'Users who are notified together.',
  features: recorded,

  fields: {
    name: text({ unique: true, max: 100, filter: false }),
    description: text({ blank: true, default: '', max: 200, filter: false }),
    groups: refs('users.group', { inverse: 'notification_groups', filter: false }),
    users: refs('users.user', { inverse: 'notification_groups', filter: false }),
    created: datetime({ nullable: true, hidden: true, filter: false }),
    last_updated: datetime({ nullable: true, hidden: true, filter: false }),
  },

  unfiltered: true,
  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  brief: ['name', 'description'],

  file: { table: { first: ['name', 'description', 'groups', 'users'], more: ['id'] } },

  ui: {
    icon: 'bell',
    columns: ['name', 'description', 'groups', 'users'],
    form: {
      'Notification group': ['name', 'description', 'groups', 'users'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    extras_notificationgroup: RowOf<typeof NotificationGroup>
  }
}
