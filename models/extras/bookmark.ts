import { anyRef, datetime, ref } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'

export const Bookmark = model('extras.bookmark', {
  label: 'bookmark',
  about: 'An object that a user wants to find again.',
  page: false,
  features: [],

  fields: {
    object: anyRef({ feature: 'bookmarks' }, { inverse: 'bookmarks', filters: { typeId: true } }),
    user: ref('users.user', { onDelete: 'cascade' }),
    created: datetime({ readonly: true, filter: { single: true, plain: true } }),
  },

  display: { from: ['object'], as: row => row.object || `#${row.id}` },
  order: ['created', 'id'],
  unique: [['object_type', 'object_id', 'user']],
  index: [['created', 'id']],
  brief: ['object_id', 'object_type'],

  file: { table: { first: ['object', ['object_type', 'Object Type'], 'created'], more: ['id'] } },

  ui: {
    icon: 'bookmark',
    columns: ['object', 'object_type', 'created'],
    form: {
      Bookmark: ['object_type', 'object_id', 'user'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    extras_bookmark: RowOf<typeof Bookmark>
  }
}
