import type { FastifyRequest } from 'fastify'
import type { Caller } from '../auth/caller.ts'
import { customFieldsOf, customFieldWriter } from '../customfield/index.ts'
import type { Database } from '../database/index.ts'
import { HttpError, originOf, type HttpConfig } from '../http/index.ts'
import type { Queue } from '../job/index.ts'
import type { Model, Registry } from '../model/index.ts'
import { permissionsOf, type Act, type Permissions } from '../permission/index.ts'
import type { Condition } from '../query/index.ts'
import { representRows, type Plan } from '../represent/index.ts'
import type { Shape } from '../field/index.ts'
import type { Storage } from '../storage/index.ts'
import { formatOf } from './format.ts'

/** Settings of the REST interface, named as administrators of NetBox know them. */
export interface RestConfig {
  readonly PAGINATE_COUNT: number
  readonly MAX_PAGE_SIZE: number
  readonly LOGIN_REQUIRED: boolean
  readonly EXEMPT_VIEW_PERMISSIONS: readonly string[]
  readonly DEFAULT_PERMISSIONS: Readonly<Record<string, unknown>>
}

/** What every request of the REST interface stands on. */
export interface RestOptions {
  /** Where uploaded files are kept; without, none can be uploaded. */
  readonly storage?: Storage
  readonly db: Database
  readonly registry: Registry
  /** Where work is put that a worker is to do; without, none is taken on. */
  readonly queue?: Queue
  readonly config: RestConfig & Pick<HttpConfig, 'BASE_PATH'>
  /** Finds out who asks; throws HttpError for credentials that are no good. */
  readonly identify: (request: FastifyRequest) => Promise<Caller>
}

/** What of a request is looked at once it is known who asks. */
export type Asked = Pick<FastifyRequest, 'id' | 'method' | 'url' | 'headers' | 'body'>

/** One request of the REST interface. */
export interface Call extends RestOptions {
  readonly request: Asked
  readonly caller: Caller
  readonly params: URLSearchParams
  readonly origin: string
  readonly permissions: Permissions
  /** Nothing is kept of what is not finished when this is aborted. */
  readonly signal?: AbortSignal
}

/** Settings that grant without an object permission. */
export const grantsIn = (config: RestConfig) => ({
  exemptViewPermissions: config.EXEMPT_VIEW_PERMISSIONS,
  defaultPermissions: config.DEFAULT_PERMISSIONS,
})

/** Find out who asks and what they may; 403 for nobody where a login is required. */
export async function openCall(
  options: RestOptions,
  request: FastifyRequest,
  answer: 'json' | 'file' = 'json',
): Promise<Call> {
  const { db, registry, config } = options
  if (answer === 'json') negotiate(request)
  const caller = await options.identify(request)
  request.username = caller.user?.username ?? null
  if (!caller.user && config.LOGIN_REQUIRED) throw unauthenticated()
  const permissions = await permissionsOf(db, registry, caller.user, grantsIn(config))
  return { ...options, request, caller, permissions, params: paramsOf(request), origin: originOf(request, config) }
}

export const unauthenticated = () => new HttpError(403, { detail: 'Authentication credentials were not provided.' })
export const forbidden = () => new HttpError(403, { detail: 'You do not have permission to perform this action.' })

/** Which rows of a model the caller may act on; throws 403 where none at all. */
export function allowed(call: Call, act: Act, model: Model): Condition {
  const condition = call.permissions.constrain(act, model)
  if (!condition) throw call.caller.user ? forbidden() : unauthenticated()
  return condition
}

/** The JSON texts of rows in the shape given. */
export async function represent(call: Call, plan: Plan, rows: readonly any[]): Promise<string[]> {
  const { db, registry, origin, config: settings } = call
  const customFields = customFieldWriter(registry, await customFieldsOf(db))
  return representRows(
    { db, registry, origin, settings: settings as object as Record<string, unknown>, customFields },
    plan,
    rows,
  )
}

/** Representations, in order, of rows of any models in their brief form; null for those that are gone. */
export async function representRefs(
  call: Call,
  refs: readonly (readonly [model: string, id: number])[],
  shapeOf: (model: Model) => Shape,
): Promise<(object | null)[]> {
  const holder: Plan = {
    model: call.registry.models.values().next().value!,
    columns: [],
    display: false,
    outputs: [
      {
        key: 'refs',
        columns: [],
        refs: () =>
          refs
            .filter(([name]) => call.registry.models.has(name))
            .map(([name, id]) => ({ model: call.registry.model(name), id, shape: shapeOf(call.registry.model(name)) })),
        write: (_row, reader) =>
          `[${refs.map(([name, id]) => (call.registry.models.has(name) ? reader.text(call.registry.model(name), id, shapeOf(call.registry.model(name))) : 'null')).join()}]`,
      },
    ],
  }
  const [text] = await represent(call, holder, [{ id: 0 }])
  return (JSON.parse(text!) as { refs: (object | null)[] }).refs
}

/** Whether a request asks for plain text instead of JSON. */
export function wantsText(request: Asked): boolean {
  const format = formatOf(request)
  return format === null ? /^\s*text\/plain\b/.test(request.headers.accept ?? '') : format === 'txt'
}

/** Query parameters with repeated keys kept apart. */
export const paramsOf = (request: Pick<Asked, 'url'>): URLSearchParams =>
  new URLSearchParams(request.url.split('?').slice(1).join('?'))

/** Refuse what the request will not accept (spec: content negotiation). */
function negotiate(request: FastifyRequest): void {
  const accept = request.headers.accept ?? '*/*'
  const format = formatOf(request)
  if (format !== null && format !== 'json' && format !== 'api') throw new HttpError(404, { detail: 'Not found.' })
  const version = /version=([^;,\s]+)/.exec(accept)?.[1]
  if (version && version.replaceAll('"', '') !== '4.7')
    throw new HttpError(406, { detail: 'Invalid version in "Accept" header.' })
  if (format === null && !/application\/(json|\*)|\*\/\*|text\/(html|\*)/.test(accept))
    throw new HttpError(406, { detail: 'Could not satisfy the request Accept header.' })
}
