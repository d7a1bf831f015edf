import type { FastifyRequest } from 'fastify'
import type { Database } from '../database/index.ts'
import { HttpError, isApi } from '../http/index.ts'
import { tokenCaller } from './authorization.ts'
import { nobody, type Caller } from './caller.ts'
import type { AuthConfig } from './config.ts'
import { isUnsafe, refuseForgery } from './forgery.ts'
import { createRemoteLogin, remoteNameOf } from './remote.ts'
import { beginSession, csrfTokenOf, endSession, findSession, sessionCookieOf } from './session.ts'

export interface IdentifyOptions {
  readonly db: Database
  readonly config: AuthConfig
}

/** Finds out who makes a request: a session, else a user named by a trusted proxy, else a token, else nobody. */
export function createIdentify(options: IdentifyOptions): (request: FastifyRequest) => Promise<Caller> {
  const { config } = options
  const remoteLogin = createRemoteLogin(options)

  return async request => {
    const remote = remoteNameOf(request, config)
    const cookie = sessionCookieOf(request, config)
    const session = cookie ? await findSession(options, request, cookie) : null
    if (cookie && session && (!remote || isSame(remote, session.username))) {
      if (!isGraphql(request)) refuseForgery(request, config, csrfTokenOf(cookie))
      const user = { id: session.id, username: session.username, superuser: session.is_superuser }
      return { user, via: 'session', writes: true }
    }
    if (session) await endSession(options, request)
    const account = remote ? await remoteLogin(request, remote) : null
    if (account) {
      if (!isGraphql(request)) refuseForgery(request, config, null)
      // Browsers ask for /ui/meta first; clients of the API keep no cookies, and would leave a session behind each time.
      if (!isApi(request.url)) await beginSession(options, request, account.id)
      const user = { id: account.id, username: account.username, superuser: account.is_superuser }
      return { user, via: 'remote', writes: true }
    }
    const caller = await tokenCaller(options, request)
    if (caller && !caller.writes && isUnsafe(request) && !isGraphql(request))
      throw new HttpError(403, { detail: 'You do not have permission to perform this action.' })
    return caller ?? nobody
  }
}

/** GraphQL only reads, whatever the method. */
const isGraphql = ({ url }: FastifyRequest) => url.startsWith('/graphql')

const isSame = (left: string, right: string) => left.toLowerCase() === right.toLowerCase()
