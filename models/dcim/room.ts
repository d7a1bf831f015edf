import type { Columns } from '@demarc/engine/model'
import { sql, type RawBuilder } from 'kysely'
import type { Face } from './elevation/mounted.ts'

/** Room for a device of a height, on one face or, at full depth, on both. */
export interface Room {
  readonly height: number
  readonly face: Face | null
  /** Reserved units count as free. */
  readonly includeReserved: boolean
}

/** Whether a rack has a gap that is high enough. Half units are whole numbers here, so that PostgreSQL's ranges can count them. */
export function hasRoom(rack: Columns, { height, face, includeReserved }: Room): RawBuilder<boolean> {
  const facing = face ? sql` and (device.face = ${face} or type.is_full_depth)` : sql``
  const reserved = sql` - coalesce((
    select range_agg(int4range(unit * 2, unit * 2 + 2))
    from dcim_rackreservation as reservation, unnest(reservation.units) as unit
    where reservation.rack_id = ${rack['id']}), '{}')`
  return sql`exists (select from unnest(
    int4multirange(int4range(${rack['starting_unit']} * 2, (${rack['starting_unit']} + ${rack['u_height']}) * 2))
    - coalesce((
      select range_agg(int4range((device.position * 2)::int, ((device.position + type.u_height) * 2)::int))
      from dcim_device as device join dcim_devicetype as type on type.id = device.device_type_id
      where device.rack_id = ${rack['id']} and device.position >= 1${facing}), '{}')
    ${includeReserved ? sql`` : reserved}) as gap
    where upper(gap) - lower(gap) >= ${height * 2}::int)`
}
