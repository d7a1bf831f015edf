import type { ReadCall } from '@demarc/engine/model'
import { sql } from 'kysely'
import { parseNode, type Node } from './node.ts'
import type { StoredPath } from './stored-path.ts'

/**
 * Where paths that are split could have gone on, by their ids: the ports behind the port at which one stopped, the other
 * end of a circuit, or all that a cable leads to. One statement, and none where no path is split.
 */
export async function onwardOf(
  { db }: Pick<ReadCall, 'db'>,
  paths: readonly StoredPath[],
): Promise<ReadonlyMap<number, readonly Node[]>> {
  const stops = paths
    .filter(path => path.is_split && !path.is_complete)
    .map(({ id, path }) => [id, path.at(-1)!] as const)
  const asked = [...new Set(stops.flatMap(([, nodes]) => nodes))]
  if (asked.length === 0) return new Map()
  const rows = await db.rows<{ at: string; next: string }>(sql`
    select at, next from (
      select 'dcim.frontport:' || front_port_id as at, 'dcim.rearport:' || rear_port_id as next, id from dcim_portmapping
      where front_port_id = any(${idsOf(asked, 'dcim.frontport')}::bigint[])
      union all
      select 'dcim.rearport:' || rear_port_id, 'dcim.frontport:' || front_port_id, id from dcim_portmapping
      where rear_port_id = any(${idsOf(asked, 'dcim.rearport')}::bigint[])
      union all
      select 'circuits.circuittermination:' || own.id, 'circuits.circuittermination:' || peer.id, peer.id
      from circuits_circuittermination as own
      join circuits_circuittermination as peer on peer.circuit_id = own.circuit_id and peer.id <> own.id
      where own.id = any(${idsOf(asked, 'circuits.circuittermination')}::bigint[])
      union all
      select 'dcim.cable:' || cable_id, termination_type || ':' || termination_id, id from dcim_cabletermination
      where cable_id = any(${idsOf(asked, 'dcim.cable')}::bigint[])
    ) as ways
    order by id`)
  const ways = Map.groupBy(rows, row => row.at)
  return new Map(
    stops.map(([id, nodes]) => {
      const been = new Set(paths.find(path => path.id === id)!.path.flat())
      const next = nodes.flatMap(node => ways.get(node) ?? []).map(row => row.next)
      return [id, [...new Set(next)].filter(node => !been.has(node)).map(parseNode)]
    }),
  )
}

const idsOf = (nodes: readonly string[], model: string) =>
  nodes.map(parseNode).flatMap(([name, id]) => (name === model ? [id] : []))
