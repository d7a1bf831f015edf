import type { Database } from '@demarc/engine/database'
import { sql } from 'kysely'

/** What a drawing says of a device beyond where it is. */
export interface Details {
  readonly id: number
  readonly label: string
  readonly role: string
  readonly color: string
  readonly status: string
  readonly make: string
  readonly asset_tag: string | null
  readonly serial: string
  readonly description: string
  /** Paths below `/media/`. */
  readonly front_image: string | null
  readonly rear_image: string | null
  /** Bays for devices, and how many of them are filled. */
  readonly bays: number
  readonly filled: number
}

/** What drawings say of devices, by id. One statement. */
export async function readDetails(db: Database, ids: readonly number[]): Promise<Map<number, Details>> {
  const rows = await db.rows<Details>(sql`
    select device.id, device.asset_tag, device.serial, device.description, device.status,
      role.name as role, role.color, manufacturer.name || ' ' || type.model as make,
      coalesce(nullif(device.name, ''), chassis.name || ':' || device.vc_position, type.model) as label,
      nullif(type.front_image, '') as front_image, nullif(type.rear_image, '') as rear_image,
      (select count(*) from dcim_devicebay as bay where bay.device_id = device.id)::int as bays,
      (select count(installed_device_id) from dcim_devicebay as bay where bay.device_id = device.id)::int as filled
    from dcim_device as device
    join dcim_devicerole as role on role.id = device.role_id
    join dcim_devicetype as type on type.id = device.device_type_id
    join dcim_manufacturer as manufacturer on manufacturer.id = type.manufacturer_id
    left join dcim_virtualchassis as chassis on chassis.id = device.virtual_chassis_id
    where device.id = any(${ids}::bigint[])`)
  return new Map(rows.map(row => [row.id, row]))
}
