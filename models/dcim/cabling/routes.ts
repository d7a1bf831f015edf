import { action, type Action, type Model } from '@demarc/engine/model'
import { LinkStatus } from '../cable.ts'
import { partnersOf } from './compatible.ts'
import { drawTrace } from './drawing.ts'
import { lengthOf } from './length.ts'
import { readLooks, type Look } from './look.ts'
import { nodeText, type Node } from './node.ts'
import { routesOf } from './route.ts'
import type { Segment } from './segment.ts'

/**
 * `GET …/routes/`: the paths that begin at an endpoint, or lead through anything else that has to do with cables, with
 * all that a drawing of them shows; `?render=svg` draws them.
 */
export const routesAction = (model: Model<string, any>): Action =>
  action(model, 'GET routes', {
    about: 'The paths that begin here or lead through here, with all that a drawing of them shows.',
    permission: 'view',
    async run(call) {
      const here: Node = [model.name, call.row['id']]
      const { count, routes } = await routesOf(call, here)
      if (call.params.get('render') === 'svg') return drawTrace(call, here, routes)
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
