import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { sql } from 'kysely'
import { customFieldsOf } from '../customfield/index.ts'
import { HttpError } from '../http/index.ts'
import { Answer, pluralOf, shortName, uiPathOf, type Listing, type Model } from '../model/index.ts'
import { everything, parseFilters, type Condition } from '../query/index.ts'
import { openCall, paramsOf, runOnRow, type Call, type RestOptions } from '../rest/index.ts'
import { allowed } from '../rest/context.ts'
import { listByTemplate, orderOf, sendExported, withSavedFilters } from '../rest/list.ts'
import { TemplateError } from '../template/index.ts'
import { columnsNamed, columnsOf } from './columns.ts'
import { csvOf, yamlOfRows } from './rows.ts'

/** Parameters of an export that are no filters. */
const own = ['export', 'format', 'columns', 'delimiter']

/**
 * Downloads of whole lists: `/ui/export/<app.model>?format=csv&columns=name,site`, and NetBox's own addresses,
 * `/<app>/<plural>/?export` for all columns and `?export=table` for those shown at first; and what a page of an object
 * tells as text, `/<app>/<plural>/<id>/<page>/?export=1`.
 */
export function exportRoutes(options: RestOptions): (app: FastifyInstance) => void {
  const { models, listings } = options.registry
  const lists = new Map<string, Model | Listing>([
    ...[...models.values()]
      .filter(model => !model.spec.internal)
      .map(model => [`${model.app}/${uiPathOf(model)}`, model] as const),
    ...[...listings.values()].map(one => [`${one.model.app}/${one.path}`, one] as const),
  ])
  // What a user keeps for herself is listed under her own address, whoever else's rows she may view.
  const ownLists = new Map(
    ['bookmarks', 'notifications', 'subscriptions'].map(path => [`user/${path}`, lists.get(`extras/${path}`)]),
  )
  return app => {
    app.get<{ Params: { model: string } }>('/ui/export/:model', async (request, reply) => {
      const params = paramsOf(request)
      const list = models.get(request.params.model) ?? listings.get(request.params.model)
      if (!list || ('spec' in list && list.spec.internal)) throw new HttpError(404, { detail: 'Not found.' })
      const call = await openCall(options, request, 'file')
      const format = params.get('format') ?? 'csv'
      if (format !== 'csv' && format !== 'yaml')
        throw new HttpError(400, { format: [`There is no format "${format}".`] })
      return download(call, list, reply, format, params.get('columns') ?? 'table')
    })

    app.get<{ Params: { app: string; path: string } }>('/:app/:path/', async (request, reply) => {
      const params = paramsOf(request)
      const path = `${request.params.app}/${request.params.path}`
      const list = lists.get(path) ?? ownLists.get(path)
      const what = params.get('export')
      if (!list || what === null) return reply.callNotFound()
      const call = await openCall(options, request, 'file')
      if (what !== '' && what !== 'table') return byTemplate(call, list, reply)
      const documents = what === '' && 'spec' in list && list.spec.file?.document !== undefined
      const mine: Condition = ownLists.has(path)
        ? { path: 'user_id', lookup: 'exact', value: call.caller.user?.id ?? null }
        : everything
      return download(call, list, reply, documents ? 'yaml' : 'csv', what === '' ? 'all' : 'table', mine)
    })

    app.get<{ Params: { app: string; path: string; id: string; page: string } }>(
      '/:app/:path/:id/:page/',
      async (request, reply) => {
        const { app: name, path, id, page } = request.params
        const list = lists.get(`${name}/${path}`)
        const model = list && 'spec' in list ? list : undefined
        const action = model && options.registry.actions(model.name).find(action => action.page === page)
        if (!action || !paramsOf(request).get('export')) return reply.callNotFound()
        const result = await runOnRow(await openCall(options, request, 'file'), model, id, action, true)
        return sendFile(reply, result, `${shortName(model)}-${id}.txt`)
      },
    )
  }
}

/** A list by an export template. A template that fails leads back to the list. */
async function byTemplate(call: Call, list: Model | Listing, reply: FastifyReply): Promise<FastifyReply | void> {
  try {
    return sendExported(reply, await listByTemplate(call, modelOf(list), rowsOf(list)))
  } catch (error) {
    if (error instanceof HttpError && error.statusCode === 404) return reply.callNotFound()
    if (!(error instanceof TemplateError)) throw error
    const rest = new URLSearchParams([...call.params].filter(([name]) => name !== 'export'))
    return reply.type('text/html; charset=utf-8').redirect(`${call.request.url.split('?')[0]}?${rest}`, 302)
  }
}

/** What an action answers as a file, never kept by caches, for it may hold secrets; what went wrong, as text. */
async function sendFile(reply: FastifyReply, result: unknown, name: string): Promise<FastifyReply> {
  const { status, value } = result instanceof Answer ? result : { status: 200, value: result }
  reply.header('cache-control', 'private, no-store')
  if (!(value instanceof Blob)) return reply.code(status).send(value)
  if (status < 400) reply.header('content-disposition', `attachment; filename="${name}"`)
  // The type that NetBox gives such files; Fastify leaves it to streams alone.
  return reply.code(status).type('text').send(value.stream())
}

const modelOf = (list: Model | Listing): Model => ('spec' in list ? list : list.model)

const rowsOf = (list: Model | Listing): Condition => ('spec' in list ? everything : { sql: list.where })

async function download(
  call: Call,
  list: Model | Listing,
  reply: FastifyReply,
  format: 'csv' | 'yaml',
  wanted: string,
  within: Condition = everything,
): Promise<FastifyReply> {
  const { db, registry } = call
  const model = modelOf(list)
  const narrow = list === model ? undefined : (list as Listing)
  const allowedRows = allowed(call, 'view', model)
  const filters = new URLSearchParams([...call.params].filter(([name]) => !own.includes(name)))
  const params = await withSavedFilters(call, filters)
  const { where: asked, faults } = await parseFilters(db, registry, model, params)
  if (Object.keys(faults).length) throw new HttpError(400, faults)
  const where: Condition = { and: [asked, allowedRows, within, rowsOf(list)] }
  const order = orderOf(model, call.params)
  const plural = narrow ? `${narrow.label}s` : pluralOf(model)
  const name = `netbox_${plural.toLowerCase().replaceAll(' ', '_')}`
  reply.header('content-disposition', `attachment; filename="${name}.${format}"`)
  if (format === 'yaml') return reply.type('text/yaml').send(Readable.from(yamlOfRows(call, model, where, order)))
  const customFields = (await customFieldsOf(db)).get(model.name) ?? []
  const columns =
    wanted === 'all' || wanted === 'table'
      ? columnsOf(
          registry,
          model,
          wanted === 'all' ? 'all' : 'first',
          narrow ? [] : customFields,
          await preferredOf(call, narrow ? narrow.name.split('.')[1]! : shortName(model)),
          narrow?.table,
        )
      : columnsNamed(registry, model, wanted.split(','))
  if (columns.length === 0) throw new HttpError(400, { columns: ['There are no such columns.'] })
  const delimiter = { semicolon: ';', pipe: '|', tab: '\t' }[call.params.get('delimiter') ?? ''] ?? ','
  return reply.type('text/csv; charset=utf-8').send(Readable.from(csvOf(call, model, where, order, columns, delimiter)))
}

/** The columns of a table, named as its model or list is, that the caller has chosen to see, as NetBox keeps them. */
async function preferredOf({ db, caller }: Call, name: string): Promise<string[]> {
  if (!caller.user) return []
  const [row] = await db.rows<{ columns: unknown }>(
    sql`select t.value -> 'columns' as columns
        from users_userconfig,
          jsonb_each(case jsonb_typeof(data -> 'tables') when 'object' then data -> 'tables' else '{}' end) as t
        where user_id = ${caller.user.id} and lower(t.key) = ${`${name}table`}`,
  )
  return Array.isArray(row?.columns) ? row.columns.filter(name => typeof name === 'string') : []
}
