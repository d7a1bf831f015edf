import { anyOf, one, type Columns, type FilterSpec } from '@demarc/engine/model'
import { sql, type RawBuilder } from 'kysely'

type Scalar = RawBuilder<unknown>

const id = (table: string, column: string, of: Scalar): Scalar =>
  sql`(select ${sql.ref(column)} from ${sql.table(table)} where id = ${of})`

/** A place as a pair of type and id. */
const place = (type: string, of: Scalar) => sql`select ${sql.lit(type)}, ${of}`

/** A node of a tree and all that it lies in. */
const upwards = (type: 'dcim.region' | 'dcim.sitegroup' | 'dcim.location', node: Scalar) => {
  const table = sql.table(type.replace('.', '_'))
  return sql`select ${sql.lit(type)}, above.id from ${table} as node join ${table} as above on node.path <@ above.path where node.id = ${node}`
}

const fromSite = (site: Scalar) => [
  place('dcim.site', site),
  upwards('dcim.region', id('dcim_site', 'region_id', site)),
  upwards('dcim.sitegroup', id('dcim_site', 'group_id', site)),
]

const fromCluster = (cluster: Scalar) => [
  place('virtualization.cluster', cluster),
  place('virtualization.clustergroup', id('virtualization_cluster', 'group_id', cluster)),
]

/**
 * VLANs of groups bound to one of the places, those of a site itself, and those that are bound to nothing at all, be it
 * by a group or a site.
 */
const reaching = (row: Columns, places: readonly RawBuilder<unknown>[], site?: Scalar) =>
  sql<boolean>`(
    ${row['group_id']} in (
      select id from ipam_vlangroup where (scope_type, scope_id) in (${sql.join(places, sql` union all `)})
    )
    ${site ? sql`or ${row['site_id']} = ${site}` : sql``}
    or ${row['site_id']} is null
      and (${row['group_id']} is null or ${row['group_id']} in (select id from ipam_vlangroup where scope_id is null))
  )`

/** VLANs of the sites, or of groups bound to one of them or to what their site groups lie in. */
const relatedTo = (row: Columns, sites: readonly number[]) =>
  sql<boolean>`(${row['site_id']} = any(${sites}::bigint[]) or ${row['group_id']} in (
    select id from ipam_vlangroup
    where scope_type = 'dcim.site' and scope_id = any(${sites}::bigint[])
      or scope_type = 'dcim.sitegroup' and scope_id in (
        select above.id
        from dcim_site as site
        join dcim_sitegroup as node on node.id = site.group_id
        join dcim_sitegroup as above on node.path <@ above.path
        where site.id = any(${sites}::bigint[])
      )
  ))`

/** Finds the VLANs that can be used somewhere, by what their groups are bound to. */
export const vlanReachFilters: Readonly<Record<string, FilterSpec>> = {
  related_to_site: anyOf<number>('ref', relatedTo, { to: 'dcim.site' }),
  related_to_site__n: anyOf<number>('ref', (row, sites) => sql`(${relatedTo(row, sites)}) is not true`, {
    to: 'dcim.site',
  }),
  available_at_site: one<number>(
    'ref',
    (row, value) => {
      const site = sql`${value}::bigint`
      return reaching(row, fromSite(site), site)
    },
    { to: 'dcim.site' },
  ),
  available_at_site_group: one<number>(
    'ref',
    (row, group) => reaching(row, [upwards('dcim.sitegroup', sql`${group}::bigint`)]),
    { to: 'dcim.sitegroup' },
  ),
  available_on_device: one<number>(
    'ref',
    (row, device) => {
      const its = (column: string) => id('dcim_device', column, sql`${device}::bigint`)
      const site = its('site_id')
      return reaching(
        row,
        [
          ...fromSite(site),
          ...fromCluster(its('cluster_id')),
          upwards('dcim.location', its('location_id')),
          place('dcim.rack', its('rack_id')),
        ],
        site,
      )
    },
    { to: 'dcim.device' },
  ),
  available_on_virtualmachine: one<number>(
    'ref',
    (row, machine) => {
      const its = (column: string) => id('virtualization_virtualmachine', column, sql`${machine}::bigint`)
      const cluster = its('cluster_id')
      const scope = (type: string) =>
        sql`(select scope_id from virtualization_cluster where id = ${cluster} and scope_type = ${sql.lit(type)})`
      const site = sql`coalesce(${its('site_id')}, ${id('virtualization_cluster', '_site_id', cluster)})`
      return reaching(
        row,
        [
          ...fromSite(site),
          ...fromCluster(cluster),
          place('dcim.site', scope('dcim.site')),
          upwards('dcim.region', scope('dcim.region')),
          upwards('dcim.sitegroup', scope('dcim.sitegroup')),
          upwards('dcim.location', scope('dcim.location')),
        ],
        site,
      )
    },
    { to: 'virtualization.virtualmachine' },
  ),
}
