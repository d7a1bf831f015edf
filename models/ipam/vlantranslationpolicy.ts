import { text } from '@demarc/engine/field'
import { inverse, model, primary, type RowOf } from '@demarc/engine/model'

export const VLANTranslationPolicy = model('ipam.vlantranslationpolicy', {
  label: 'VLAN translation policy',
  plural: 'VLAN translation policies',
  about: 'A named set of VLAN translations.',

  fields: {
    name: text({ unique: true, max: 100 }),
    ...primary,
  },

  derived: { rules: inverse('ipam.vlantranslationrule.policy', { order: 'local_vid' }) },

  display: { from: ['name'], as: row => row.name },
  order: ['name'],
  quick: ['name', 'description'],
  search: { name: 100, description: 500, comments: 5000 },
  brief: ['name', 'description'],

  file: {
    table: {
      first: ['name', ['rule_count', 'Rules'], 'description'],
      more: ['id', 'tags', 'created', 'last_updated', 'owner.group', 'owner', 'comments'],
    },
  },

  ui: {
    icon: 'transfer',
    columns: ['name', 'description'],
    form: {
      'VLAN Translation Policy': ['name', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    ipam_vlantranslationpolicy: RowOf<typeof VLANTranslationPolicy>
  }
}
