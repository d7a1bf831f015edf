import type { Database } from '@demarc/engine/database'
import { listAction, type ListCall } from '@demarc/engine/model'
import { DeviceStatus } from '../device.ts'
import { parameterReader } from '../parameter-reader.ts'
import { Rack } from '../rack.ts'
import { hasRoom } from '../room.ts'
import { spaceOf } from '../utilization/space.ts'
import { readDetails, type Details } from './details.ts'
import type { Face } from './mounted.ts'

/** A device that is assigned to a rack, mounted or not. */
interface Assigned {
  readonly id: number
  readonly rack: number
  readonly position: number | null
  readonly face: Face | null
  readonly height: number
  readonly full_depth: boolean
}

interface Reserved {
  readonly id: number
  readonly rack: number
  readonly units: readonly number[]
  readonly description: string
  readonly status: string
  readonly user: string
  readonly tenant: string | null
}

const columns = ['id', 'name', 'facility_id', 'site_id', 'location_id', 'u_height', 'starting_unit', 'desc_units']

/**
 * `GET /api/dcim/racks/elevations/`: all that is drawn of racks, both faces, in as many statements for a hundred racks as
 * for one.
 */
export const elevations = listAction(Rack, 'GET elevations', {
  about:
    'All that is drawn of racks: how they are numbered, the devices assigned to them (without `position` where not mounted), what reserves units, and how much of their space is taken. Of devices that the caller may not view only the units that they take are told. Filters, order and pages are those of racks; with `room`, only racks with a gap of so many units on both faces are told.',
  permission: 'view',
  async run(call) {
    const { height, checked } = parameterReader(call.params)
    const room = call.params.get('room') ? checked(height('room', 1)) : null
    const { rows, list } = await call.find(columns, {
      own: ['room'],
      ...(room !== null && {
        where: { sql: rack => hasRoom(rack, { height: room, face: null, includeReserved: false }) },
      }),
    })
    const ids = rows.map(({ id }) => id)
    const [assigned, reserved, space, briefs] = await Promise.all([
      readAssigned(call.db, ids),
      readReserved(call.db, ids),
      spaceOf(call.db, ids),
      call.brief(
        rows.flatMap(row => [
          ['dcim.rack', row.id],
          ['dcim.site', row['site_id'] as number],
        ]),
      ),
    ])
    const [details, visible] = await Promise.all([detailsOf(call, assigned), visibleOf(call, reserved)])
    const ofRack = Map.groupBy(assigned, device => device.rack)
    const reservations = Map.groupBy(reserved, reservation => reservation.rack)
    return list(
      rows.map(({ id, name, facility_id, location_id, u_height, starting_unit, desc_units }, at) => {
        const devices = ofRack.get(id) ?? []
        const hidden = devices.filter(device => device.position !== null && !details.has(device.id))
        return {
          rack: briefs[at * 2],
          site: briefs[at * 2 + 1],
          location: location_id,
          name,
          facility_id,
          u_height,
          starting_unit,
          desc_units,
          space: space.get(id),
          devices: devices
            .filter(device => details.has(device.id))
            .map(device => ({ ...device, ...shown(call, details.get(device.id)!) })),
          hidden: hidden.map(({ position, face, height, full_depth }) => ({ position, face, height, full_depth })),
          reservations: (reservations.get(id) ?? []).map(({ rack: _rack, ...told }) =>
            visible.has(told.id) ? told : { units: told.units },
          ),
        }
      }),
    )
  },
})

const detailsOf = async (call: ListCall, assigned: readonly Assigned[]): Promise<Map<number, Details>> => {
  const ids = assigned.map(({ id }) => id)
  return readDetails(call.db, [...(await call.visible('dcim.device', ids))])
}

const visibleOf = (call: ListCall, reserved: readonly Reserved[]) =>
  call.visible(
    'dcim.rackreservation',
    reserved.map(({ id }) => id),
  )

const shown = ({ origin }: ListCall, { front_image, rear_image, status, ...details }: Details) => ({
  ...details,
  status: { value: status, label: DeviceStatus.values.get(status as never)?.label ?? status },
  front_image: front_image && `${origin}/media/${front_image}`,
  rear_image: rear_image && `${origin}/media/${rear_image}`,
})

const readAssigned = (db: Database, racks: readonly number[]) =>
  db.query<Assigned>(
    `select device.id, device.rack_id as rack, device.position, nullif(device.face, '') as face, type.u_height as height,
       type.is_full_depth as full_depth
     from dcim_device as device join dcim_devicetype as type on type.id = device.device_type_id
     where device.rack_id = any($1::bigint[])
     order by device.rack_id, device.position, device.name, device.id`,
    [racks],
  )

const readReserved = (db: Database, racks: readonly number[]) =>
  db.query<Reserved>(
    `select reservation.id, reservation.rack_id as rack, reservation.units, reservation.description,
       reservation.status, "user".username as user, tenant.name as tenant
     from dcim_rackreservation as reservation
     join users_user as "user" on "user".id = reservation.user_id
     left join tenancy_tenant as tenant on tenant.id = reservation.tenant_id
     where reservation.rack_id = any($1::bigint[]) order by reservation.id`,
    [racks],
  )
