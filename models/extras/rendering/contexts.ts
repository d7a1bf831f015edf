import { action, type Action, type Model } from '@demarc/engine/model'
import { sql } from 'kysely'
import { ConfigContext } from '../configcontext.ts'
import { contextIdsOf, mergeAll } from './configcontext.ts'

type Data = Readonly<Record<string, unknown>>

/**
 * `GET …/config-contexts/`: the merged config context of a device or virtual machine, the contexts that it consists of in the
 * order in which they are laid over each other, and its own data, which comes last. Of a context that the caller may not view,
 * only the weight is told.
 */
export const configContextsAction = (model: Model<string, any>): Action =>
  action(model, 'GET config-contexts', {
    about: 'The merged config context, and the contexts that it consists of, the least important first.',
    permission: 'view',
    run: async call => {
      const [found] = await call.db.rows(contextIdsOf(model.name, call.row['id'] as number))
      const ids = found?.value ?? []
      const rows = await call.db.rows<{ id: number; weight: number; data: Data }>(
        sql`select id, weight, data from extras_configcontext where id = any(${ids}) order by array_position(${ids}, id)`,
      )
      const visible = await call.visible(ConfigContext.name, ids)
      const briefs = await call.brief(rows.map(({ id }) => [ConfigContext.name, id] as const))
      const local = (call.row['local_context_data'] as Data | null) ?? null
      return {
        data: mergeAll([...rows.map(({ data }) => data), local ?? {}]),
        local,
        contexts: rows.map(({ id, weight, data }, at) =>
          visible.has(id) ? { context: briefs[at], weight, data } : { context: null, weight, data: null },
        ),
      }
    },
  })
