import type { FastifyInstance } from 'fastify'
import { HttpError } from '../http/index.ts'
import { openCall, type RestOptions } from './context.ts'
import { list } from './list.ts'

/** `GET /ui/lists/<app.name>/`: rows of a list of its own, asked for and answered as those of its model are. */
export function listingRoutes(options: RestOptions): (app: FastifyInstance) => void {
  return app => {
    app.get<{ Params: { name: string } }>('/ui/lists/:name/', async (request, reply) => {
      const listing = options.registry.listings.get(request.params.name)
      if (!listing) throw new HttpError(404, { detail: 'Not found.' })
      const call = await openCall(options, request)
      return reply.type('application/json').send(await list(call, listing.model, { sql: listing.where }))
    })
  }
}
