import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { customFieldsOf } from '../customfield/index.ts'
import { bodyOf, HttpError } from '../http/index.ts'
import type { Model, Registry } from '../model/index.ts'
import { readRow } from '../query/index.ts'
import { openCall, type RestOptions } from '../rest/index.ts'
import { allowed } from '../rest/context.ts'
import { writeCall } from '../rest/write.ts'
import { importRows, ImportRefused } from './import.ts'
import { delimiters, type Format } from './read.ts'
import { columnsOf } from './reference.ts'

const formats = ['auto', 'csv', 'json', 'yaml']

/**
 * `POST /ui/import/<app.model>`: create and change objects from CSV, JSON or YAML; `GET` tells which columns there can be.
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
      const body = (await bodyOf(request)) as Record<string, unknown> | undefined
      const data = body?.['data']
      const format = body?.['format'] ?? 'auto'
      const delimiter = body?.['delimiter'] ?? 'auto'
      const message = body?.['changelog_message']
      const refuse = (field: string, text: string) => new HttpError(400, { errors: [{ row: 0, field, message: text }] })
      if (typeof data !== 'string') throw refuse('data', 'This field is required.')
      if (!formats.includes(format as string)) throw refuse('format', `There is no format "${String(format)}".`)
      if (delimiter !== 'auto' && !Object.entries(delimiters).flat().includes(String(delimiter)))
        throw refuse('delimiter', `There is no delimiter "${String(delimiter)}".`)
      try {
        const result = await importRows(writeCall(call), model, {
          data,
          format: format as Format,
          delimiter: delimiter as string,
          dryRun: body?.['dry_run'] === true,
          ...(typeof message === 'string' && { message }),
        })
        return await reply.send(result)
      } catch (error) {
        if (error instanceof ImportRefused) throw new HttpError(400, { errors: error.errors })
        throw error
      }
    })
  }
}

function modelOf(registry: Registry, name: string): Model {
  const model = registry.models.get(name)
  if (!model || model.spec.internal) throw new HttpError(404, { detail: 'Not found.' })
  return model
}
