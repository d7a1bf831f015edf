import { rules } from '@demarc/engine/model'
import { followRacks } from './places.ts'
import { bodyChecks, bodyStore, governed } from './rack-body.ts'
import { Rack } from './rack.ts'

/** From the lowest position of a mounted device of a rack to the upper edge of the highest. */
interface Span {
  readonly low: number
  readonly top: number
}

export default rules(Rack, {
  refs: ['location', 'rack_type'],
  load: async ({ changes, tx }): Promise<ReadonlyMap<number, Span>> => {
    const racks = changes.filter(change => change.kind === 'update').map(change => change.id)
    if (racks.length === 0) return new Map()
    const rows = await tx.query<Span & { id: number }>(
      `select distinct on (d.rack_id) d.rack_id as id, min(d.position) over (partition by d.rack_id) as low,
         d.position + t.u_height as top
       from dcim_device as d join dcim_devicetype as t on t.id = d.device_type_id
       where d.rack_id = any($1::bigint[]) and d.position is not null
       order by d.rack_id, d.position desc`,
      [racks],
    )
    return new Map(rows.map(row => [row.id, row]))
  },
  check: {
    'a rack stands at the site of its location': ({ row, ref, fail }) => {
      if (ref('location') && ref('location').site_id !== row['site_id'])
        fail(null, 'Assigned location must belong to parent site.')
    },
    ...bodyChecks,
    'what is mounted still fits': ({ id, row, ref, fail }, spans: ReadonlyMap<number, Span>) => {
      const span = spans.get(id)
      if (!span) return
      const type = ref('rack_type')
      const { u_height: height, starting_unit: start } = type ?? row
      if (span.top - start > height)
        fail(
          type ? 'rack_type' : 'u_height',
          `Rack must be at least ${span.top - start}U tall to house currently installed devices.`,
        )
      else if (start > span.low)
        fail(
          type ? 'rack_type' : 'starting_unit',
          `Rack unit numbering must begin at ${span.low} or less to house currently installed devices.`,
        )
    },
  },
  store: {
    'a rack of a type takes after it': ({ row, ref }) => {
      const type = ref('rack_type')
      if (type) for (const key of governed) row[key] = type[key]
    },
    ...bodyStore,
  },
  after: {
    'devices move with their rack': async ({ changes, tx }) => {
      const moved = changes.filter(change => change.kind === 'update' && change.changed('site_id', 'location_id'))
      await followRacks(
        tx,
        moved.map(change => change.id),
      )
    },
  },
})
