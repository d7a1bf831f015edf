import { json, ref } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'

export const Dashboard = model('extras.dashboard', {
  label: 'dashboard',
  about: "A user's home page.",
  internal: true,
  features: [],

  fields: {
    user: ref('users.user', { unique: true, onDelete: 'cascade', filter: false }),
    layout: json({ default: [] }),
    config: json({ default: {} }),
  },

  display: { from: [], as: row => `#${row.id}` },
  order: [],
})

declare module '@demarc/engine/model' {
  interface Tables {
    extras_dashboard: RowOf<typeof Dashboard>
  }
}
