import { apiVersion, netboxVersion } from '../http/index.ts'
import { pathOf, type Action, type Model, type Registry } from '../model/index.ts'
import { parametersOf, type Parameter } from '../query/index.ts'
import { nameOf, operationsAt, requestNameOf } from './names.ts'
import { addModel, listOf, refTo, type Components, type Schema } from './schemas.ts'

type Operation = Readonly<Record<string, unknown>>
type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete'
type Operations = Partial<Record<Verb, Operation>>

const known = new WeakMap<Registry, object>()

/**
 * The OpenAPI 3.0 document of `/api/`, as code generators read it (platform specification, section 10.2): operations
 * and components have the names that they have in NetBox. It is made once.
 */
export function documentOf(registry: Registry): object {
  const made = known.get(registry)
  if (made) return made
  const components: Components = new Map(Object.entries(common))
  const paths = new Map<string, Operations>()
  for (const model of registry.models.values()) {
    if (model.spec.internal) continue
    addModel(components, registry, model)
    const root = `/api/${model.app}/${pathOf(model)}/`
    paths.set(root, listOperations(registry, model, root))
    paths.set(`${root}{id}/`, rowOperations(model, root))
    for (const action of registry.actions(model.name)) {
      const path = `${root}{id}/${action.path}/`
      paths.set(path, { ...paths.get(path), ...actionOperation(registry, action, path) })
    }
    for (const { path: last, method, about } of registry.listActions(model.name)) {
      const path = `${root}${last}/`
      const verb = method.toLowerCase() as Verb
      paths.set(path, { [verb]: operation(path, verb === 'get' ? 'retrieve' : 'create', about, { answer: {} }) })
    }
  }
  for (const { app, path: name, about, methods = [], unlisted } of registry.apps.flatMap(app => app.endpoints ?? [])) {
    const path = `/api/${app}/${name}/`
    const names = { PUT: 'update', PATCH: 'partial_update', DELETE: 'destroy' } as const
    const writes = methods.map(method => {
      const gone = method === 'DELETE'
      const told = gone ? {} : { answer: anObject, body: anObject }
      return [method.toLowerCase(), operation(path, names[method], about, told)] as const
    })
    paths.set(path, {
      get: operation(path, unlisted ? 'retrieve' : 'list', about, { answer: {} }),
      ...Object.fromEntries(writes),
    })
  }
  for (const [path, verbs, about] of fixed)
    paths.set(
      path,
      Object.fromEntries(
        Object.entries(verbs).map(([verb, name]) => {
          const body = verb === 'get' ? {} : { body: anObject }
          return [verb, operation(path, name, about, { answer: anObject, ...body })]
        }),
      ),
    )
  const document = {
    openapi: '3.0.3',
    info: {
      title: 'NetBox REST API',
      version: `${netboxVersion} (${apiVersion})`,
      license: { name: 'Apache-2.0' },
    },
    servers: [{ url: '' }],
    paths: Object.fromEntries([...paths].toSorted(byName)),
    components: {
      schemas: Object.fromEntries([...components].toSorted(byName)),
      securitySchemes: {
        cookieAuth: { type: 'apiKey', in: 'cookie', name: 'sessionid' },
        tokenAuth: {
          type: 'apiKey',
          in: 'header',
          name: 'Authorization',
          description: '`Bearer <key>.<token>` for version 2, `Token <token>` for version 1',
        },
      },
    },
  }
  known.set(registry, document)
  return document
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : a > b ? 1 : 0)

const security = [{ cookieAuth: [] }, { tokenAuth: [] }]
const anObject: Schema = { type: 'object', additionalProperties: {} }
const failed = refTo('BulkOperationError')

/** Schemas that no model is behind. */
const common: Readonly<Record<string, Schema>> = {
  BulkOperationError: {
    type: 'object',
    properties: {
      detail: { type: 'string', description: 'How many of the objects were refused.' },
      errors: { ...listOf(refTo('BulkOperationEntryError')), description: 'What is wrong with each of these.' },
    },
    required: ['detail'],
  },
  BulkOperationEntryError: {
    type: 'object',
    properties: {
      id: { type: 'integer', description: 'The object, where the entry named one that exists.' },
      index: { type: 'integer', description: 'Otherwise the place of the entry in the list, from 0.' },
      errors: { ...anObject, description: 'Faults by key; `__all__` for those of the object as a whole.' },
    },
    required: ['errors'],
  },
}

/** Addresses that neither a model nor an app is behind. */
const fixed: readonly (readonly [path: string, verbs: Partial<Record<Verb, string>>, about: string])[] = [
  ['/api/status/', { get: 'retrieve' }, 'Versions, and what is installed.'],
  ['/api/authentication-check/', { get: 'retrieve' }, 'The user that a request is made as.'],
  ['/api/schema/', { get: 'retrieve' }, 'This document.'],
  ['/api/users/config/', { get: 'retrieve', patch: 'partial_update' }, "One's own preferences."],
  ['/api/users/tokens/provision/', { post: 'create' }, 'A new token, for a name and a password.'],
  ['/api/core/background-queues/', { get: 'retrieve' }, 'The queues of background work.'],
  ['/api/core/background-workers/', { get: 'retrieve' }, 'The workers that take from the queues.'],
  ['/api/core/background-tasks/', { get: 'retrieve' }, 'What waits in the queues.'],
]

const json = (schema: Schema) => ({ 'application/json': { schema } })
const sent = (schema: Schema) => ({ content: { ...json(schema), 'multipart/form-data': { schema } }, required: true })
const answered = (description: string, schema: Schema) => ({ content: json(schema), description })

interface Told {
  readonly answer?: Schema
  readonly status?: string
  readonly body?: Schema
  readonly parameters?: readonly object[]
  readonly refusals?: Readonly<Record<string, object>>
}

/** An operation: its name, what it takes, and what it answers. */
function operation(path: string, verb: string, description: string, told: Told): Operation {
  const { answer, status = '200', body, parameters = [], refusals = {} } = told
  const all = [...(path.includes('{id}') ? [idParameter] : []), ...parameters]
  return {
    operationId: `${operationsAt(path)}_${verb}`,
    description,
    ...(all.length && { parameters: all }),
    tags: [path.split('/')[2]],
    ...(body && { requestBody: sent(body) }),
    security,
    responses: { [status]: answer ? answered('', answer) : { description: 'No content' }, ...refusals },
  }
}

const idParameter = { in: 'path', name: 'id', schema: { type: 'integer' }, required: true }
const query = (name: string, schema: Schema, description: string) => ({ in: 'query', name, schema, description })

const shapeParameters = [
  query('brief', { type: 'boolean' }, 'Answer with what identifies each object, and no more.'),
  query('fields', { type: 'string' }, 'Answer with these keys alone, as `id,name`.'),
  query('omit', { type: 'string' }, 'Answer without these keys.'),
]
const pageParameters = [
  query('limit', { type: 'integer' }, 'The most objects of a page; 0 for as many as one may have.'),
  query('offset', { type: 'integer' }, 'How many objects to pass over.'),
  query('start', { type: 'integer' }, 'Begin with this id, in the order of ids; not with `offset` or `ordering`.'),
  query('ordering', { type: 'string' }, 'The keys to sort by; one with a minus before it the other way.'),
]

function listOperations(registry: Registry, model: Model, path: string): Operations {
  const { label, writes } = model.spec
  const name = nameOf(model)
  const [one, many] = [refTo(name), listOf(refTo(name))]
  const request = refTo(requestNameOf(model))
  const filters = [...parametersOf(registry, model).values()].map(parameterOf)
  const refusals = {
    400: answered('Some of the objects were refused, so none was written.', failed),
    403: answered('Some of the objects are out of reach, so none was written.', failed),
  }
  const may = (method: 'POST' | 'PUT' | 'PATCH' | 'DELETE') => !writes || writes.includes(method)
  return {
    get: operation(path, 'list', `Objects of the type ${label}.`, {
      answer: refTo(`Paginated${name}List`),
      parameters: [...filters, ...pageParameters, ...shapeParameters].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    }),
    ...(may('POST') && {
      post: operation(path, 'create', `Create one ${label}, or several by a list.`, {
        body: { oneOf: [request, listOf(request)] },
        status: '201',
        answer: one,
        refusals: { ...refusals, 400: answered('Faults by key, or those of a list.', { oneOf: [anObject, failed] }) },
      }),
    }),
    ...(may('PUT') && {
      put: operation(path, 'bulk_update', `Change several objects of the type ${label} in full.`, {
        body: listOf(refTo(`Bulk${name}Request`)),
        answer: many,
        refusals,
      }),
    }),
    ...(may('PATCH') && {
      patch: operation(path, 'bulk_partial_update', `Change some keys of several objects of the type ${label}.`, {
        body: listOf(refTo(`PatchedBulk${name}Request`)),
        answer: many,
        refusals,
      }),
    }),
    ...(may('DELETE') && {
      delete: operation(path, 'bulk_destroy', `Delete several objects of the type ${label}.`, {
        body: listOf({ type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] }),
        status: '204',
        refusals: { ...refusals, 409: answered('Others depend on some of the objects, so none was deleted.', failed) },
      }),
    }),
  }
}

function rowOperations(model: Model, root: string): Operations {
  const path = `${root}{id}/`
  const { label, writes } = model.spec
  const one = refTo(nameOf(model))
  const request = requestNameOf(model)
  const may = (method: 'PUT' | 'PATCH' | 'DELETE') => !writes || writes.includes(method)
  return {
    get: operation(path, 'retrieve', `One ${label}.`, { answer: one, parameters: shapeParameters }),
    ...(may('PUT') && {
      put: operation(path, 'update', `Change one ${label} in full.`, { body: refTo(request), answer: one }),
    }),
    ...(may('PATCH') && {
      patch: operation(path, 'partial_update', `Change some keys of one ${label}.`, {
        body: refTo(`Patched${request}`),
        answer: one,
      }),
    }),
    ...(may('DELETE') && { delete: operation(path, 'destroy', `Delete one ${label}.`, { status: '204' }) }),
  }
}

function actionOperation(registry: Registry, { method, about, offers }: Action, path: string): Operations {
  const made = offers ? listOf(refTo(nameOf(registry.model(offers)))) : {}
  return method === 'GET'
    ? { get: operation(path, offers ? 'list' : 'retrieve', about, { answer: offers ? listOf(anObject) : {} }) }
    : {
        post: operation(path, 'create', about, {
          body: offers ? listOf(anObject) : anObject,
          status: offers ? '201' : '200',
          answer: made,
        }),
      }
}

/** A parameter of a list, by how its values are read. */
function parameterOf({ name, match, many, label, lookup }: Parameter) {
  const one =
    lookup === 'empty' || lookup === 'isnull' ? valueSchemas.boolean : (valueSchemas[match] ?? { type: 'string' })
  return {
    in: 'query',
    name,
    schema: many && one !== valueSchemas.boolean ? listOf(one) : one,
    ...(many && { explode: true, style: 'form' }),
    ...(label && { description: label }),
  }
}

const valueSchemas: Readonly<Partial<Record<Parameter['match'], Schema>>> & { readonly boolean: Schema } = {
  number: { type: 'integer' },
  decimal: { type: 'number', format: 'double' },
  boolean: { type: 'boolean' },
  date: { type: 'string', format: 'date' },
  datetime: { type: 'string', format: 'date-time' },
  uuid: { type: 'string', format: 'uuid' },
}
