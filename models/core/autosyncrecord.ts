import { anyRef, ref } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'

export const AutoSyncRecord = model('core.autosyncrecord', {
  label: 'auto sync record',
  about: 'Which object takes its content from which data file.',
  internal: true,
  features: [],

  fields: {
    datafile: ref('core.datafile', { onDelete: 'cascade', inverse: '+', filter: false }),
    object: anyRef({ feature: 'synced_data' }, { filters: { type: false, id: false }, hidden: true }),
  },

  display: { from: [], as: row => `#${row.id}` },
  order: [],
  unique: [['object_type', 'object_id']],
})

declare module '@demarc/engine/model' {
  interface Tables {
    core_autosyncrecord: RowOf<typeof AutoSyncRecord>
  }
}
