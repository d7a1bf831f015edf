import type { Transaction } from '@demarc/engine/database'

/** Tables of what is part of a device and keeps the device's place. */
const parts = [
  'dcim_consoleport',
  'dcim_consoleserverport',
  'dcim_powerport',
  'dcim_poweroutlet',
  'dcim_coolingintake',
  'dcim_coolingoutflow',
  'dcim_interface',
  'dcim_frontport',
  'dcim_rearport',
  'dcim_modulebay',
  'dcim_devicebay',
  'dcim_inventoryitem',
] as const

/** Devices have moved, by whatever route: their parts, and the ends of cables on them, are found at the new place. */
export async function followDevices(tx: Transaction, devices: readonly number[]): Promise<void> {
  if (devices.length === 0) return
  for (const table of parts) {
    await tx.query(
      `update ${table} as part set _site_id = d.site_id, _location_id = d.location_id, _rack_id = d.rack_id
       from dcim_device as d where d.id = part.device_id and d.id = any($1::bigint[])
       and (part._site_id, part._location_id, part._rack_id) is distinct from (d.site_id, d.location_id, d.rack_id)`,
      [devices],
    )
    tx.touch(table)
  }
  await tx.query(
    `update dcim_cabletermination as t set _site_id = d.site_id, _location_id = d.location_id, _rack_id = d.rack_id
     from dcim_device as d where d.id = t._device_id and d.id = any($1::bigint[])`,
    [devices],
  )
  tx.touch('dcim_cabletermination')
}

/** Racks have moved: the devices in them stand where they do, and so do the ends of cables on their power feeds. */
export async function followRacks(tx: Transaction, racks: readonly number[]): Promise<void> {
  if (racks.length === 0) return
  const devices = await tx.query<{ id: number }>(
    `update dcim_device as d set site_id = r.site_id, location_id = r.location_id
     from dcim_rack as r where r.id = d.rack_id and r.id = any($1::bigint[])
     and (d.site_id, d.location_id) is distinct from (r.site_id, r.location_id) returning d.id`,
    [racks],
  )
  tx.touch('dcim_device')
  await followDevices(
    tx,
    devices.map(device => device.id),
  )
  await tx.query(
    `update dcim_cabletermination as t set _site_id = r.site_id, _location_id = r.location_id
     from dcim_rack as r where r.id = t._rack_id and t._device_id is null and r.id = any($1::bigint[])`,
    [racks],
  )
  tx.touch('dcim_cabletermination')
}

/** What has a place of its own in a location. */
const inLocations = ['dcim_rack', 'dcim_device', 'dcim_powerpanel', 'dcim_coolingsource'] as const

/** Locations have moved to another site: all below them, and all that stands there, moves along. Returns every location that moved. */
export async function followLocations(tx: Transaction, locations: readonly number[]): Promise<number[]> {
  if (locations.length === 0) return []
  const below = await tx.query<{ id: number; site_id: number }>(
    `select below.id, top.site_id from dcim_location as below join lateral (
       select above.site_id from dcim_location as above
       where above.id = any($1::bigint[]) and below.path <@ above.path order by nlevel(above.path) desc limit 1
     ) as top on true`,
    [locations],
  )
  const [ids, sites] = [below.map(row => row.id), below.map(row => row.site_id)]
  await tx.query(
    `update dcim_location as l set site_id = v.site from unnest($1::bigint[], $2::bigint[]) as v(id, site)
     where l.id = v.id and l.site_id <> v.site`,
    [ids, sites],
  )
  tx.touch('dcim_location')
  const moved = new Map<string, number[]>()
  for (const table of inLocations) {
    const rows = await tx.query<{ id: number }>(
      `update ${table} as t set site_id = v.site from unnest($1::bigint[], $2::bigint[]) as v(id, site)
       where t.location_id = v.id and t.site_id <> v.site returning t.id`,
      [ids, sites],
    )
    tx.touch(table)
    moved.set(
      table,
      rows.map(row => row.id),
    )
  }
  await followDevices(tx, moved.get('dcim_device')!)
  await followRacks(tx, moved.get('dcim_rack')!)
  await tx.query(
    `update dcim_cabletermination as t set _site_id = v.site from unnest($1::bigint[], $2::bigint[]) as v(id, site)
     where t._location_id = v.id and t._device_id is null and t._rack_id is null`,
    [ids, sites],
  )
  return ids
}
