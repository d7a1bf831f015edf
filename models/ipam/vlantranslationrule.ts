import { ref, smallint, text } from '@demarc/engine/field'
import { model, tagged, type RowOf } from '@demarc/engine/model'

export const VLANTranslationRule = model('ipam.vlantranslationrule', {
  label: 'VLAN translation rule',
  about: 'A local VLAN id and the remote one that it becomes.',

  fields: {
    policy: ref('ipam.vlantranslationpolicy', { onDelete: 'cascade', inverse: 'rules', bare: true }),
    local_vid: smallint({ label: 'Local VLAN ID', help: 'Numeric VLAN ID (1-4094)', min: 1, max: 4094 }),
    remote_vid: smallint({ label: 'Remote VLAN ID', help: 'Numeric VLAN ID (1-4094)', min: 1, max: 4094 }),
    description: text({ blank: true, default: '', max: 200 }),
    ...tagged,
  },

  display: {
    from: ['local_vid', 'remote_vid', 'policy'],
    as: row => `${row.local_vid} -> ${row.remote_vid} (${row.policy})`,
  },
  partOf: ['policy'],
  order: ['policy', 'local_vid'],
  unique: [
    ['policy', 'local_vid'],
    ['policy', 'remote_vid'],
  ],
  quick: ['policy.name', { equals: 'local_vid' }, { equals: 'remote_vid' }],
  search: { policy: 100, local_vid: 200, remote_vid: 200 },
  brief: ['policy', 'local_vid', 'remote_vid', 'description'],
  clone: ['policy'],

  file: {
    table: {
      first: ['policy', ['local_vid', 'Local VID'], ['remote_vid', 'Remote VID'], 'description'],
      more: ['id', 'tags', 'created', 'last_updated'],
    },
  },

  ui: {
    columns: ['policy', 'local_vid', 'remote_vid', 'description'],
    form: {
      'VLAN Translation Rule': ['policy', 'local_vid', 'remote_vid', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    ipam_vlantranslationrule: RowOf<typeof VLANTranslationRule>
  }
}
