import type { FastifyReply } from 'fastify'
import { sql } from 'kysely'
import { HttpError } from '../http/index.ts'
import type { Field } from '../field/index.ts'
import { isAnyRef, type FoundRows, type Model, type Order } from '../model/index.ts'
import type { Act } from '../permission/index.ts'
import { everything, parseFilters, readPage, type Condition, type Query } from '../query/index.ts'
import { planOf } from '../represent/index.ts'
import { exportByTemplate, type ExportedList } from '../template/index.ts'
import { allowed, represent, type Call } from './context.ts'
import { shapeOf } from './shape.ts'

/** `GET /api/<app>/<path>/`: one page of the rows that the caller may view, of those within a narrower list. */
export async function list(call: Call, model: Model, within: Condition = everything): Promise<string> {
  const { db, registry, origin, request } = call
  const allowedRows = allowed(call, 'view', model)
  const params = await withSavedFilters(call, call.params)
  const { where, faults } = await parseFilters(db, registry, model, params)
  if (Object.keys(faults).length) throw new HttpError(400, faults)

  const page = pageOf(call)
  const plan = planOf(registry, model, shapeOf(call, model), false)
  const query: Query = {
    model: model.name,
    where: { and: [where, allowedRows, within] },
    order: orderOf(model, call.params),
    page,
  }
  const { rows, count } = await readPage(db, registry, query, plan.columns)
  const results = await represent(call, plan, rows)
  const path = `${origin}${request.url.split('?')[0]}`
  return `{"count":${count},"next":${JSON.stringify(nextUrl(path, call.params, page, rows, count))},"previous":${JSON.stringify(previousUrl(path, call.params, page))},"results":[${results.join()}]}`
}

/** One page of the rows that the request's filters find, for an action that answers them in a form of its own. */
export async function findRows(
  call: Call,
  model: Model,
  act: Act,
  columns: readonly string[],
  { own = [], where: also = everything }: { readonly own?: readonly string[]; readonly where?: Condition } = {},
): Promise<FoundRows> {
  const { db, registry, origin, request } = call
  const allowedRows = allowed(call, act, model)
  const params = await withSavedFilters(call, call.params)
  for (const name of own) params.delete(name)
  const { where, faults } = await parseFilters(db, registry, model, params)
  if (Object.keys(faults).length) throw new HttpError(400, faults)
  const page = pageOf(call)
  const query = {
    model: model.name,
    where: { and: [where, allowedRows, also] },
    order: orderOf(model, call.params),
    page,
  }
  const { rows, count } = await readPage(db, registry, query, columns)
  const path = `${origin}${request.url.split('?')[0]}`
  return {
    rows,
    list: results => ({
      count,
      next: nextUrl(path, call.params, page, rows, count),
      previous: previousUrl(path, call.params, page),
      results,
    }),
  }
}

/** `GET /api/<app>/<path>/?export=<name>`: all rows that the filters find, by an export template. */
export async function listByTemplate(call: Call, model: Model, within: Condition = everything): Promise<ExportedList> {
  const allowedRows = allowed(call, 'view', model)
  const { where, faults } = await parseFilters(call.db, call.registry, model, await withSavedFilters(call, call.params))
  if (Object.keys(faults).length) throw new HttpError(400, faults)
  const all = { and: [where, allowedRows, within] }
  const name = call.params.get('export') ?? ''
  const made = await exportByTemplate(call, model, name, all, orderOf(model, call.params))
  if (!made) throw new HttpError(404, { detail: 'Not found.' })
  return made
}

/** Sends a list that is a file. */
export function sendExported(reply: FastifyReply, { name, type, text }: ExportedList): FastifyReply {
  if (name !== null) {
    const plain = name.replace(/[^\x20-\x7e]|["\\]/g, '_')
    reply.header('content-disposition', `attachment; filename="${plain}"`)
  }
  // Whoever writes templates must not run anything in the browsers of those who export.
  reply.header('x-content-type-options', 'nosniff').header('content-security-policy', "sandbox; default-src 'none'")
  return reply.type(/[^\x20-\x7e]/.test(type) ? 'text/plain; charset=utf-8' : type).send(text)
}

type Page = Query['page']

/** How many of what it asks for a request may get: `?limit=` within bounds; null for all. */
export function limitOf({ params, config }: Pick<Call, 'params' | 'config'>): number | null {
  const text = lastOf(params, 'limit')?.trim() ?? ''
  const given = Number(text)
  const max = config.MAX_PAGE_SIZE
  const capped = (limit: number) => (max ? Math.min(limit, max) : limit)
  const valid = Number.isInteger(given) && given >= 0 && text !== ''
  return !valid ? capped(config.PAGINATE_COUNT) : given === 0 ? max || null : capped(given)
}

/** The value of a parameter that counts once: the last that was given. */
const lastOf = (params: URLSearchParams, name: string): string | undefined => params.getAll(name).at(-1)

function pageOf(call: Call): Page {
  const { params } = call
  const limit = limitOf(call)
  const start = lastOf(params, 'start')
  if (start !== undefined) {
    const refuse = (message: string) => new HttpError(400, [message])
    if (params.has('offset')) throw refuse("'start' and 'offset' are mutually exclusive.")
    if (params.has('ordering'))
      throw refuse('Ordering cannot be specified in conjunction with cursor-based pagination.')
    if (!/^\+?\d+$/.test(start.trim())) throw refuse("Invalid 'start' parameter: must be a non-negative integer.")
    return { limit: limit ?? Number.MAX_SAFE_INTEGER, start: Math.min(Number(start), Number.MAX_SAFE_INTEGER) }
  }
  const offset = Number(lastOf(params, 'offset') ?? 0)
  return { limit, offset: Number.isInteger(offset) && offset > 0 ? Math.min(offset, Number.MAX_SAFE_INTEGER) : 0 }
}

/** One page of a list that is made in memory. */
export function pageOfItems(call: Call, items: readonly unknown[]): object {
  const { origin, params, request } = call
  const offset = Math.max(0, Math.trunc(Number(lastOf(params, 'offset'))) || 0)
  const page = { limit: limitOf(call), offset }
  const path = `${origin}${request.url.split('?')[0]}`
  return {
    count: items.length,
    next: nextUrl(path, params, page, [], items.length),
    previous: previousUrl(path, params, page),
    results: items.slice(offset, page.limit === null ? undefined : offset + page.limit),
  }
}

/** The order asked for; names that cannot be sorted by are left aside. */
export function orderOf(model: Model, params: URLSearchParams): readonly Order[] {
  const sortable = sortableKeys(model)
  const asked = (lastOf(params, 'ordering') ?? '')
    .split(',')
    .map(name => name.trim())
    .filter(name => sortable.has(name.replace(/^-/, '')))
  return asked.length ? [...asked, 'id'] : model.spec.order
}

function sortableKeys(model: Model): Set<string> {
  const keys = new Set(['id', ...Object.keys(model.spec.counts ?? {})])
  for (const [name, field] of Object.entries<Field>(model.fields)) {
    if (field.options.hidden || field.options.writeOnly || !field.column) continue
    if (isAnyRef(field)) keys.add(`${name}_type`).add(`${name}_id`)
    else keys.add(name)
  }
  return keys
}

function nextUrl(
  path: string,
  params: URLSearchParams,
  page: Page,
  rows: readonly { id: number }[],
  count: number | null,
): string | null {
  if (page.limit === null) return null
  if ('start' in page) {
    return rows.length === page.limit
      ? withParams(path, params, { start: String(rows.at(-1)!.id + 1), limit: String(page.limit), offset: null })
      : null
  }
  return page.offset + page.limit < count!
    ? withParams(path, params, { limit: String(page.limit), offset: String(page.offset + page.limit) })
    : null
}

function previousUrl(path: string, params: URLSearchParams, page: Page): string | null {
  if ('start' in page || page.limit === null || page.offset <= 0) return null
  const offset = page.offset - page.limit
  return withParams(path, params, { limit: String(page.limit), offset: offset <= 0 ? null : String(offset) })
}

/** An address with some parameters replaced (null: left out), sorted by name as the peer's are. */
function withParams(path: string, params: URLSearchParams, changes: Readonly<Record<string, string | null>>): string {
  const entries = [...params].filter(([name]) => !(name in changes))
  for (const [name, value] of Object.entries(changes)) if (value !== null) entries.push([name, value])
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return entries.length ? `${path}?${new URLSearchParams(entries)}` : path
}

/** Parameters with those of the saved filters that they name (`filter=<slug>`, `filter_id=<id>`). */
export async function withSavedFilters(call: Call, params: URLSearchParams): Promise<URLSearchParams> {
  const slugs = params.getAll('filter')
  const ids = params.getAll('filter_id').filter(id => /^\d+$/.test(id))
  if (slugs.length + ids.length === 0) return params
  const { user } = call.caller
  const usable = user?.superuser ? sql`true` : user ? sql`(shared or user_id = ${user.id})` : sql`shared`
  const saved = await call.db.rows<{ parameters: Record<string, unknown> }>(
    sql`select parameters from extras_savedfilter where (slug = any(${slugs}) or id = any(${ids}::bigint[])) and ${usable} order by weight, name`,
  )
  const merged = new URLSearchParams(params)
  for (const { parameters } of saved) {
    for (const [name, value] of Object.entries(parameters ?? {})) {
      for (const one of Array.isArray(value) ? value : [value]) merged.append(name, String(one))
    }
  }
  return merged
}
