import { action, pathOf, uiPathOf, type Action, type Model, type ReadCall } from '@demarc/engine/model'
import { drawTrace } from './drawing.ts'
import { nodeText, type Node } from './node.ts'
import { routesOf } from './route.ts'
import { segmentsOf } from './segment.ts'
import { chainFrom } from './stored-path.ts'

/** `GET …/trace/` of a model at which paths begin. */
export const traceAction = (model: Model<string, any>): Action =>
  action(model, 'GET trace', {
    about: 'The path from here to the far end, segment by segment: what it leaves, the link, and what it comes to.',
    permission: 'view',
    async run(call) {
      const here: Node = [model.name, call.row['id']]
      if (call.params.get('render') === 'svg') return drawTrace(call, here, (await routesOf(call, here)).routes)
      const paths = await chainFrom(call, call.row['_path_id'])
      const segments = paths.flatMap(({ path }) => segmentsOf(path))
      const objects = await call.brief(segments.flatMap(({ near, far }) => [...near, ...far]))
      const links = new Map(paths.flatMap(({ links }) => Object.entries(links)))
      const next = objects.values()
      const take = (step: readonly Node[]) => step.map(() => next.next().value).filter(object => object !== null)
      return segments.map(({ near, links: [first], far }) => {
        const from = take(near)
        const link = first && links.get(nodeText(...first))
        return [from, link ? { ...addressesOf(call, first), ...link } : [], take(far)]
      })
    },
  })

function addressesOf({ registry, origin }: ReadCall, [name, id]: Node) {
  const model = registry.model(name)
  return {
    url: `${origin}/api/${model.app}/${pathOf(model)}/${id}/`,
    display_url: `${origin}/${model.app}/${uiPathOf(model)}/${id}/`,
  }
}
