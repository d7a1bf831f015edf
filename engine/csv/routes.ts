import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { customFieldsOf } from '../customfield/index.ts'
import { bodyOf, HttpError } from '../http/index.ts'
import { pluralOf, type Model, type Registry } from '../model/index.ts'
import { readRow } from '../query/index.ts'
import { openCall, type RestOptions } from '../rest/index.ts'
import { leave } from '../rest/background.ts'
import { allowed } from '../rest/context.ts'
import { writeCall } from '../rest/write.ts'
import { bulkImport } from './background.ts'
import { contentsOf, importRows, ImportRefused, type ImportOptions } from './import.ts'
import { columnsOf } from './reference.ts'
import { importOptionsIn } from './request.ts'

/**
 * `POST /ui/import/<app.model>`: create and change objects from CSV, JSON or YAML, at once or, with `background`, by a
 * worker; `GET` tells which columns there can be.
 * `GET /ui/data-file/<id>`: the text of a data file, to be imported.
 */
export function importRoutes(options: RestOptions): (app: FastifyInstance) => void {
  return app => {
    app.get<{ Params: { model: string } }>('/ui/import/:model', async request => {
      const call = await openCall(options, request)
      const model = modelOf(options.registry, request.params.model)
      allowed(call, 'add', model)
      const customFields = (await customFieldsOf(options.db)).get(model.name) ?? []
      return { columns: columnsOf(options.registry, model, customFields) }
    })
    app.get<{ Params: { id: string } }>('/ui/data-file/:id', async (request, reply) => {
      const call = await openCall(options, request)
      const id = Number(request.params.id)
      const model = options.registry.models.get('core.datafile')
      if (!model || !Number.isSafeInteger(id)) throw new HttpError(404, { detail: 'Not found.' })
      if (!(await readRow(options.db, options.registry, model, id, allowed(call, 'view', model), ['id'])))
        throw new HttpError(404, { detail: 'Not found.' })
      const [file] = await options.db.rows<{ data: Uint8Array }>(sql`select data from core_datafile where id = ${id}`)
      return reply.type('application/json').send({ data: new TextDecoder().decode(file?.data) })
    })
    app.post<{ Params: { model: string } }>('/ui/import/:model', async (request, reply) => {
      const call = await openCall(options, request)
      const model = modelOf(options.registry, request.params.model)
      allowed(call, 'add', model)
      const body = await bodyOf(request)
      const wanted = importOptionsIn(body)
      try {
        if ((body as { background?: unknown }).background === true && !wanted.dryRun) {
          const { status, text } = await leave(call, bulkImport, model, `Bulk import ${amountOf(wanted, model)}`)
          return await reply.code(status).type('application/json').send(text)
        }
        return await reply.send(await importRows(writeCall(call), model, wanted))
      } catch (error) {
        if (error instanceof ImportRefused) throw new HttpError(400, { errors: error.errors })
        throw error
      }
    })
  }
}

/** How much a file holds: `25 sites`. */
function amountOf(wanted: ImportOptions, model: Model): string {
  const contents = contentsOf(wanted)
  const count = (contents.kind === 'table' ? contents.records : contents.documents).length
  return `${count} ${count === 1 ? model.spec.label : pluralOf(model)}`
}

function modelOf(registry: Registry, name: string): Model {
  const model = registry.models.get(name)
  if (!model || model.spec.internal) throw new HttpError(404, { detail: 'Not found.' })
  return model
}
