import { choice, anyRef, datetime, ref, text } from '@demarc/engine/field'
import { EventType } from '@demarc/engine/event'
import { model, type RowOf } from '@demarc/engine/model'

export const Notification = model('extras.notification', {
  label: 'notification',
  about: 'A message to a user about an object.',
  page: false,
  features: [],

  fields: {
    object: anyRef({ feature: 'notifications' }, { filters: { type: false, id: false } }),
    user: ref('users.user', { onDelete: 'cascade', inverse: 'notifications', filter: false }),
    created: datetime({ readonly: true, filter: false }),
    read: datetime({ nullable: true, filter: false }),
    event_type: choice(EventType, { label: 'event', bare: true, filter: false }),
    object_repr: text({ hidden: true, max: 200, filter: false }),
  },

  unfiltered: true,
  display: { from: ['object_repr'], as: row => row.object_repr },
  order: ['-created', 'id'],
  unique: [['object_type', 'object_id', 'user']],
  index: [['-created', 'id']],
  brief: ['object_type', 'object_id', 'user', 'read', 'event_type'],

  file: {
    table: {
      first: [['icon', ''], 'object', ['object_type', 'Object Type'], ['event_type', 'Event'], 'created'],
      more: ['read', 'user', 'id'],
    },
  },

  ui: {
    icon: 'bell',
    columns: ['object', 'object_type', 'event_type', 'created'],
    form: {
      Notification: ['object_type', 'object_id', 'user', 'read', 'event_type'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    extras_notification: RowOf<typeof Notification>
  }
}
