import { anyRef, bigint, ranges, ref, slug, text } from '@demarc/engine/field'
import { model, primary, type RowOf } from '@demarc/engine/model'

export const VLANGroup = model('ipam.vlangroup', {
  label: 'VLAN group',
  about: 'A set of VLANs with unique names and ids, optionally bound to a place.',

  fields: {
    name: text({ max: 100, collate: 'natural' }),
    slug: slug(),
    scope: anyRef(
      [
        'dcim.region',
        'dcim.sitegroup',
        'dcim.site',
        'dcim.location',
        'dcim.rackgroup',
        'dcim.rack',
        'virtualization.clustergroup',
        'virtualization.cluster',
      ],
      { nullable: true, inverse: 'vlan_groups' },
    ),
    vid_ranges: ranges({ default: [{ lower: 1, upper: 4095, bounds: '[)' }], label: 'VLAN ID ranges' }),
    total_vlan_ids: bigint({ default: 4094, readonly: true }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'vlan_groups' }),
    ...primary,
  },

  display: { from: ['name'], as: row => row.name },
  order: ['name', 'id'],
  unique: [
    ['scope_type', 'scope_id', 'name'],
    ['scope_type', 'scope_id', 'slug'],
  ],
  index: [['name', 'id']],
  counts: {
    vlan_count: 'ipam.vlan.group',
  },
  quick: ['name', 'description'],
  search: { name: 100, slug: 110, description: 500, comments: 5000 },
  brief: ['name', 'slug', 'description', 'vlan_count'],

  ui: {
    columns: ['name', 'scope_type', 'scope', 'vlan_count', 'utilization', 'tenant', 'description'],
    form: {
      'VLAN Group': ['name', 'slug', 'description', 'tags'],
      'Child VLANs': ['vid_ranges'],
      Scope: ['scope'],
      Tenancy: ['tenant'],
    },
  },
})

declare module '@demarc/engine/model' {
  interface Tables {
    ipam_vlangroup: RowOf<typeof VLANGroup>
  }
}
