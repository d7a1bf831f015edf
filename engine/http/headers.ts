import type { FastifyInstance } from 'fastify'
import type { HttpConfig } from './config.ts'
import { isSecure } from './origin.ts'

/** The version of NetBox's API that is spoken under /api/. */
export const apiVersion = '4.7'

/** Headers that every answer carries. */
export function addHeaders(app: FastifyInstance, config: HttpConfig): void {
  const fixed = {
    vary: 'HX-Request, Accept-Language, Cookie, origin',
    'content-language': 'en',
    'x-frame-options': 'SAMEORIGIN',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
  }
  const transport = [
    `max-age=${config.SECURE_HSTS_SECONDS}`,
    ...(config.SECURE_HSTS_INCLUDE_SUBDOMAINS ? ['includeSubDomains'] : []),
    ...(config.SECURE_HSTS_PRELOAD ? ['preload'] : []),
  ].join('; ')

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(fixed)
    if (isApi(request.url)) reply.header('api-version', apiVersion)
    if (config.SECURE_HSTS_SECONDS && isSecure(request)) reply.header('strict-transport-security', transport)
    if (config.METRICS_ENABLED && request.url === '/metrics') reply.header('cache-control', 'no-store')
  })
}

/** Whether a path, as the router sees it, belongs to the REST API. */
export function isApi(url: string): boolean {
  return url.startsWith('/api/')
}
