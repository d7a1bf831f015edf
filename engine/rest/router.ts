import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { HttpError, sendMissing } from '../http/index.ts'
import { Answer, type ListAction, type ListCall, type Model, type Registry } from '../model/index.ts'
import { endpointCall, idOf, runOnRow } from './action.ts'
import { leaveToWorker } from './background.ts'
import { allowed, openCall, wantsText, type Call, type RestOptions } from './context.ts'
import { findRows, list, listByTemplate, sendExported } from './list.ts'
import { describe, describeEndpoint } from './options.ts'
import { findRow, read } from './read.ts'
import { change, changeTogether, identified, remove, writeList, type Written } from './write.ts'
import { addFixed } from './fixed.ts'
import { addPages } from './page.ts'
import { addQueues } from './queues.ts'

type Params = { app: string; path: string; id: string; action: string }
type Handler = (request: FastifyRequest<{ Params: Params }>, reply: FastifyReply) => Promise<FastifyReply>

const writing = ['POST', 'PUT', 'PATCH', 'DELETE'] as const

/** All of `/api/`: a few parametric routes, from which the registry finds the model. */
export function restRoutes(options: RestOptions): (app: FastifyInstance) => void {
  return app => {
    const open = (request: FastifyRequest) => openCall(options, request)

    addPages(app)
    addFixed(app, options, open)
    addQueues(app, open)

    const onList: Handler = async (request, reply) => {
      const { app: name, path } = request.params
      const model = options.registry.at(name, path)
      const endpoint = model ? undefined : options.registry.endpoint(name, path)
      if (!model && !endpoint) return sendMissing(request, reply)
      const methods = model
        ? methodsOf(options.registry, model, 'list')
        : ['GET', ...(endpoint!.methods ?? []), 'HEAD', 'OPTIONS']
      reply.header('allow', methods.join(', '))
      const call = await open(request)
      if (!model) {
        if (request.method === 'OPTIONS') return sendJson(reply, describeEndpoint(endpoint!))
        if (!methods.includes(request.method))
          throw new HttpError(405, { detail: `Method "${request.method}" not allowed.` })
        const result = await endpoint!.run(endpointCall(call))
        return result instanceof Answer ? reply.code(result.status).send(result.value) : sendJson(reply, result)
      }
      switch (request.method) {
        case 'GET':
        case 'HEAD':
          if (call.params.has('export')) return sendExported(reply, await listByTemplate(call, model))
          return sendText(reply, await list(call, model))
        case 'OPTIONS':
          return sendJson(reply, await describe(call, model, 'list', listVerbs(call, model)))
        default:
          checkMethod(call, model, methodsOf(call.registry, model, 'list'))
          return sendWritten(reply, (await leaveToWorker(call, model)) ?? (await writeList(call, model)))
      }
    }

    const onInstance: Handler = async (request, reply) => {
      const { app: name, path, id } = request.params
      const model = options.registry.at(name, path)
      if (!model) return sendMissing(request, reply)
      const listAction = options.registry.listActions(model.name).find(action => action.path === id)
      if (listAction) return runOnList(reply, await open(request), model, listAction)
      reply.header('allow', methodsOf(options.registry, model, 'instance').join(', '))
      const call = await open(request)
      if (request.method === 'OPTIONS')
        return sendJson(reply, await describe(call, model, 'instance', await instanceVerbs(call, model, id)))
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return sendWritten(reply, await writeInstance(call, model, idOf(id, model)))
      allowed(call, 'view', model)
      const { text, etag } = await read(call, model, idOf(id, model))
      if (etag) reply.header('etag', etag)
      return sendText(reply, text)
    }

    for (const end of ['/', '.json', '.api']) {
      app.all<{ Params: Params }>(`/api/:app/:path${end}`, onList)
      app.all<{ Params: Params }>(`/api/:app/:path/:id${end}`, onInstance)
    }

    app.all<{ Params: Params }>('/api/:app/:path/:id/:action/', async (request, reply) => {
      const { app: name, path, id, action: last } = request.params
      const model = options.registry.at(name, path)
      const actions = model ? options.registry.actions(model.name).filter(action => action.path === last) : []
      if (!model || actions.length === 0) return sendMissing(request, reply)
      reply.header(
        'allow',
        [
          ...new Set([
            ...actions.flatMap(action => (action.method === 'GET' ? ['GET', 'HEAD'] : [action.method])),
            'OPTIONS',
            ...(last === 'trace' ? ['TRACE'] : []),
          ]),
        ].join(', '),
      )
      const method = request.method === 'HEAD' ? 'GET' : request.method
      const action = actions.find(action => action.method === method)
      if (action?.byToken && !request.headers.authorization)
        throw new HttpError(403, { detail: 'TokenWritePermission requires token authentication.' })
      const inText = Boolean(action?.text) && wantsText(request)
      const call = inText ? await openCall(options, request, 'file') : await open(request)
      if (method === 'OPTIONS') return sendJson(reply, describeEndpoint({ label: last, about: actions[0]!.about }))
      if (!action) throw new HttpError(405, { detail: `Method "${request.method}" not allowed.` })
      const result = await runOnRow(call, model, id, action, inText)
      if (result instanceof Answer) reply.code(result.status)
      const value = result instanceof Answer ? result.value : result
      if (value instanceof Blob) return reply.type(value.type).send(await value.text())
      return sendJson(reply, value)
    })
  }
}

async function runOnList(reply: FastifyReply, call: Call, model: Model, action: ListAction): Promise<FastifyReply> {
  const methods = [...(action.method === 'GET' ? ['GET', 'HEAD'] : [action.method]), 'OPTIONS']
  const { method } = call.request
  reply.header('allow', methods.join(', '))
  if (!methods.includes(method)) throw new HttpError(405, { detail: `Method "${method}" not allowed.` })
  if (method === 'OPTIONS') return sendJson(reply, describeEndpoint({ label: action.path, about: action.about }))
  allowed(call, action.permission, model)
  return sendJson(reply, await action.run(listCall(call, model, action)))
}

const listCall = (call: Call, model: Model, action: ListAction): ListCall => ({
  ...endpointCall(call),
  model,
  find: (columns, narrow) => findRows(call, model, action.permission, columns, narrow),
  items: () => identified(call),
  changeTogether: async items => (await changeTogether(call, model, items)).map(text => JSON.parse(text) as object),
})

const methodsOf = (registry: Registry, model: Model, kind: 'list' | 'instance') => {
  const writes = model.spec.writes ?? writing
  // NetBox takes an action of this name for the HTTP method, and says so.
  const traced = registry.actions(model.name).some(action => action.path === 'trace')
  return [
    'GET',
    ...writes.filter(verb => kind === 'list' || verb !== 'POST'),
    'HEAD',
    'OPTIONS',
    ...(traced ? ['TRACE'] : []),
  ]
}

function listVerbs(call: Call, model: Model): string[] {
  const writes = model.spec.writes ?? writing
  const verbs = []
  if (writes.includes('POST') && call.permissions.constrain('add', model)) verbs.push('POST')
  if (writes.includes('PUT') && call.permissions.constrain('add', model)) verbs.push('PUT')
  return verbs
}

async function instanceVerbs(call: Call, model: Model, id: string): Promise<string[]> {
  if (!(model.spec.writes ?? writing).includes('PUT') || !call.permissions.constrain('change', model)) return []
  return findRow(call, model, idOf(id, model), 'change', ['id']).then(
    () => ['PUT'],
    () => [],
  )
}

const acts = { POST: 'add', PUT: 'change', PATCH: 'change', DELETE: 'delete' } as const

/** Permission is looked at before the method, and both before what was sent. */
function checkMethod(call: Call, model: Model, methods: readonly string[]): void {
  const method = call.request.method as keyof typeof acts
  if (acts[method]) allowed(call, acts[method], model)
  if (!methods.includes(method)) throw new HttpError(405, { detail: `Method "${method}" not allowed.` })
}

async function writeInstance(call: Call, model: Model, id: number): Promise<Written> {
  checkMethod(call, model, methodsOf(call.registry, model, 'instance'))
  switch (call.request.method) {
    case 'PUT':
      return change(call, model, id, 'replace')
    case 'PATCH':
      return change(call, model, id, 'change')
    default:
      return remove(call, model, id)
  }
}

function sendWritten(reply: FastifyReply, { status, text, etag, location }: Written): FastifyReply {
  reply.code(status)
  if (etag) reply.header('etag', etag)
  if (location) reply.header('location', location)
  return text === null ? reply.send() : sendText(reply, text)
}

const sendText = (reply: FastifyReply, text: string) => reply.type('application/json').send(text)
const sendJson = (reply: FastifyReply, value: unknown) => sendText(reply, JSON.stringify(value))
