import type { Database } from '@demarc/engine/database'
import { covered } from '../elevation/units.ts'
import { shareOf } from './share.ts'

/** How many units of a rack are taken by devices, on whichever face, or reserved. */
export interface Space {
  readonly units: number
  readonly taken: number
  /** Percent of all units that are taken. */
  readonly percent: number
}

interface Frame {
  readonly id: number
  readonly u_height: number
  readonly starting_unit: number
  /** Position and height of what is mounted, but for device types that do not count. */
  readonly mounted: readonly (readonly [position: number, height: number])[]
  readonly reserved: readonly number[]
}

/** The space of racks, by rack. One statement. */
export async function spaceOf(db: Pick<Database, 'query'>, racks: readonly number[]): Promise<Map<number, Space>> {
  const frames = await db.query<Frame>(
    `select rack.id, rack.u_height, rack.starting_unit,
       coalesce((
         select json_agg(json_build_array(device.position, type.u_height))
         from dcim_device as device join dcim_devicetype as type on type.id = device.device_type_id
         where device.rack_id = rack.id and device.position >= 1 and not type.exclude_from_utilization
       ), '[]') as mounted,
       array(
         select unnest(reservation.units) from dcim_rackreservation as reservation where reservation.rack_id = rack.id
       ) as reserved
     from dcim_rack as rack where rack.id = any($1::bigint[])`,
    [racks],
  )
  return new Map(frames.map(frame => [frame.id, spaceIn(frame)]))
}

function spaceIn({ u_height: units, starting_unit: start, mounted, reserved }: Frame): Space {
  const blocks = [...mounted, ...reserved.map(unit => [unit, 1] as const)]
  const halves = new Set(blocks.flatMap(([position, height]) => covered(position, height)))
  const taken = [...halves].filter(half => half >= start && half < start + units).length / 2
  return { units, taken, percent: shareOf(taken, units) }
}
