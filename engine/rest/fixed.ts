import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { HttpError, sendPage } from '../http/index.ts'
import { version } from '../version.ts'
import { forbidden, unauthenticated, type Call, type RestOptions } from './context.ts'
import { pageOfItems } from './list.ts'
import { describeEndpoint } from './options.ts'
import { read } from './read.ts'
import { apiRoot, appRoot, status } from './roots.ts'

type Open = (request: FastifyRequest) => Promise<Call>
type Params = Readonly<Record<string, string>>

/** What lies at addresses of its own below `/api/`, to be read. */
export function addFixed(app: FastifyInstance, options: RestOptions, open: Open): void {
  const fixed = (
    path: string,
    label: string,
    answer: (call: Call, params: Params) => unknown,
    methods: readonly string[] = ['GET', 'HEAD', 'OPTIONS'],
  ) =>
    app.all<{ Params: Params }>(path, async (request, reply) => {
      reply.header('allow', methods.join(', '))
      const call = await open(request)
      if (request.method === 'OPTIONS') return reply.send(describeEndpoint({ label, about: '' }))
      const value = await answer(call, request.params)
      if (value === undefined) return unknown(reply)
      if (!methods.includes(request.method))
        throw new HttpError(405, { detail: `Method "${request.method}" not allowed.` })
      return reply.type('application/json').send(typeof value === 'string' ? value : JSON.stringify(value))
    })

  fixed('/api/', 'API Root', call => apiRoot(call))
  fixed('/api/:app/', 'API Root', (call, { app }) => appRoot(call, app!))
  fixed('/api/status/', 'Status', call => status(call, version))
  fixed('/api/plugins/', 'Plugins', ({ origin }) => ({
    'installed-plugins': `${origin}/api/plugins/installed-plugins/`,
  }))
  fixed('/api/plugins/installed-plugins/', 'Installed Plugins', call => superusersOnly(call, []))
  fixed('/api/authentication-check/', 'Authentication Check', async call => {
    if (!call.caller.user) throw unauthenticated()
    const anything = () => ({ and: [] })
    const self = { ...call, permissions: { constrain: anything, granted: anything } }
    return (await read(self, options.registry.model('users.user'), call.caller.user.id)).text
  })

  const nobody = () => {
    throw new HttpError(404, { detail: 'Not found.' })
  }
  const doing = ['POST', 'DELETE', 'OPTIONS']
  fixed('/api/core/background-queues/', 'Background Queue List', call =>
    superusersOnly(call, allItems(call, queues.map(queueOf(call)))),
  )
  fixed('/api/core/background-queues/:name/', 'Background Queue', (call, { name }) =>
    superusersOnly(call, queues.includes(name!) ? () => queueOf(call)(name!, queues.indexOf(name!)) : nobody),
  )
  fixed('/api/core/background-workers/', 'Background Worker List', call => superusersOnly(call, allItems(call, [])))
  fixed('/api/core/background-workers/:name/', 'Background Worker', call => superusersOnly(call, nobody))
  const reading = ['GET', 'DELETE', 'HEAD', 'OPTIONS']
  fixed(
    '/api/core/background-tasks/',
    'Background Task List',
    call => superusersOnly(call, allItems(call, [])),
    reading,
  )
  fixed('/api/core/background-tasks/:id/', 'Background Task', call => superusersOnly(call, nobody), reading)
  for (const action of ['delete', 'requeue', 'enqueue', 'stop'])
    fixed(`/api/core/background-tasks/:id/${action}/`, 'Background Task', call => superusersOnly(call, nobody), doing)
}

/** Queues of background work, which nothing is in as long as there is no worker. */
const queues = ['default', 'high', 'low']

const queueOf =
  ({ origin }: Call) =>
  (name: string, index: number) => ({
    name,
    url: `${origin}/api/core/background-queues/${name}/`,
    jobs: 0,
    oldest_job_timestamp: '-',
    index,
    scheduler_pid: null,
    workers: 0,
    finished_jobs: 0,
    started_jobs: 0,
    deferred_jobs: 0,
    failed_jobs: 0,
    scheduled_jobs: 0,
  })

/** A page of what is not in the database: all of it, unless a limit is asked for. */
const allItems = (call: Call, items: readonly unknown[]): object =>
  call.params.has('limit')
    ? pageOfItems(call, items)
    : { count: items.length, next: null, previous: null, results: items }

function superusersOnly(call: Call, value: object | (() => unknown)): unknown {
  if (!call.caller.user?.superuser) throw forbidden()
  return typeof value === 'function' ? value() : value
}

const unknown = (reply: FastifyReply) => sendPage(reply, 404, 'There is nothing at this address.')
