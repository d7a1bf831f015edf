import { action, type Action, type Model, type ReadCall } from '@demarc/engine/model'
import { LinkStatus } from '../cable.ts'
import { lengthOf } from './length.ts'
import { readLooks, type Look } from './look.ts'
import { nodeText, type Node } from './node.ts'
import { onwardOf } from './onward.ts'
import { chainFrom, pathsOfChannels, pathsThrough, type StoredPath } from './stored-path.ts'
import { segmentsOf, type Segment } from './segment.ts'

/** Paths told of in one answer; a trunk may have hundreds. */
const most = 24

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
      const all = await pathsOf(call, here)
      const paths = all.slice(0, most)
      const onward = await onwardOf(call, paths)
      const routes = paths.map(path => ({
        ...path,
        segments: segmentsOf(path.path),
        onward: onward.get(path.id) ?? [],
      }))
      const looks = await readLooks(
        call,
        routes.flatMap(({ segments }) => segments),
        [here, ...routes.flatMap(route => route.onward)],
      )
      return {
        count: all.length,
        routes: routes.map(({ id, is_active, is_complete, is_split, segments, onward }) => ({
          id,
          is_active,
          is_complete,
          is_split,
          ...lengthOf(segments, looks),
          segments: segments.map(namedSegment),
          onward: onward.map(name),
        })),
        objects: Object.fromEntries([...looks].map(([text, look]) => [text, shown(look)])),
      }
    },
  })

/** An endpoint has its own path, a channelized interface those of its channels, and anything else all through it. */
async function pathsOf(call: ReadCall, here: Node): Promise<readonly StoredPath[]> {
  const { _path_id: own, channels } = call.row
  if (own === undefined) return oneWay(await pathsThrough(call, here))
  return own === null && channels ? pathsOfChannels(call, here) : chainFrom(call, own)
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
