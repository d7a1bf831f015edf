import { randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'

/** A new id for a request. What a client sends in X-Request-ID is not used: the id goes into the change log. */
export function newRequestId(): string {
  return randomUUID()
}

/** Tells the client the id of its request. */
export function addRequestId(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
}
