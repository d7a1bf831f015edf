import { rules } from '@demarc/engine/model'
import { RackReservation } from './rackreservation.ts'

/** Units taken in each rack, by the reservation that takes them. */
type Taken = Map<number, Map<number, readonly number[]>>

export default rules(RackReservation, {
  refs: ['rack'],
  load: async ({ changes, tx }): Promise<Taken> => {
    const rows = await tx.query<{ id: number; rack_id: number; units: number[] }>(
      'select id, rack_id, units from dcim_rackreservation where rack_id = any($1::bigint[])',
      [changes.map(change => change.row['rack_id'])],
    )
    const taken: Taken = new Map()
    for (const { id, rack_id, units } of rows)
      taken.set(rack_id, (taken.get(rack_id) ?? new Map<number, readonly number[]>()).set(id, units))
    return taken
  },
  prepare: {
    'some unit is reserved': ({ row, fail }) => {
      if (row['units'].length === 0) fail('units', 'This list may not be empty.')
    },
  },
  check: {
    'units are those of the rack': ({ row, ref, fail }) => {
      const { u_height: height, starting_unit: start } = ref('rack')
      const wrong = (row['units'] as number[]).filter(unit => unit < start || unit >= start + height)
      if (wrong.length) fail('units', `Invalid unit(s) for ${height}U rack: ${wrong.join(', ')}`)
    },
    'units are reserved once': ({ id, row, fail }, taken: Taken) => {
      const rack = taken.get(row['rack_id']) ?? new Map<number, readonly number[]>()
      taken.set(row['rack_id'], rack)
      const others = new Set([...rack].flatMap(([other, units]) => (other === id ? [] : units)))
      const clash = (row['units'] as number[]).filter(unit => others.has(unit))
      if (clash.length) fail('units', `The following units have already been reserved: ${clash.join(', ')}`)
      else rack.set(id, row['units'])
    },
  },
})
