import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import { isApi } from './headers.ts'

/** How many connections a pool holds, and how many callers wait for one. */
export interface PoolState {
  readonly totalCount: number
  readonly idleCount: number
  readonly waitingCount: number
}

/** Serves /metrics for Prometheus: requests by route, the database pool, the process. */
export function addMetrics(app: FastifyInstance, pool?: PoolState): void {
  const register = new Registry()
  const registers = [register]
  collectDefaultMetrics({ register })
  const duration = new Histogram({
    name: 'demarc_http_request_duration_seconds',
    help: 'Time from a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const rest = new Counter({
    name: 'rest_api_requests_total_by_method',
    help: 'Requests to the REST API.',
    labelNames: ['method'],
    registers,
  })
  const graphql = new Counter({ name: 'graphql_api_requests_total', help: 'Requests to GraphQL.', registers })
  if (pool) {
    const gauge = (name: string, help: string, read: () => number) => {
      const made: Gauge = new Gauge({ name, help, registers, collect: () => made.set(read()) })
    }
    gauge('demarc_database_connections', 'Open connections to the database.', () => pool.totalCount)
    gauge('demarc_database_connections_idle', 'Open connections nobody uses.', () => pool.idleCount)
    gauge('demarc_database_waiting', 'Callers that wait for a connection.', () => pool.waitingCount)
  }

  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    duration.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1000)
    if (isApi(request.url)) rest.inc({ method: request.method })
    else if (request.url.startsWith('/graphql')) graphql.inc()
  })
  app.get('/metrics', async (_request, reply) => reply.type(register.contentType).send(await register.metrics()))
}
