import type { Database } from '@demarc/engine/database'
import { listAction, type Columns } from '@demarc/engine/model'
import { sql, type RawBuilder } from 'kysely'
import type { Face } from './elevation/mounted.ts'
import { mountingOf } from './mounting.ts'
import { parameterReader } from './parameter-reader.ts'
import { Rack } from './rack.ts'
import { hasRoom, type Room } from './room.ts'

/** What is looked for: room, for what weighs something. */
interface Wanted extends Room {
  /** What the rack must still be able to carry, in kilograms. */
  readonly load: number | null
}

/** Parameters that say what is looked for. Of the filters of racks, one has the name of one of these. */
const own = ['u_height', 'face', 'include_reserved', 'load']

/** `GET /api/dcim/racks/free-slots/?u_height=2`: racks that have room, and where. Statements do not grow with the racks. */
export const freeSlots = listAction(Rack, 'GET free-slots', {
  about:
    'Racks with room for a device `u_height` units high (1 unless given, in steps of 0.5), each with every position where it fits, the lowest number first. Without `face` the device needs both faces. Reserved units count as taken unless `include_reserved=true`. With `load`, only racks that say what they may carry, and may carry so many kilograms more. All filters of racks narrow the search, but for `u_height`.',
  permission: 'view',
  async run(call) {
    const { height, oneOf, truth, whole, checked } = parameterReader(call.params)
    const wanted: Wanted = checked({
      height: height('u_height', 1),
      face: oneOf<Face | null>('face', ['front', 'rear'], null),
      includeReserved: truth('include_reserved', false),
      load: whole('load', null),
    })
    const { rows, list } = await call.find(['id', 'site_id', 'location_id'], {
      own,
      where: {
        and: [
          ...(wanted.load === null ? [] : [{ sql: (rack: Columns) => carries(rack, wanted.load!) }]),
          { sql: rack => hasRoom(rack, wanted) },
        ],
      },
    })
    const free = await freePositions(
      call.db,
      rows.map(rack => rack.id),
      wanted,
    )
    const places = rows.flatMap(rack => [
      ['dcim.rack', rack.id] as const,
      ['dcim.site', rack['site_id'] as number] as const,
      ...(rack['location_id'] ? [['dcim.location', rack['location_id'] as number] as const] : []),
    ])
    const briefs = await call.brief(places)
    const shown = new Map(places.map(([model, id], at) => [`${model} ${id}`, briefs[at]]))
    return list(
      rows.map(({ id, site_id: site, location_id: location }) => ({
        rack: shown.get(`dcim.rack ${id}`),
        site: shown.get(`dcim.site ${site}`),
        location: shown.get(`dcim.location ${location}`) ?? null,
        positions: free.get(id) ?? [],
      })),
    )
  },
})

/** Whether a rack may carry so many kilograms more than its devices and their modules weigh. */
const carries = (rack: Columns, kilograms: number): RawBuilder<boolean> => sql`${rack['_abs_max_weight']} >= ${
  kilograms * 1000
}::bigint
  + coalesce((
    select sum(type._abs_weight) from dcim_device as device
    join dcim_devicetype as type on type.id = device.device_type_id where device.rack_id = ${rack['id']}), 0)
  + coalesce((
    select sum(type._abs_weight) from dcim_device as device
    join dcim_module as module on module.device_id = device.id
    join dcim_moduletype as type on type.id = module.module_type_id where device.rack_id = ${rack['id']}), 0)`

/** Where something fits in racks. Two statements. */
async function freePositions(
  db: Database,
  racks: readonly number[],
  { height, face, includeReserved }: Wanted,
): Promise<Map<number, number[]>> {
  const mounting = await mountingOf(db, racks)
  const reservations = includeReserved
    ? []
    : await db.query<{ rack: number; unit: number }>(
        'select rack_id as rack, unnest(units) as unit from dcim_rackreservation where rack_id = any($1::bigint[])',
        [racks],
      )
  for (const [at, { rack, unit }] of reservations.entries())
    mounting.place(rack, { id: -1 - at, position: unit, height: 1, face: null, full: true })
  return new Map(racks.map(rack => [rack, mounting.freePositions(rack, { height, face, full: face === null })]))
}
