import { boolean, datetime, json, text } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'

export const ConfigRevision = model('core.configrevision', {
  label: 'config revision',
  about: 'Settings that administrators changed at run time, as they were at one moment.',
  internal: true,
  features: [],

  fields: {
    active: boolean({ default: false, filter: false }),
    created: datetime({ filter: false }),
    comment: text({ blank: true, default: '', max: 200, filter: false }),
    data: json({ nullable: true, label: 'configuration data' }),
  },

  display: { from: [], as: row => `#${row.id}` },
  order: ['-created'],
  index: [['-created']],

  ui: {
    columns: ['created', 'comment'],
    form: {
      'Config Revision': ['comment'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    core_configrevision: RowOf<typeof ConfigRevision>
  }
}
