import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { customFieldsOf } from '../customfield/index.ts'
import { permissionsOf } from '../permission/index.ts'
import type { RestOptions } from '../rest/index.ts'
import { buildMeta } from './build.ts'

/** `GET /ui/meta`: what the browser needs to draw every page for the user who asks; 401 for nobody. */
export function uiRoutes({ db, registry, config, identify }: RestOptions): (app: FastifyInstance) => void {
  return app => {
    app.get('/ui/meta', async (request, reply) => {
      const caller = await identify(request)
      reply.header('cache-control', 'private, no-cache')
      if (!caller.user) return reply.code(401).send({ detail: 'Nobody is logged in.' })
      const permissions = await permissionsOf(db, registry, caller.user, {
        exemptViewPermissions: config.EXEMPT_VIEW_PERMISSIONS,
        defaultPermissions: config.DEFAULT_PERMISSIONS,
      })
      const text = JSON.stringify(buildMeta(registry, permissions, caller.user, await customFieldsOf(db)))
      const etag = `"${createHash('sha1').update(text).digest('base64url')}"`
      reply.header('etag', etag)
      if (request.headers['if-none-match'] === etag) return reply.code(304).send()
      return reply.type('application/json').send(text)
    })
  }
}
