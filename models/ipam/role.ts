import { smallint } from '@demarc/engine/field'
import { model, organizational, type RowOf } from '@demarc/engine/model'

export const Role = model('ipam.role', {
  label: 'role',
  about: 'What prefixes, ranges, VLANs and AS numbers are for.',

  fields: {
    weight: smallint({ default: 1000, min: 0 }),
    ...organizational,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['weight', 'name'],
  index: [['weight', 'name']],
  counts: {
    prefix_count: 'ipam.prefix.role',
    vlan_count: 'ipam.vlan.role',
    asn_count: 'ipam.asn.role',
  },
  quick: ['name', 'slug', 'description'],
  search: { name: 100, slug: 110, description: 500, comments: 5000 },
  brief: ['name', 'slug', 'description', 'prefix_count', 'vlan_count', 'asn_count'],

  file: {
    table: {
      first: [
        'name',
        ['prefix_count', 'Prefixes'],
        ['iprange_count', 'IP Ranges'],
        ['vlan_count', 'VLANs'],
        ['asn_count', 'ASNs'],
        'description',
      ],
      more: ['id', 'slug', 'weight', 'comments', 'tags', 'created', 'last_updated', 'owner.group', 'owner'],
    },
  },

  ui: {
    icon: 'category',
    columns: ['name', 'prefix_count', 'vlan_count', 'asn_count', 'description'],
    form: {
      Role: ['name', 'slug', 'weight', 'description', 'tags'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    ipam_role: RowOf<typeof Role>
  }
}
