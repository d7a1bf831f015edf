import { action, type Action, type Model } from '@demarc/engine/model'
import { parseNode, type Node } from './node.ts'
import { pathsThrough } from './stored-path.ts'

/** `GET …/paths/` of a model through which paths lead. */
export const pathsAction = (model: Model<string, any>): Action =>
  action(model, 'GET paths', {
    about: 'Every cable path that leads through here, step by step.',
    permission: 'view',
    async run(call) {
      const paths = await pathsThrough(call, [model.name, call.row['id']])
      const steps = paths.map(({ path }) => (path.some(step => step.length === 0) ? [] : path))
      const objects = (await call.brief(steps.flat(2).map((node): Node => parseNode(node)))).values()
      return paths.map((path, at) => ({
        ...path,
        path: steps[at]!.map(step => step.map(() => objects.next().value).filter(object => object !== null)),
      }))
    },
  })
