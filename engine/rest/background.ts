import type { Caller } from '../auth/caller.ts'
import { inTransaction } from '../database/index.ts'
import { bodyOf, HttpError } from '../http/index.ts'
import { defineJob, enqueue, isServed, JobFailed, type JobKind, type Work } from '../job/index.ts'
import { pluralOf, type Model } from '../model/index.ts'
import { permissionsOf } from '../permission/index.ts'
import { grantsIn, paramsOf, type Call, type RestConfig } from './context.ts'
import { writeList, type Written } from './write.ts'

/** A request that is left to a worker, as far as it is done again: who made it is known, and by what right is seen anew. */
export interface LeftRequest {
  readonly model: string
  readonly method: string
  /** Path and query, without the wish to have it done later. */
  readonly url: string
  readonly origin: string
  readonly requestId: string
  readonly body: string
  readonly user: number
}

const verbs: Readonly<Record<string, string>> = { POST: 'create', PUT: 'update', PATCH: 'update', DELETE: 'delete' }

/** Leave a list to a worker where the request says `?background=true`; null where it does not. */
export async function leaveToWorker(call: Call, model: Model): Promise<Written | null> {
  const { params, request } = call
  if (params.get('background')?.toLowerCase() !== 'true' || !Array.isArray(await bodyOf(request))) return null
  return leave(call, bulkWrite, model, `Bulk ${verbs[request.method]} ${pluralOf(model)}`)
}

/** Have a worker do a request again, as a job of some name; the answer tells which. */
export async function leave(call: Call, kind: JobKind<LeftRequest>, model: Model, name: string): Promise<Written> {
  const { db, params, request, queue, caller, origin } = call
  refuseForeground(model)
  if (request.headers['if-match'])
    throw new HttpError(400, ['The If-Match header is not supported with background processing.'])
  if (!queue || !caller.user || !(await isServed(db, kind.queue)))
    throw new HttpError(503, { detail: 'Unable to process request: RQ worker process not running.' })
  const rest = new URLSearchParams(params)
  rest.delete('background')
  const input: LeftRequest = {
    model: model.name,
    method: request.method,
    url: `${request.url.split('?')[0]}?${rest}`,
    origin,
    requestId: request.id,
    body: (request.body as Buffer).toString(),
    user: caller.user.id,
  }
  const id = await inTransaction(db, tx => enqueue(tx, queue, { kind, name, input, user: input.user }))
  const [job] = await db.query<{ status: string }>('select status from core_job where id = $1', [id])
  const url = `${origin}/api/core/jobs/${id}/`
  return { status: 202, text: JSON.stringify({ job: { id, url, status: job!.status } }), location: url }
}

/** Some objects are not written by workers: what the answer shows once must not lie in a job. */
function refuseForeground(model: Model): void {
  if (model.spec.foreground)
    throw new HttpError(400, { detail: 'Background processing is not supported for this endpoint.' })
}

/** Does a request again that was left to a worker, with the rights that its user has by now. */
export const bulkWrite = defineJob<LeftRequest>('bulk write', {
  run: async work => {
    const { status, body } = await answer(await reopen(work), work.registry.model(work.input.model))
    const data = { status_code: status, data: body }
    if (status < 400) return data
    const detail = (body as { detail?: unknown } | null)?.detail
    throw new JobFailed(typeof detail === 'string' ? detail : `Request failed with status ${status}.`, data)
  },
})

/** A request that was left to a worker, as it is asked now. */
export async function reopen(work: Work<LeftRequest>): Promise<Call> {
  const { db, registry, settings, storage, queue, signal, input } = work
  const [user] = await db.query<{ id: number; username: string; is_superuser: boolean; is_active: boolean }>(
    'select id, username, is_superuser, is_active from users_user where id = $1',
    [input.user],
  )
  if (!user) throw new JobFailed('The requesting user no longer exists.')
  if (!user.is_active) throw new JobFailed('The requesting user is no longer active.')
  const identity = { id: user.id, username: user.username, superuser: user.is_superuser }
  const config = settings as object as RestConfig & { readonly BASE_PATH: string }
  const caller: Caller = { user: identity, via: 'job', writes: true }
  const request = {
    id: input.requestId,
    method: input.method,
    url: input.url,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(input.body),
  }
  return {
    db,
    registry,
    config,
    queue,
    signal,
    ...(storage && { storage }),
    identify: async () => caller,
    request,
    caller,
    params: paramsOf(request),
    origin: input.origin,
    permissions: await permissionsOf(db, registry, identity, grantsIn(config)),
  }
}

/** What the client would have been answered. */
async function answer(call: Call, model: Model): Promise<{ status: number; body: unknown }> {
  try {
    refuseForeground(model)
    const { status, text } = await writeList(call, model)
    return { status, body: text === null ? null : JSON.parse(text) }
  } catch (error) {
    if (error instanceof HttpError) return { status: error.statusCode, body: error.body }
    throw error
  }
}
