import { boolean, choice, list, ref, smallint } from '@demarc/engine/field'
import { compare, flag, type Derived, type FilterSpec, type Load } from '@demarc/engine/model'
import { sql } from 'kysely'
import { CableEnd } from '../cabletermination.ts'
import type { Node } from './node.ts'
import { wiringOf } from './profile.ts'

/** What everything that takes a cable holds of it. Connector and positions are set where the cable has a profile. */
export const cabled = {
  mark_connected: boolean({ default: false, help: 'Treat as if a cable is connected' }),
  cable: ref('dcim.cable', {
    nullable: true,
    readonly: true,
    onDelete: 'set null',
    inverse: '+',
    filter: { only: 'id' },
  }),
  cable_end: choice(CableEnd, { nullable: true, readonly: true, bare: true, filter: { single: true }, max: 1 }),
  cable_connector: smallint({ nullable: true, hidden: true }),
  cable_positions: list({ nullable: true, hidden: true, of: 'smallint' }),
} as const

/** Columns that tell where on its cable an object sits. */
interface Seat {
  readonly cable_id: number | null
  readonly cable_end: 'A' | 'B' | null
  readonly cable_connector: number | null
  readonly cable_positions: readonly number[] | null
}

/** The cable of an object: its profile, and what terminates its other end. */
export interface Cabling {
  readonly profile: string | null
  readonly far: readonly (readonly [
    model: string,
    id: number,
    connector: number | null,
    positions: readonly number[] | null,
  ])[]
}

/** The read behind the peers of the rows of a table. */
export const cableOf =
  (table: string): Load =>
  ids =>
    sql`
      select near.id, json_build_object(
        'profile', cable.profile,
        'far', json_agg(
          json_build_array(far.termination_type, far.termination_id, far.connector, far.positions)
          order by far.connector, far.id
        )
      ) as value
      from ${sql.table(table)} as near
      join dcim_cable as cable on cable.id = near.cable_id
      join dcim_cabletermination as far on far.cable_id = cable.id and far.cable_end <> near.cable_end
      where near.id = any(${ids})
      group by near.id, cable.id`

/** What is directly at the other end of the cable: all of it, or with a profile what the object's own positions meet. */
export function peersOn(seat: Seat, cable: Cabling | undefined): Node[] {
  if (!cable) return []
  const wiring = wiringOf(cable.profile)
  if (!wiring) return cable.far.map(([model, id]) => [model, id])
  const met = (seat.cable_positions ?? []).flatMap(position => {
    const place = wiring.across(seat.cable_end!, [seat.cable_connector!, position])
    return cable.far.filter(([, , connector, positions]) => connector === place?.[0] && positions?.includes(place[1]))
  })
  return [...new Set(met)].map(([model, id]) => [model, id])
}

const seat = ['cable', 'cable_end', 'cable_connector', 'cable_positions']

/** Keys of everything that takes a cable; they use the load `cable`. */
export const cabledKeys: Readonly<Record<string, Derived<any>>> = {
  link_peers: {
    from: seat,
    loads: ['cable'],
    to: 'any',
    many: true,
    as: (row: Seat, { cable }: { cable?: Cabling }) => peersOn(row, cable),
  },
  link_peers_type: {
    from: seat,
    loads: ['cable'],
    as: (row: Seat, { cable }: { cable?: Cabling }) => peersOn(row, cable)[0]?.[0] ?? null,
  },
  _occupied: {
    from: ['mark_connected', 'cable'],
    label: 'Occupied',
    as: (row: { mark_connected: boolean; cable_id: number | null }) => row.mark_connected || row.cable_id !== null,
  },
}

/** Things that take a cable are found by whether they have one. */
export const cabledFilters: Readonly<Record<string, FilterSpec>> = {
  cabled: compare('cable', { match: 'boolean', lookup: 'isset' }),
  occupied: flag(row => sql`${row['cable_id']} is not null or ${row['mark_connected']}`),
}
