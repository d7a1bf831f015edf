import { bodyOf, HttpError } from '../http/index.ts'
import type { Action, EndpointCall, Model } from '../model/index.ts'
import { everything, readPage, readRow } from '../query/index.ts'
import { briefShape } from '../represent/index.ts'
import { allowed, representRefs, type Call } from './context.ts'
import { limitOf, pageOfItems } from './list.ts'
import { findRow, notFound, read } from './read.ts'
import { writeCall, written } from './write.ts'

/** What an action of a row answers; throws what stands in its way: 403 or 404. */
export async function runOnRow(
  call: Call,
  model: Model,
  id: string,
  action: Action,
  wantsText: boolean,
): Promise<unknown> {
  if (action.offers) {
    allowed(call, action.method === 'GET' ? 'view' : 'add', call.registry.model(action.offers))
    if (!call.permissions.constrain(action.permission, model)) throw notFound(model)
  } else if (action.byToken) {
    const acts = [action.permission, 'view']
    if (acts.some(act => !call.permissions.constrain(act, model))) throw notFound(model)
    await findRow(call, model, idOf(id, model), 'view', ['id'])
  } else allowed(call, action.permission, model)
  const row = await findRow(call, model, idOf(id, model), action.permission, ['*']).catch(error =>
    refuse(call, model, idOf(id, model), action, error),
  )
  return action.run({ ...endpointCall(call), model, row, wantsText })
}

/** Says of an action that a row is out of reach: as the action says it, of a row that exists. */
async function refuse(call: Call, model: Model, id: number, { refusal }: Action, error: unknown): Promise<never> {
  if (!refusal || !(error instanceof HttpError) || error.statusCode !== 404) throw error
  throw (await readRow(call.db, call.registry, model, id, everything, ['id']))
    ? new HttpError(403, { detail: refusal })
    : error
}

/** What every endpoint is given of a request. */
export const endpointCall = (call: Call): EndpointCall => ({
  db: call.db,
  registry: call.registry,
  settings: call.config as object as Record<string, unknown>,
  params: call.params,
  body: () => bodyOf(call.request),
  write: writeCall(call),
  written: async (name, ids) =>
    (await written(call, call.registry.model(name), ids)).texts.map(text => JSON.parse(text) as object),
  limit: limitOf(call),
  origin: call.origin,
  brief: refs => representRefs(call, refs, briefShape),
  full: async (name, id) => JSON.parse((await read(call, call.registry.model(name), id)).text),
  visible: async (name, ids) => {
    const where = call.permissions.constrain('view', call.registry.model(name))
    if (!where || ids.length === 0) return new Set()
    if (where === everything) return new Set(ids)
    const query = {
      model: name,
      where: { and: [{ path: 'id', lookup: 'in', value: [...ids] } as const, where] },
      order: [],
      page: { limit: ids.length, start: 0 },
    }
    return new Set((await readPage(call.db, call.registry, query, ['id'])).rows.map(row => row.id))
  },
  page: items => pageOfItems(call, items),
  may: async (act, name) => call.permissions.constrain(act, call.registry.model(name)) !== null,
})

/** The id that stands in an address; 404 for what is none. */
export function idOf(text: string, model: Model): number {
  if (!/^\d{1,18}$/.test(text)) throw new HttpError(404, { detail: 'Not found.' })
  const id = Number(text)
  if (!Number.isSafeInteger(id)) throw notFound(model)
  return id
}
