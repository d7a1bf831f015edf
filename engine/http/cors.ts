import { Problem } from '@demarc/engine/problem'
import type { FastifyInstance } from 'fastify'
import type { HttpConfig } from './config.ts'

const allowed = {
  'access-control-allow-headers':
    'accept, authorization, content-type, if-match, origin, user-agent, x-csrftoken, x-requested-with',
  'access-control-allow-methods': 'DELETE, GET, OPTIONS, PATCH, POST, PUT',
  'access-control-max-age': '86400',
}

/** Lets pages of the configured origins use the API, and answers their preflight requests. */
export function addCors(app: FastifyInstance, config: HttpConfig): void {
  const patterns = config.CORS_ORIGIN_REGEX_WHITELIST.map(compile)
  const isWelcome = (origin: string) =>
    config.CORS_ORIGIN_WHITELIST.includes(origin) || patterns.some(pattern => pattern.test(origin))

  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers
    const preflight = request.method === 'OPTIONS' && 'access-control-request-method' in request.headers
    if (origin && (config.CORS_ORIGIN_ALLOW_ALL || isWelcome(origin))) {
      reply.header('access-control-allow-origin', config.CORS_ORIGIN_ALLOW_ALL ? '*' : origin)
      if (preflight) reply.headers(allowed)
    }
    if (preflight) return reply.code(200).send('')
  })
}

/** As in NetBox, an expression must match from the start of the origin, not to its end. */
function compile(expression: string): RegExp {
  try {
    return new RegExp(`^(?:${expression})`)
  } catch (error) {
    throw new Problem('wrong-setting', `CORS_ORIGIN_REGEX_WHITELIST: ${(error as Error).message}.`)
  }
}
