import type { FastifyInstance, FastifyRequest } from 'fastify'
import { shownOf } from '../changelog/snapshot.ts'
import { ObjectChange, ObjectChangeAction } from '../changelog/index.ts'
import { bodyOf, HttpError } from '../http/index.ts'
import { objectTypeNumbers } from '../objecttype/index.ts'
import { openCall, type RestOptions } from '../rest/index.ts'
import { findRow } from '../rest/read.ts'
import { violation, writeCall } from '../rest/write.ts'
import { recordsOf } from './record.ts'
import { undo, UndoRefused } from './undo.ts'

/** Most changes that an answer lists; it counts them all. */
const shown = 200

/**
 * `POST /ui/undo/<id>`: put things back as they were before an entry of the change log. `scope` says whether that is the one
 * change, with what went with it, or all that its request did; `dry_run` only tells what would change; `changelog_message`
 * is the reason. Answers the changes as the change log has them; 409 with `errors` by object where something is in the way.
 * `GET /ui/undo/<id>`: what was before an entry, and after it, of one that followed from another change too.
 */
export function undoRoutes(options: RestOptions): (app: FastifyInstance) => void {
  return app => {
    app.get<{ Params: { id: string } }>('/ui/undo/:id', async (request, reply) =>
      reply.send(await statesOf(options, request, Number(request.params.id))),
    )
    app.post<{ Params: { id: string } }>('/ui/undo/:id', async (request, reply) =>
      reply.send(await answer(options, request, Number(request.params.id))),
    )
  }
}

async function statesOf(options: RestOptions, request: FastifyRequest, id: number): Promise<object> {
  const call = await openCall(options, request)
  if (!Number.isSafeInteger(id)) throw new HttpError(404, { detail: 'Not found.' })
  const row = await findRow(call, ObjectChange, id, 'view', ['id', 'prechange_data', 'postchange_data'])
  return { prechange_data: shownOf(row['prechange_data']), postchange_data: shownOf(row['postchange_data']) }
}

async function answer(options: RestOptions, request: FastifyRequest, id: number): Promise<object> {
  const call = await openCall(options, request)
  if (!Number.isSafeInteger(id)) throw new HttpError(404, { detail: 'Not found.' })
  const row = await findRow(call, ObjectChange, id, 'view', ['id', 'request_id', 'object_repr', 'action'])
  const body = ((await bodyOf(request)) ?? {}) as Readonly<Record<string, unknown>>
  const scope = body['scope'] === 'request' ? 'request' : 'change'
  const { changelog_message: given = '' } = body
  if (typeof given !== 'string' || given.length > 200)
    throw new HttpError(400, { changelog_message: ['Ensure this field has no more than 200 characters.'] })
  const change = { id, request_id: row['request_id'] as string }
  const records = await recordsOf(options.db, options.registry, change, scope, await objectTypeNumbers(options.db))
  try {
    const { entries, lost, later } = await undo(writeCall(call), records, {
      message: given || `Undo of change ${id}`,
      dryRun: body['dry_run'] === true,
    })
    return {
      count: entries.length,
      changes: entries.slice(0, shown).map((entry, at) => ({
        id: at + 1,
        action: { value: entry.action, label: ObjectChangeAction.values.get(entry.action)!.label },
        changed_object_type: entry.model.name,
        changed_object_id: entry.id,
        object_repr: entry.display,
        prechange_data: shownOf(entry.before),
        postchange_data: shownOf(entry.after),
      })),
      lost,
      later,
    }
  } catch (error) {
    if (error instanceof UndoRefused)
      throw new HttpError(error.obstacles.some(({ status }) => status === 403) ? 403 : 409, {
        detail: 'It cannot be undone.',
        errors: error.obstacles.map(({ model, id, display, faults }) => ({ model, id, display, errors: faults })),
      })
    const [broken] = violation(error) ?? []
    throw broken ? new HttpError(409, { detail: Object.values(broken.faults).flat().join(' ') }) : error
  }
}
