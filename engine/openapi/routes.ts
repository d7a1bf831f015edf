import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { HttpError } from '../http/index.ts'
import type { Registry } from '../model/index.ts'
import { documentOf } from './document.ts'
import { yamlOf } from './yaml.ts'

const methods = 'GET, HEAD, OPTIONS'

/** The texts of a document, made when first asked for. */
const texts = new WeakMap<object, Map<'yaml' | 'json', string>>()

/** `GET /api/schema/`: the OpenAPI document, for anybody, as YAML unless JSON is asked for. */
export function schemaRoutes(registry: Registry): (app: FastifyInstance) => void {
  return app => {
    app.all('/api/schema/', (request, reply) => {
      reply.header('allow', methods)
      if (!methods.includes(request.method))
        throw new HttpError(405, { detail: `Method "${request.method}" not allowed.` })
      return sendDocument(request, reply, documentOf(registry))
    })
  }
}

function sendDocument(request: FastifyRequest, reply: FastifyReply, document: object): FastifyReply {
  const format = new URL(request.url, 'http://server').searchParams.get('format')
  const accepted = request.headers.accept ?? ''
  const kind = format === 'json' || (format !== 'yaml' && /\bjson\b/.test(accepted)) ? 'json' : 'yaml'
  const plain = /application\/(json|yaml)/.test(accepted)
  let known = texts.get(document)
  if (!known) texts.set(document, (known = new Map()))
  const text = known.get(kind) ?? (kind === 'json' ? JSON.stringify(document) : yamlOf(document))
  known.set(kind, text)
  const type = kind === 'json' ? 'application/vnd.oai.openapi+json' : 'application/vnd.oai.openapi'
  return reply.type(plain ? `application/${kind}` : `${type}; charset=utf-8`).send(text)
}
