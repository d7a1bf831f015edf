import type { ReadCall } from '@demarc/engine/model'
import { sql } from 'kysely'

export type Face = 'front' | 'rear'

/** A device in a rack, as it is seen from one face. */
export interface Mounted {
  readonly id: number
  readonly name: string | null
  readonly position: number
  readonly face: Face | ''
  readonly height: number
  readonly fullDepth: boolean
}

/** The devices that take up units of a rack on one face, from the bottom up. */
export const mountedDevices = ({ db, row }: ReadCall, face: Face): Promise<Mounted[]> =>
  db.rows<Mounted>(sql`
    select device.id, device.name, device.position, device.face, type.u_height as height,
      type.is_full_depth as "fullDepth"
    from dcim_device as device
    join dcim_devicetype as type on type.id = device.device_type_id
    where device.rack_id = ${row['id']} and device.position > 0 and type.u_height > 0
      and (device.face = ${face} or type.is_full_depth)
    order by device.position, device.id`)
