import { boolean, json, stored } from '@demarc/engine/field'
import { model, type RowOf } from '@demarc/engine/model'

export const CablePath = model('dcim.cablepath', {
  label: 'cable path',
  about: 'A way through cables and ports from one end to the other, kept so that it need not be traced again.',
  internal: true,
  features: [],

  fields: {
    path: json({ default: [] }),
    is_active: boolean({ default: false, filter: false }),
    is_complete: boolean({ default: false, filter: false }),
    is_split: boolean({ default: false, filter: false }),
    _nodes: stored<string>('text[]'),
  },

  display: { from: [], as: row => `Path #${row.id}` },
  order: [],
  // Without a list of entries that wait: every lookup would read it, and a change of many cables looks up many nodes.
  index: ['using gin (_nodes) with (fastupdate=off)'],
})

declare module '@demarc/engine/model' {
  interface Tables {
    dcim_cablepath: RowOf<typeof CablePath>
  }
}
