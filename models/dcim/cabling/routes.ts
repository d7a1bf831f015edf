import { action, type Action, type Model, type ReadCall } from '@demarc/engine/model'
import { sql } from 'kysely'
import { LinkStatus } from '../cable.ts'
import { partnersOf } from './compatible.ts'
import { lengthOf } from './length.ts'
import { readLooks, type Look } from './look.ts'
import { nodeText, type Node } from './node.ts'
import { onwardOf } from './onward.ts'
import { chainFrom, pathsOfChannels, pathsThrough, type StoredPath } from './stored-path.ts'
import { segmentsOf, type Segment } from './segment.ts'

/** Paths told of in one answer; a trunk may have hundreds. */
const most = 24

/** A path as it is drawn: one that is stored, several that bridges join, or just a cable through which none leads. */
interface Route {
  /** Null where no path is stored. */
  readonly id: number | null
  readonly is_active: boolean
  readonly is_complete: boolean
  readonly is_split: boolean
  readonly segments: readonly Segment[]
  readonly onward: readonly Node[]
}

/**
 * `GET …/routes/`: the paths that begin at an endpoint, or lead through anything else that has to do with cables, with
 * all that a drawing of them shows. Of two that lead the same way back and forth the first is told.
 */
export const routesAction = (model: Model<string, any>): Action =>
  action(model, 'GET routes', {
    about: 'The paths that begin here or lead through here, with all that a drawing of them shows.',
    permission: 'view',
    async run(call) {
      const here: Node = [model.name, call.row['id']]
      const { count, routes } = await routesOf(call, here)
      const looks = await readLooks(
        call,
        routes.flatMap(({ segments }) => segments),
        [here, ...routes.flatMap(({ onward }) => onward)],
      )
      return {
        count,
        partners: partnersOf(model.name),
        routes: routes.map(({ segments, onward, ...route }) => ({
          ...route,
          ...lengthOf(segments, looks),
          segments: segments.map(namedSegment),
          onward: onward.map(name),
        })),
        objects: Object.fromEntries([...looks].map(([text, look]) => [text, shown(look)])),
      }
    },
  })

/** An endpoint has its own path, a channelized interface those of its channels, and anything else all through it. */
async function routesOf(call: ReadCall, here: Node): Promise<{ count: number; routes: readonly Route[] }> {
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
  return routes.length ? { count: all.length, routes } : { count: 0, routes: await alongCable(call, here) }
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

const name = (node: Node) => nodeText(...node)

const namedSegment = ({ near, links, far }: Segment) => ({
  near: near.map(name),
  links: links.map(name),
  far: far.map(name),
})

const shown = ({ node: [model, id], parent, link, status, ...rest }: Look) => ({
  model,
  id,
  parent: name(parent),
  link: link && name(link),
  status: status && { value: status, ...LinkStatus.values.get(status as never) },
  ...rest,
})

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
