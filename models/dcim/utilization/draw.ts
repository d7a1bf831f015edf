import type { Database } from '@demarc/engine/database'

/** What goes through one leg of a three-phase feed, in volt-amperes. */
export interface LegDraw {
  readonly leg: Leg
  readonly outlets: number
  readonly allocated: number
  readonly maximum: number
}

/** What a power port draws, in volt-amperes: its own figures or, where it has none, those of all that its outlets feed. */
export interface Draw {
  readonly allocated: number
  readonly maximum: number
  /** How many outlets it feeds, whether something is plugged in or not. */
  readonly outlets: number
  /** Leg by leg, on a port at a three-phase feed. */
  readonly legs: readonly LegDraw[]
}

type Leg = 'A' | 'B' | 'C'
const legs = ['A', 'B', 'C'] as const

/** A power port among those reached, with the figures of its own. */
interface Port {
  readonly id: number
  readonly allocated: number | null
  readonly maximum: number | null
}

interface Outlet {
  readonly port: number
  readonly leg: Leg | null
  /** Power ports at the other end of its cable. */
  readonly feeds: readonly number[]
}

/**
 * What power ports draw, by port, however many levels of distribution lie below; leg by leg those of them at a three-phase
 * feed. Two statements.
 */
export async function drawsOf(
  db: Database,
  ports: readonly number[],
  threePhase: ReadonlySet<number>,
): Promise<Map<number, Draw>> {
  const reached = await portsBelow(db, ports)
  const outlets = await outletsOf(
    db,
    reached.map(({ id }) => id),
  )
  const byId = new Map(reached.map(port => [port.id, port]))
  const byPort = Map.groupBy(outlets, outlet => outlet.port)

  const below = (port: number, seen: ReadonlySet<number>, leg?: Leg): Omit<LegDraw, 'leg'> => {
    const own = (byPort.get(port) ?? []).filter(outlet => !leg || outlet.leg === leg)
    const counted = new Set(seen)
    let [allocated, maximum] = [0, 0]
    for (const next of own.flatMap(outlet => outlet.feeds)) {
      if (counted.has(next)) continue
      counted.add(next)
      const draw = drawOf(next, counted)
      allocated += draw.allocated
      maximum += draw.maximum
    }
    return { outlets: own.length, allocated, maximum }
  }
  const drawOf = (id: number, seen: ReadonlySet<number>): Omit<LegDraw, 'leg'> => {
    const port = byId.get(id)
    if (!port || isAutomatic(port)) return below(id, new Set([...seen, id]))
    const outlets = byPort.get(id)?.length ?? 0
    return { outlets, allocated: port.allocated ?? 0, maximum: port.maximum ?? 0 }
  }
  return new Map(
    ports.map(id => {
      const ofLegs = threePhase.has(id) && isAutomatic(byId.get(id))
      return [
        id,
        {
          ...drawOf(id, new Set()),
          legs: ofLegs ? legs.map(leg => ({ leg, ...below(id, new Set([id]), leg) })) : [],
        },
      ]
    }),
  )
}

/** Whether a port's draw is that of what it feeds. */
const isAutomatic = (port: Port | undefined) => port?.allocated === null && port.maximum === null

/** Power ports, and all below them that their draw comes from. */
const portsBelow = (db: Database, ports: readonly number[]) =>
  db.query<Port>(
    `with recursive reached(id) as (
       select unnest($1::bigint[])
       union
       select far.termination_id
       from reached
       join dcim_powerport as port on port.id = reached.id and port.allocated_draw is null and port.maximum_draw is null
       join dcim_poweroutlet as outlet on outlet.power_port_id = port.id
       join dcim_cabletermination as far on far.cable_id = outlet.cable_id and far.cable_end <> outlet.cable_end
         and far.termination_type = 'dcim.powerport'
     )
     select port.id, port.allocated_draw as allocated, port.maximum_draw as maximum
     from dcim_powerport as port join reached using (id)`,
    [ports],
  )

const outletsOf = (db: Database, ports: readonly number[]) =>
  db.query<Outlet>(
    `select outlet.power_port_id as port, nullif(outlet.feed_leg, '') as leg,
       array(
         select far.termination_id from dcim_cabletermination as far
         where far.cable_id = outlet.cable_id and far.cable_end <> outlet.cable_end
           and far.termination_type = 'dcim.powerport' order by far.connector, far.id
       ) as feeds
     from dcim_poweroutlet as outlet where outlet.power_port_id = any($1::bigint[]) order by outlet.id`,
    [ports],
  )
