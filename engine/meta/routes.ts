import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { customFieldsOf } from '../customfield/index.ts'
import { HttpError } from '../http/index.ts'
import { permissionsOf } from '../permission/index.ts'
import { briefShape } from '../represent/index.ts'
import { openCall, paramsOf, representRefs, type RestOptions } from '../rest/index.ts'
import { BadTerm, search, type SearchLookup } from '../search/index.ts'
import { buildMeta } from './build.ts'

const lookups: readonly SearchLookup[] = ['icontains', 'iexact', 'istartswith', 'iendswith', 'iregex']

/** What the browser asks for besides the REST interface. */
export function uiRoutes(options: RestOptions): (app: FastifyInstance) => void {
  const { db, registry, config, identify } = options

  /** `GET /ui/meta`: what is needed to draw every page for the user who asks; 401 for nobody. */
  async function meta(request: FastifyRequest): Promise<{ text: string; etag: string } | null> {
    const { user } = await identify(request)
    if (!user) return null
    const permissions = await permissionsOf(db, registry, user, {
      exemptViewPermissions: config.EXEMPT_VIEW_PERMISSIONS,
      defaultPermissions: config.DEFAULT_PERMISSIONS,
    })
    const text = JSON.stringify(buildMeta(registry, permissions, user, await customFieldsOf(db)))
    return { text, etag: `"${createHash('sha1').update(text).digest('base64url')}"` }
  }

  /** `GET /ui/search?q=&type=&lookup=&limit=`: objects of all kinds that hold a term, best match first. */
  async function find(request: FastifyRequest): Promise<object> {
    const params = paramsOf(request)
    const call = await openCall(options, request)
    const lookup = (params.get('lookup') ?? 'icontains') as SearchLookup
    if (!lookups.includes(lookup)) throw new HttpError(400, { lookup: [`Must be one of ${lookups.join(', ')}.`] })
    const limit = Math.min(Number(params.get('limit')) || 50, 200)
    const found = await search(db, registry, call.permissions, params.get('q') ?? '', {
      types: params.getAll('type'),
      lookup,
      limit,
    }).catch((error: unknown) => {
      throw error instanceof BadTerm ? new HttpError(400, { q: [`${error.message}.`] }) : error
    })
    const objects = await representRefs(
      call,
      found.map(({ object_type, object_id }) => [object_type, object_id]),
      briefShape,
    )
    return {
      results: found.map(({ object_type, field, value, weight }, at) => ({
        object_type,
        field,
        value: value.slice(0, 200),
        weight,
        object: objects[at],
      })),
    }
  }

  return app => {
    app.get('/ui/meta', async (request, reply) => {
      const found = await meta(request)
      reply.header('cache-control', 'private, no-cache')
      if (!found) return reply.code(401).send({ detail: 'Nobody is logged in.' })
      reply.header('etag', found.etag)
      if (request.headers['if-none-match'] === found.etag) return reply.code(304).send()
      return reply.type('application/json').send(found.text)
    })
    app.get('/ui/search', async request => find(request))
  }
}
