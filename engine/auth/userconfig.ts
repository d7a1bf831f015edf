import { json, ref } from '../field/index.ts'
import { model, type RowOf } from '../model/index.ts'

export const UserConfig = model('users.userconfig', {
  label: 'user preferences',
  plural: 'user preferences',
  about: 'Preferences of a user.',
  internal: true,
  features: [],

  fields: {
    user: ref('users.user', { unique: true, onDelete: 'cascade', inverse: 'config', filter: false }),
    data: json({ default: {} }),
  },

  display: { from: [], as: row => `#${row.id}` },
  order: ['user'],
})

declare module '../model/tables.ts' {
  interface Tables {
    users_userconfig: RowOf<typeof UserConfig>
  }
}
