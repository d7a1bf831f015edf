import { action, type Action, type Model } from '@demarc/engine/model'
import { sql } from 'kysely'
import { nodeText, parseNode, type Node } from './node.ts'

interface StoredPath {
  readonly id: number
  readonly path: readonly (readonly string[])[]
  readonly is_active: boolean
  readonly is_complete: boolean
  readonly is_split: boolean
}

/** `GET …/paths/` of a model through which paths lead. */
export const pathsAction = (model: Model<string, any>): Action =>
  action(model, 'GET paths', {
    about: 'Every cable path that leads through here, step by step.',
    permission: 'view',
    async run({ db, brief, row }) {
      const paths = await db.rows<StoredPath>(sql`
        select id, path, is_active, is_complete, is_split from dcim_cablepath
        where _nodes @> array[${nodeText(model.name, row['id'])}]
        order by id`)
      const steps = paths.map(({ path }) => (path.some(step => step.length === 0) ? [] : path))
      const objects = (await brief(steps.flat(2).map((node): Node => parseNode(node)))).values()
      return paths.map((path, at) => ({
        ...path,
        path: steps[at]!.map(step => step.map(() => objects.next().value).filter(object => object !== null)),
      }))
    },
  })
