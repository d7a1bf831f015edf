import type { Transaction } from '@demarc/engine/database'
import type { Batch, Change } from '@demarc/engine/model'

/** The sites and locations that changes are bound to, and the sites of those locations. */
export interface Places {
  readonly sites: ReadonlyMap<number, any>
  readonly locations: ReadonlyMap<number, any>
}

/** Read what is needed to tell where rows are that are bound to a place by `reference`. */
export async function readPlaces({ changes, rowsOf }: Batch, reference = 'scope'): Promise<Places> {
  const bound = (type: string): (number | null)[] =>
    changes.filter(({ row }) => row[`${reference}_type`] === type).map(({ row }) => row[`${reference}_id`])
  const locations = await rowsOf('dcim.location', bound('dcim.location'))
  const sites = await rowsOf('dcim.site', [
    ...bound('dcim.site'),
    ...[...locations.values()].map(location => location.site_id),
  ])
  return { sites, locations }
}

/** Keep with a row the location, site, region and site group that it lies in, by the place it is bound to. */
export function placeRow(row: Change['row'], { sites, locations }: Places, reference = 'scope'): void {
  const [type, id] = [row[`${reference}_type`], row[`${reference}_id`]]
  const location = type === 'dcim.location' ? locations.get(id) : undefined
  const site = type === 'dcim.site' ? sites.get(id) : sites.get(location?.site_id)
  row['_location_id'] = location?.id ?? null
  row['_site_id'] = site?.id ?? null
  row['_region_id'] = type === 'dcim.region' ? id : (site?.region_id ?? null)
  row['_site_group_id'] = type === 'dcim.sitegroup' ? id : (site?.group_id ?? null)
}

/** What keeps where it lies, by columns of its own. */
const tables = ['ipam_prefix', 'virtualization_cluster', 'wireless_wirelesslan', 'circuits_circuittermination'] as const

/** Sites have another region or group: what lies in them does too. Nothing of it is recorded. */
export async function refreshScopesInSites(tx: Transaction, sites: readonly number[]): Promise<void> {
  if (sites.length === 0) return
  for (const table of tables) {
    await tx.query(
      `update ${table} as t set _region_id = site.region_id, _site_group_id = site.group_id
       from dcim_site as site
       where site.id = t._site_id and site.id = any($1::bigint[])
         and (t._region_id, t._site_group_id) is distinct from (site.region_id, site.group_id)`,
      [sites],
    )
    tx.touch(table)
  }
}

/** Locations stand at another site: what lies in them does too. Nothing of it is recorded. */
export async function refreshScopesInLocations(tx: Transaction, locations: readonly number[]): Promise<void> {
  if (locations.length === 0) return
  for (const table of tables) {
    await tx.query(
      `update ${table} as t set _site_id = site.id, _region_id = site.region_id, _site_group_id = site.group_id
       from dcim_location as location join dcim_site as site on site.id = location.site_id
       where location.id = t._location_id and location.id = any($1::bigint[])`,
      [locations],
    )
    tx.touch(table)
  }
}
