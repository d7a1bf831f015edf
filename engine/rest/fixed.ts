import type { FastifyInstance, FastifyRequest } from 'fastify'
import { HttpError, sendMissing } from '../http/index.ts'
import { version } from '../version.ts'
import { forbidden, unauthenticated, type Call, type RestOptions } from './context.ts'
import { describeEndpoint } from './options.ts'
import { read } from './read.ts'
import { apiRoot, appRoot, status } from './roots.ts'

type Open = (request: FastifyRequest) => Promise<Call>
type Params = Readonly<Record<string, string>>

/** What lies at addresses of its own below `/api/`, to be read. */
export function addFixed(app: FastifyInstance, options: RestOptions, open: Open): void {
  const methods = ['GET', 'HEAD', 'OPTIONS']
  const fixed = (path: string, label: string, answer: (call: Call, params: Params) => unknown) =>
    app.all<{ Params: Params }>(path, async (request, reply) => {
      reply.header('allow', methods.join(', '))
      const call = await open(request)
      if (request.method === 'OPTIONS') return reply.send(describeEndpoint({ label, about: '' }))
      const value = await answer(call, request.params)
      if (value === undefined) return sendMissing(request, reply)
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
}

function superusersOnly(call: Call, value: object): object {
  if (!call.caller.user?.superuser) throw forbidden()
  return value
}
