import { randomUUID } from 'node:crypto'
import { bodyOf, HttpError } from '../http/index.ts'
import { pythonType } from '../field/index.ts'
import type { Model } from '../model/index.ts'
import { pageStatement, readRow, type Condition } from '../query/index.ts'
import { planOf } from '../represent/index.ts'
import {
  changeRows,
  createRows,
  deleteRows,
  isDeadlock,
  messageIn,
  Refused,
  type Refusal,
  type WriteCall,
} from '../write/index.ts'
import { allowed, forbidden, represent, type Call } from './context.ts'
import { etagOf, notFound, stampsOf } from './read.ts'
import { shapeOf } from './shape.ts'

/** An answer to a request that writes. */
export interface Written {
  readonly status: number
  readonly text: string | null
  readonly etag?: string | undefined
  readonly location?: string
}

/** Who writes, for the functions of engine/write. */
export const writeCall = (call: Call): WriteCall => ({
  db: call.db,
  registry: call.registry,
  settings: call.config as unknown as Record<string, unknown>,
  author: {
    user: call.caller.user && { id: call.caller.user.id, username: call.caller.user.username },
    requestId: call.request.id || randomUUID(),
  },
  permissions: call.permissions,
  request: requestOf(call),
  ...(call.storage && { storage: call.storage }),
  ...(call.queue && { queue: call.queue }),
  ...(call.signal && { signal: call.signal }),
})

function requestOf({ request, config, params }: Call): NonNullable<WriteCall['request']> {
  const [path] = request.url.split('?') as [string]
  const base = config.BASE_PATH ? `/${config.BASE_PATH.replaceAll(/^\/|\/$/g, '')}` : ''
  return { path: `${base}${path}`, path_info: path, method: request.method, GET: Object.fromEntries(params) }
}

/** `POST`, `PUT`, `PATCH` or `DELETE` of a list. */
export function writeList(call: Call, model: Model): Promise<Written> {
  switch (call.request.method) {
    case 'POST':
      return create(call, model)
    case 'PUT':
      return changeMany(call, model, 'replace')
    case 'PATCH':
      return changeMany(call, model, 'change')
    default:
      return removeMany(call, model)
  }
}

/** `POST` to a list: one object, or many at once. */
async function create(call: Call, model: Model): Promise<Written> {
  allowed(call, 'add', model)
  const body = await bodyOf(call.request)
  const items = Array.isArray(body)
    ? body
    : [body === undefined || body instanceof FormData ? await itemOf(model, body) : body]
  const revealed = new Map<string, Readonly<Record<string, unknown>>>()
  const ids = await refusing(Array.isArray(body) ? 'created' : null, items.length, () =>
    createRows({ ...writeCall(call), revealed }, model, items),
  )
  const { texts: shown, rows } = await written(call, model, ids)
  const texts = shown.map((text, at) => {
    const once = revealed.get(`${model.name}:${ids[at]!}`)
    return once ? JSON.stringify({ ...(JSON.parse(text) as object), ...once }) : text
  })
  if (Array.isArray(body)) return { status: 201, text: `[${texts.join()}]` }
  return {
    status: 201,
    text: texts[0]!,
    etag: etagOf(rows[0]!),
    location: (JSON.parse(texts[0]!) as { url?: string }).url ?? '',
  }
}

/** `PUT` or `PATCH` of one object. */
export async function change(call: Call, model: Model, id: number, mode: 'replace' | 'change'): Promise<Written> {
  const mayChange = allowed(call, 'change', model)
  const body = await bodyAbout(call, model, id, mayChange)
  const item = body === undefined || body instanceof FormData ? await itemOf(model, body) : body
  const ids = await refusing(
    null,
    1,
    () => changeRows(writeCall(call), model, [{ id, item }], mode, mayChange, unmodified(call)),
    model,
  )
  const { texts, rows } = await written(call, model, ids)
  return { status: 200, text: texts[0]!, etag: etagOf(rows[0]!) }
}

/** `PUT` or `PATCH` of a list: many objects at once. */
async function changeMany(call: Call, model: Model, mode: 'replace' | 'change'): Promise<Written> {
  const mayChange = allowed(call, 'change', model)
  const items = await identified(call)
  const patches = items.map(item => ({ id: Number(item['id']), item }))
  await refusing('updated', patches.length, () =>
    changeRows(writeCall(call), model, patches, mode, mayChange, unmodified(call)),
  )
  const { texts } = await written(
    call,
    model,
    patches.map(patch => patch.id),
    true,
  )
  return { status: 200, text: `[${texts.join()}]` }
}

/** Change many objects, each checked against the others as they will be; their texts, in the model's own order. */
export async function changeTogether(
  call: Call,
  model: Model,
  items: readonly (Readonly<Record<string, unknown>> & { readonly id: number })[],
): Promise<string[]> {
  const mayChange = allowed(call, 'change', model)
  const patches = items.map(item => ({ id: item.id, item }))
  await refusing('updated', patches.length, () =>
    changeRows({ ...writeCall(call), together: true }, model, patches, 'change', mayChange, unmodified(call)),
  )
  const ids = patches.map(patch => patch.id)
  return (await written(call, model, ids, true)).texts
}

/** `DELETE` of one object. */
export async function remove(call: Call, model: Model, id: number): Promise<Written> {
  const mayDelete = allowed(call, 'delete', model)
  const body = objectOf(await bodyAbout(call, model, id, mayDelete))
  await refusing(
    null,
    1,
    () => deleteRows(writeCall(call), model, [id], messagesOf([{ ...body, id }]), mayDelete, unmodified(call)),
    model,
  )
  return { status: 204, text: null }
}

/** `DELETE` of a list: many objects at once. */
async function removeMany(call: Call, model: Model): Promise<Written> {
  const mayDelete = allowed(call, 'delete', model)
  const items = await identified(call)
  const ids = items.map(item => Number(item['id']))
  if (items.length)
    await refusing('deleted', items.length, () =>
      deleteRows(writeCall(call), model, ids, messagesOf(items), mayDelete, unmodified(call)),
    )
  return { status: 204, text: null }
}

/** What each item of a request tells the change log, by id. Throws {@link Refused}. */
function messagesOf(items: readonly Readonly<Record<string, unknown>>[]): Map<number, string> {
  const read = items.map(item => ({ id: Number(item['id']), ...messageIn(item) }))
  const refused = read.flatMap(({ id, fault }): Refusal[] =>
    fault ? [{ id, faults: { changelog_message: [fault] }, status: 400 }] : [],
  )
  if (refused.length) throw new Refused(refused)
  return new Map(read.map(({ id, message }) => [id, message]))
}

/** The body of a request about one row. Where it cannot be read, that the row is there and as `If-Match` says comes first. */
async function bodyAbout(call: Call, model: Model, id: number, mayAct: Condition): Promise<unknown> {
  try {
    return await bodyOf(call.request)
  } catch (error) {
    const row = await readRow(call.db, call.registry, model, id, mayAct, stampsOf(model))
    if (!row) throw notFound(model)
    unmodified(call)(row)
    throw error
  }
}

/** The keys of a body: of a JSON object, or of a form. */
const objectOf = (body: unknown): Record<string, unknown> =>
  body instanceof FormData
    ? Object.fromEntries(body)
    : typeof body === 'object' && body !== null
      ? (body as Record<string, unknown>)
      : {}

/** What a form says of a row: files as uploads, lists from repeated keys, JSON from its text. */
async function itemOf(model: Model, body: FormData | undefined): Promise<Record<string, unknown>> {
  const item: Record<string, unknown> = {}
  for (const key of new Set(body?.keys())) {
    const values = await Promise.all(body!.getAll(key).map(uploaded))
    const type = (model.fields[key] ?? model.spec.inputs?.[key])?.type
    const many =
      lists.has(type ?? '') ||
      key.endsWith('_tags') ||
      model.spec.derived?.[key]?.many ||
      (type === 'list' && values[0] !== '')
    if (many) item[key] = values
    else {
      const value = values.at(-1)
      const nothing = value === '' && type !== undefined && !texts.has(type) && model.fields[key]?.options.nullable
      const actual = nothing ? null : type === 'json' ? valueOfJson(value) : value
      // A row of another model may be named by attributes: `manufacturer.slug`.
      const [owner, attribute] = key.split('.', 2) as [string, string?]
      if (!attribute) item[key] = actual
      else item[owner] = { ...(item[owner] as object | undefined), [attribute]: actual }
    }
  }
  return item
}

const lists = new Set(['refs', 'tags', 'list', 'choiceList', 'modelNames'])
const texts = new Set(['text', 'slug', 'markdown', 'email', 'url', 'image'])

const uploaded = async (value: string | File): Promise<unknown> =>
  typeof value === 'string'
    ? value
    : { name: value.name.split(/[\\/]/).at(-1)!, bytes: new Uint8Array(await value.arrayBuffer()) }

function valueOfJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return text
  }
}

/** The items of a request that changes many: each an object with an id, none twice. */
export async function identified(call: Call): Promise<Record<string, unknown>[]> {
  const body = await bodyOf(call.request)
  if (
    body === undefined ||
    body === null ||
    body === '' ||
    (typeof body === 'object' && !Array.isArray(body) && !(body instanceof FormData) && Object.keys(body).length === 0)
  )
    throw new HttpError(400, { detail: 'Expected a list of objects, but no data was submitted.' })
  if (!Array.isArray(body))
    throw new HttpError(400, { detail: `Expected a list of objects, but got ${pythonType(body)}.` })
  const faulty = body.flatMap((item, index): { index: number; errors: Record<string, string[]> }[] => {
    if (typeof item !== 'object' || item === null || Array.isArray(item))
      return [{ index, errors: { __all__: [`Invalid data. Expected a dictionary, but got ${pythonType(item)}.`] } }]
    if (!('id' in item)) return [{ index, errors: { id: ['This field is required.'] } }]
    return /^\s*\d+\s*$/.test(String(item.id)) && Number.isSafeInteger(Number(item.id)) && typeof item.id !== 'boolean'
      ? []
      : [{ index, errors: { id: ['A valid integer is required.'] } }]
  })
  if (faulty.length)
    throw new HttpError(400, {
      detail: `${faulty.length} of ${body.length} objects failed validation.`,
      errors: faulty,
    })
  const counts = new Map<number, number>()
  for (const item of body) counts.set(Number(item.id), (counts.get(Number(item.id)) ?? 0) + 1)
  const repeated = [...counts].filter(([, count]) => count > 1)
  if (repeated.length)
    throw new HttpError(400, {
      detail: `${repeated.length} of ${body.length} objects are listed more than once.`,
      errors: repeated.map(([id, count]) => ({
        id,
        errors: { id: [`Each object may be specified only once; ID ${id} is listed ${count} times`] },
      })),
    })
  return body
}

/** Rows as they are now, represented in full: in the order of the ids, or in the model's own. */
export async function written(
  call: Call,
  model: Model,
  ids: readonly number[],
  ownOrder = false,
): Promise<{ rows: { id: number }[]; texts: string[] }> {
  const plan = planOf(call.registry, model, shapeOf({ params: withoutBrief(call.params) }, model), false)
  const query = {
    model: model.name,
    where: { and: [{ path: 'id', lookup: 'in' as const, value: ids }, ...(ownOrder ? shownTo(call, model) : [])] },
    order: ownOrder ? model.spec.order : [],
    page: { limit: null, offset: 0 },
  }
  const found = ids.length
    ? await call.db.rows<{ id: number }>(
        pageStatement(call.registry, query, [...new Set([...plan.columns, ...stampsOf(model)])]),
      )
    : []
  const byId = new Map(found.map(row => [row.id, row]))
  const rows = ownOrder ? found : ids.map(id => byId.get(id)!)
  return { rows, texts: await represent(call, plan, rows) }
}

/** A list leaves out what others keep to themselves: a filter that is shared no more. */
const shownTo = ({ caller: { user } }: Call, model: Model): Condition[] => {
  const { visible } = model.spec
  return visible && user && !user.superuser ? [{ sql: row => visible(row, user.id) }] : []
}

/** `brief` is for reading alone. */
function withoutBrief(params: URLSearchParams): URLSearchParams {
  const copy = new URLSearchParams(params)
  copy.delete('brief')
  return copy
}

/** Refuses a row that is no longer as `If-Match` says. */
function unmodified({ request }: Call): (row: any) => void {
  const header = request.headers['if-match']
  if (!header) return () => undefined
  const tags = header.split(',').map(tag => tag.trim())
  return row => {
    const etag = etagOf(row)
    if (!tags.includes('*') && (!etag || !tags.includes(etag)))
      throw new HttpError(412, { detail: 'Precondition failed.' }, etag ? { etag } : {})
  }
}

const statuses = {
  created: 'could not be created',
  updated: 'could not be updated',
  deleted: 'could not be deleted',
} as const

/** Turn what was refused into the answer: of one object its faults, of many an entry for each that failed. */
async function refusing<T>(
  many: keyof typeof statuses | null,
  total: number,
  work: () => Promise<T>,
  model?: Model,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const refused = error instanceof Refused ? error.refusals : violation(error)
    if (!refused) throw error
    if (many) throw manyRefused(refused, many, total)
    const [first] = refused as [Refusal]
    if (isMissing(first)) throw model ? notFound(model) : error
    if (first.detail) throw new HttpError(first.status, { detail: first.detail })
    if (first.status === 403) throw forbidden()
    if (first.status === 409) {
      const blockers = first.blockers ?? []
      throw new HttpError(409, {
        detail: `Unable to delete object. ${blockers.length} dependent objects were found: ${blockers.map(({ display, id }) => `${display} (${id})`).join(', ')}`,
      })
    }
    throw new HttpError(400, first.faults)
  }
}

const isMissing = (refusal: Refusal) => 'missing' in refusal

function manyRefused(refused: readonly Refusal[], many: keyof typeof statuses, total: number): HttpError {
  const status = refused.some(one => one.status === 403) ? 403 : refused.some(one => one.status === 409) ? 409 : 400
  const what = refused.some(isMissing) ? 'could not be found' : statuses[many]
  return new HttpError(status, {
    detail: `${refused.length} of ${total} objects ${what}.`,
    errors: refused.map(({ index, id, faults }) => ({ ...(index === undefined ? { id } : { index }), errors: faults })),
  })
}

/** Two requests may pass all checks at once; the tables have the last word, of uniqueness and of references. */
export function violation(error: unknown): Refusal[] | null {
  const { code, constraint, message = '' } = (error ?? {}) as { code?: string; constraint?: string; message?: string }
  const refuse = (status: 400 | 409, text: string): Refusal[] => [
    { index: 0, status, faults: { __all__: [text] }, ...(status === 409 && { detail: text }) },
  ]
  if (code === '23505')
    return refuse(400, `Another object with the same values was saved at the same time (${constraint}).`)
  if (isDeadlock(error)) return refuse(409, 'Other requests were changing the same objects. Please try again.')
  if (code !== '23503') return null
  return message.startsWith('insert')
    ? refuse(400, `An object that this refers to was deleted at the same time (${constraint}).`)
    : refuse(409, `Unable to delete: an object came to depend on it at the same time (${constraint}).`)
}
