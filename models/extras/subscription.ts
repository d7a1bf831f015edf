import { anyRef, datetime, ref } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'

export const Subscription = model('extras.subscription', {
  label: 'subscription',
  about: 'A wish to hear of changes of an object.',
  page: false,
  features: [],

  fields: {
    object: anyRef({ feature: 'notifications' }, { inverse: 'subscriptions', filters: { type: false, id: false } }),
    user: ref('users.user', { onDelete: 'cascade', inverse: 'subscriptions', filter: false }),
    created: datetime({ readonly: true, filter: false }),
  },

  unfiltered: true,
  display: { from: ['object'], as: row => row.object || `#${row.id}` },
  order: ['-created', 'user'],
  unique: [['object_type', 'object_id', 'user']],
  index: [['-created', 'user']],
  brief: ['object_type', 'object_id', 'user'],

  file: { table: { first: ['object', ['object_type', 'Object Type'], 'created'], more: ['user', 'id'] } },

  ui: {
    columns: ['object', 'object_type', 'created'],
    form: {
      Subscription: ['object_type', 'object_id', 'user'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    extras_subscription: RowOf<typeof Subscription>
  }
}
