import type { ReadCall } from '@demarc/engine/model'
import { sql } from 'kysely'
import { reaches } from '../interface-links.ts'
import type { Node } from './node.ts'
import { onwardOf } from './onward.ts'
import { segmentsOf, type Segment } from './segment.ts'
import { chainFrom, pathsOfChannels, pathsThrough, type StoredPath } from './stored-path.ts'

/** Paths told of in one answer; a trunk may have hundreds. */
const most = 24

/** A path as it is drawn: one that is stored, several that bridges join, or just a link through which none leads. */
export interface Route {
  /** Null where no path is stored. */
  readonly id: number | null
  readonly is_active: boolean
  readonly is_complete: boolean
  readonly is_split: boolean
  readonly segments: readonly Segment[]
  readonly onward: readonly Node[]
}

/**
 * The paths of an object, the first of them, and how many there are. An endpoint has its own, a channelized interface
 * those of its channels, and anything else all that lead through it, of two that lead back and forth the first.
 */
export async function routesOf(call: ReadCall, here: Node): Promise<{ count: number; routes: readonly Route[] }> {
  const { _path_id: own, channels } = call.row
  if (own) {
    const chain = await chainFrom(call, own)
    const onward = await onwardOf(call, chain)
    return { count: 1, routes: [joined(chain.map(path => asRoute(path, onward)))] }
  }
  const all =
    own === undefined ? oneWay(await pathsThrough(call, here)) : channels ? await pathsOfChannels(call, here) : []
  const onward = await onwardOf(call, all)
  const routes = all.slice(0, most).map(path => asRoute(path, onward))
  if (routes.length) return { count: all.length, routes }
  const cabled = await alongCable(call, here)
  return { count: 0, routes: cabled.length ? cabled : await alongVirtualCircuit(call, here) }
}

const asRoute = (
  { id, path, is_active, is_complete, is_split }: StoredPath,
  onward: ReadonlyMap<number, readonly Node[]>,
): Route => ({ id, is_active, is_complete, is_split, segments: segmentsOf(path), onward: onward.get(id) ?? [] })

/** Paths that continue each other over bridges. */
const joined = (chain: readonly Route[]): Route => ({
  ...chain.at(-1)!,
  id: chain[0]!.id,
  is_active: chain.every(route => route.is_active),
  segments: chain.flatMap(({ segments }) => segments),
})

/** From what shares the end of a cable to all that is at its other end; nothing without a cable. */
async function alongCable({ db, row }: ReadCall, [model, id]: Node): Promise<Route[]> {
  const cable: number | null = model === 'dcim.cable' ? id : row['cable_id']
  if (!cable) return []
  const ends = await db.rows<{ cable_end: string; termination_type: string; termination_id: number }>(sql`
    select cable_end, termination_type, termination_id from dcim_cabletermination
    where cable_id = ${cable} order by connector, id`)
  const nearEnd = row['cable_end'] ?? 'A'
  const at = (isNear: boolean) =>
    ends
      .filter(end => (end.cable_end === nearEnd) === isNear)
      .map(({ termination_type, termination_id }): Node => [termination_type, termination_id])
  const segment: Segment = { near: at(true), links: [['dcim.cable', cable]], far: at(false) }
  return [{ id: null, is_active: false, is_complete: false, is_split: false, segments: [segment], onward: [] }]
}

/** From a virtual interface over its virtual circuit to those that it can reach there. */
async function alongVirtualCircuit({ db, row }: ReadCall, [model, id]: Node): Promise<Route[]> {
  const own: number | undefined = model === 'dcim.interface' ? id : row['interface_id']
  if (own === undefined) return []
  const peers = await db.rows<{ circuit: number; interface: number | null }>(sql`
    select own.virtual_circuit_id as circuit, peer.interface_id as interface
    from circuits_virtualcircuittermination as own
    left join circuits_virtualcircuittermination as peer
      on peer.virtual_circuit_id = own.virtual_circuit_id and peer.id <> own.id and ${reaches}
    where own.interface_id = ${own}
    order by peer.role, peer.id`)
  if (!peers[0]) return []
  const far = peers.flatMap(({ interface: peer }): Node[] => (peer === null ? [] : [['dcim.interface', peer]]))
  const segment: Segment = {
    near: [['dcim.interface', own]],
    links: [['circuits.virtualcircuit', peers[0].circuit]],
    far,
  }
  const is_complete = far.length > 0
  return [{ id: null, is_active: true, is_complete, is_split: false, segments: [segment], onward: [] }]
}

/** Without those paths that lead back where another came from. */
function oneWay(paths: readonly StoredPath[]): StoredPath[] {
  const ways = new Map<string, StoredPath>()
  for (const path of paths) {
    const way = JSON.stringify(path.path.map(step => step.toSorted()))
    const back = JSON.stringify(path.path.toReversed().map(step => step.toSorted()))
    if (!ways.has(back)) ways.set(way, path)
  }
  return [...ways.values()]
}
