import compress from '@fastify/compress'
import cookie from '@fastify/cookie'
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance, type FastifyRequest } from 'fastify'
import { constants } from 'node:zlib'
import { addBodies } from './body.ts'
import type { HttpConfig } from './config.ts'
import { addCors } from './cors.ts'
import { addErrors, sendPage } from './errors.ts'
import { addHeaders } from './headers.ts'
import { addMetrics, type PoolState } from './metrics.ts'
import { hostOf, isAllowedHost, isSecure, originOf } from './origin.ts'
import { addRequestId, newRequestId } from './request-id.ts'
import { addStatic } from './static.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asked, for the log; set by whoever finds out. */
    username: string | null
  }
}

export interface AppOptions {
  readonly config: HttpConfig
  readonly logger: FastifyBaseLogger
  /** Each adds its routes. Paths are written without BASE_PATH and with their final slash. */
  readonly routes: readonly ((app: FastifyInstance) => Promise<void> | void)[]
  /** Whether requests can be served, for /readyz. */
  readonly ready?: () => Promise<boolean>
  /** Folder of the built web pages. */
  readonly web?: string
  /** Connections to show in /metrics. */
  readonly pool?: PoolState
}

/** Where requests of no concern to the router are sent: outside BASE_PATH, or not decodable. */
const nowhere = '/.nowhere'

/** The HTTP application: everything that is the same for every path, and then the given routes. */
export function createApp({ config, logger, routes, ready, web, pool }: AppOptions): FastifyInstance {
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'request_id' }),
    genReqId: newRequestId,
    requestIdHeader: false,
    bodyLimit: config.DATA_UPLOAD_MAX_MEMORY_SIZE,
    requestTimeout: 300_000,
    http: { maxHeaderSize: 65_536 },
    rewriteUrl: request => withoutBase(request.url!, config.BASE_PATH),
    // `request.query` is a URLSearchParams: repeated keys stay apart and keep their order.
    routerOptions: { maxParamLength: 1000, querystringParser: text => new URLSearchParams(text) as never },
  }) as unknown as FastifyInstance

  app.decorateRequest('username', null)
  addRequestId(app)
  addHeaders(app, config)
  addLog(app)
  addHostCheck(app, config)
  addCors(app, config)
  addBodies(app, config)
  addErrors(app)
  if (config.METRICS_ENABLED) addMetrics(app, pool)
  addProbes(app, ready)
  app.register(cookie)
  app.register(compress, {
    threshold: 1024,
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    zlibOptions: { level: 5 },
  })
  app.register(async scope => {
    for (const add of routes) await add(scope)
  })
  app.after(() => addStatic(app, config, web))
  return app
}

/** One line for each request, when its answer is sent. */
function addLog(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const line = {
      method: request.method,
      path: request.originalUrl,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      user: request.username,
    }
    request.log[isProbe(request) ? 'debug' : 'info'](line, 'request')
  })
}

function addHostCheck(app: FastifyInstance, config: HttpConfig): void {
  app.addHook('onRequest', async (request, reply) => {
    if (isProbe(request)) return
    if (!isAllowedHost(hostOf(request.headers), config.ALLOWED_HOSTS)) {
      return sendPage(reply, 400, 'This server does not answer to that host name.')
    }
    if (config.SECURE_SSL_REDIRECT && !isSecure(request)) {
      return reply.redirect(`${originOf(request, config).replace('http:', 'https:')}${request.url}`, 301)
    }
  })
}

function addProbes(app: FastifyInstance, ready: () => Promise<boolean> = async () => true): void {
  app.get('/healthz', async (_request, reply) => reply.header('cache-control', 'no-store').send('ok\n'))
  app.get('/readyz', async (_request, reply) => {
    const well = await ready().catch(() => false)
    return reply
      .code(well ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(well ? 'ready\n' : 'not ready\n')
  })
}

function isProbe({ url }: FastifyRequest): boolean {
  return url === '/healthz' || url === '/readyz'
}

function withoutBase(url: string, base: string): string {
  const path = url.split('?', 1)[0]!
  try {
    decodeURIComponent(path)
  } catch {
    return nowhere
  }
  if (!base || path === '/healthz' || path === '/readyz') return url
  if (path === `/${base}`) return url.slice(base.length + 1) || '/'
  return url.startsWith(`/${base}/`) ? url.slice(base.length + 1) : nowhere
}
