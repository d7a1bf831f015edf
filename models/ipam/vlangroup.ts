import { anyRef, bigint, ranges, ref, slug, text } from '@demarc/engine/field'
import { anyOf, model, one, primary, type RowOf } from '@demarc/engine/model'
import { sql } from 'kysely'

/** Takes ids of rows of one model, and finds the groups bound to them themselves. */
const boundTo = (type: string) =>
  anyOf<number>(
    'number',
    (row, ids) => sql`(${row['scope_type']} = ${sql.lit(type)} and ${row['scope_id']} = any(${ids}::bigint[]))`,
  )

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
      { nullable: true, inverse: 'vlan_groups', halfOnWhole: true },
    ),
    vid_ranges: ranges({ default: [{ lower: 1, upper: 4095, bounds: '[)' }], label: 'VLAN ID ranges' }),
    total_vlan_ids: bigint({ default: 4094, readonly: true }),
    tenant: ref('tenancy.tenant', { nullable: true, inverse: 'vlan_groups' }),
    ...primary,
  },

  derived: {
    utilization: {
      wire: 'string',
      load: ids => sql`
        select own.id, to_json(round(100.0 * count(vlan.id) / nullif(own.total_vlan_ids, 0), 2)) as value
        from ipam_vlangroup as own
        left join ipam_vlan as vlan on vlan.group_id = own.id
        where own.id = any(${ids})
        group by own.id`,
      as: (_row, percent: number | null) => (percent === null ? null : withPoint(percent)),
    },
  },

  display: { from: ['name'], as: row => row.name },
  resets: ['scope'],
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

  filters: {
    region: boundTo('dcim.region'),
    site_group: boundTo('dcim.sitegroup'),
    site: boundTo('dcim.site'),
    location: boundTo('dcim.location'),
    rack_group: boundTo('dcim.rackgroup'),
    rack: boundTo('dcim.rack'),
    cluster_group: boundTo('virtualization.clustergroup'),
    cluster: boundTo('virtualization.cluster'),
    contains_vid: one<number>(
      'number',
      (row, vid) => sql`${Math.max(0, Math.min(vid, 4095))}::int <@ any(${row['vid_ranges']})`,
    ),
  },

  file: {
    table: {
      first: [
        'name',
        ['scope_type', 'Scope Type'],
        'scope',
        ['vlan_count', 'VLANs'],
        'utilization',
        'tenant',
        'description',
      ],
      more: [
        'id',
        'slug',
        ['vid_ranges', 'VID Ranges'],
        ['total_vlan_ids', 'Total VLAN IDs'],
        'tenant.group',
        'comments',
        'tags',
        'created',
        'last_updated',
        'owner.group',
        'owner',
      ],
    },
    columns: { scope_name: { typed: 'scope_type', sets: 'scope' } },
  },

  ui: {
    icon: 'folders',
    columns: ['name', 'scope', 'vlan_count', 'utilization', 'tenant', 'description'],
    form: {
      'VLAN Group': ['name', 'slug', 'description', 'tags'],
      'Child VLANs': ['vid_ranges'],
      Scope: ['scope'],
      Tenancy: ['tenant'],
    },
  },
})

/** A number as text that always has a decimal point. */
const withPoint = (number: number) => (Number.isInteger(number) ? `${number}.0` : String(number))

declare module '@demarc/engine/model' {
  interface Tables {
    ipam_vlangroup: RowOf<typeof VLANGroup>
  }
}
