import type { Database } from '@demarc/engine/database'
import { sql } from 'kysely'
import { cableOf, peersOn, type Cabling } from '../cabling/cabled.ts'
import { drawsOf, type Draw, type LegDraw } from './draw.ts'
import { shareOf } from './share.ts'

/** A draw beside what there is, in volt-amperes. */
interface Load extends Omit<Draw, 'legs'> {
  /** What the feed gives; null without a feed. */
  readonly available: number | null
  /** Percent of what is available that is allocated. */
  readonly percent: number | null
  readonly legs: readonly (LegDraw & { readonly available: number; readonly percent: number })[]
}

/** What a power port draws, and the feed that it is plugged into. */
export interface PortLoad extends Load {
  readonly feed: number | null
}

/** What a power feed gives, and the power ports that are plugged into it. */
export interface FeedLoad extends Load {
  readonly available: number
  readonly percent: number
  readonly ports: readonly number[]
}

interface Feed {
  readonly id: number
  readonly available: number
  readonly three: boolean
  /** Power ports at the other end of its cable. */
  readonly ports: readonly number[]
}

/** The load of power ports, by port. Five statements. */
export async function loadsOfPorts(db: Database, ports: readonly number[]): Promise<Map<number, PortLoad>> {
  const plugged = await feedsOf(db, ports)
  const feeds = new Map((await readFeeds(db, [...plugged.values()])).map(feed => [feed.id, feed]))
  const threePhase = new Set(ports.filter(port => feeds.get(plugged.get(port) ?? 0)?.three))
  const draws = await drawsOf(db, ports, threePhase)
  return new Map(
    ports.map(port => {
      const feed = plugged.get(port) ?? null
      const available = feeds.get(feed ?? 0)?.available ?? null
      return [port, { feed, ...loadOf(draws.get(port)!, available) }]
    }),
  )
}

/** The load of power feeds, by feed, in the order given. Three statements. */
export async function loadsOfFeeds(db: Database, feeds: readonly number[]): Promise<Map<number, FeedLoad>> {
  const read = await readFeeds(db, feeds)
  const threePhase = new Set(read.flatMap(({ three, ports }) => (three && ports.length === 1 ? ports : [])))
  const draws = await drawsOf(db, [...new Set(read.flatMap(({ ports }) => ports))], threePhase)
  return new Map(
    read.map(({ id, available, ports }) => {
      const own = ports.map(port => draws.get(port)!)
      const total: Draw = {
        allocated: sum(own.map(({ allocated }) => allocated)),
        maximum: sum(own.map(({ maximum }) => maximum)),
        outlets: sum(own.map(({ outlets }) => outlets)),
        legs: own.flatMap(({ legs }) => legs),
      }
      const load = loadOf(total, available)
      return [id, { ...load, available, percent: load.percent ?? 0, ports }]
    }),
  )
}

/** The load of racks: of all feeds of each, by rack. Four statements. */
export async function loadsOfRacks(db: Database, racks: readonly number[]): Promise<Map<number, TotalLoad>> {
  const feeds = await db.query<{ id: number; rack: number }>(
    'select id, rack_id as rack from dcim_powerfeed where rack_id = any($1::bigint[])',
    [racks],
  )
  const loads = await loadsOfFeeds(
    db,
    feeds.map(({ id }) => id),
  )
  const ofRack = Map.groupBy(feeds, feed => feed.rack)
  return new Map(racks.map(rack => [rack, totalOf((ofRack.get(rack) ?? []).map(({ id }) => loads.get(id)!))]))
}

/** Several loads as one, without legs. */
type TotalLoad = Omit<FeedLoad, 'ports' | 'legs'>

/** The load of several feeds together: those of a rack, or of a panel. */
export function totalOf(loads: readonly FeedLoad[]): TotalLoad {
  const [available, allocated] = [sum(loads.map(load => load.available)), sum(loads.map(load => load.allocated))]
  return {
    available,
    allocated,
    maximum: sum(loads.map(({ maximum }) => maximum)),
    outlets: sum(loads.map(({ outlets }) => outlets)),
    percent: shareOf(allocated, available),
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)

const loadOf = ({ legs, ...draw }: Draw, available: number | null): Load => ({
  ...draw,
  available,
  percent: available === null ? null : shareOf(draw.allocated, available),
  legs: legs.map(leg => {
    const third = (available ?? 0) / legs.length
    return { ...leg, available: Math.round(third), percent: shareOf(leg.allocated, third) }
  }),
})

const readFeeds = (db: Database, ids: readonly number[]) =>
  db.query<Feed>(
    `select feed.id, feed.available_power as available, feed.phase = 'three-phase' as three,
       array(
         select far.termination_id from dcim_cabletermination as far
         where far.cable_id = feed.cable_id and far.cable_end <> feed.cable_end
           and far.termination_type = 'dcim.powerport' order by far.connector, far.id
       ) as ports
     from dcim_powerfeed as feed where feed.id = any($1::bigint[]) order by array_position($1::bigint[], feed.id)`,
    [ids],
  )

/** The feed that each of some power ports is plugged into, if it is one alone; by port. Two statements. */
async function feedsOf(db: Database, ports: readonly number[]): Promise<Map<number, number>> {
  const [seats, cables] = await Promise.all([
    db.query<{ id: number } & Parameters<typeof peersOn>[0]>(
      'select id, cable_id, cable_end, cable_connector, cable_positions from dcim_powerport where id = any($1::bigint[])',
      [ports],
    ),
    db.rows<{ id: number; value: Cabling }>(cableOf('dcim_powerport')(sql`${ports}::bigint[]`)),
  ])
  const cabling = new Map(cables.map(({ id, value }) => [id, value]))
  return new Map(
    seats.flatMap(seat => {
      const [first, ...others] = peersOn(seat, cabling.get(seat.id))
      return first?.[0] === 'dcim.powerfeed' && others.length === 0 ? [[seat.id, first[1]] as const] : []
    }),
  )
}
