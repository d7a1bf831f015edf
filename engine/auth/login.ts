import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import { bodyOf, HttpError } from '../http/index.ts'
import { attemptLogin } from './authenticate.ts'
import type { AuthConfig } from './config.ts'
import { refuseForgery } from './forgery.ts'
import { addSessionCookies, beginSession, endSession } from './session.ts'
import { createThrottle } from './throttle.ts'

interface Options {
  readonly db: Database
  readonly config: AuthConfig
}

/** Logging in and out. Also sends the cookies of all sessions. */
export function loginRoutes(options: Options): (app: FastifyInstance) => void {
  const { db, config } = options
  const throttle = createThrottle()

  return app => {
    addSessionCookies(app)

    const login = async (request: FastifyRequest, reply: FastifyReply) => {
      refuseForgery(request, config, null)
      const { username, password } = credentialsIn(await bodyOf(request))
      const account = await attemptLogin({ ...options, throttle, request, reply }, username, password)
      await db.rows(sql`update users_user set last_login = now() where id = ${account.id}`)
      await beginSession(options, request, account.id)
      return reply.code(204).send()
    }
    const logout = async (request: FastifyRequest, reply: FastifyReply) => {
      refuseForgery(request, config, null)
      await endSession(options, request)
      return reply.code(204).send()
    }
    for (const slash of ['', '/']) {
      app.post(`/ui/login${slash}`, login)
      app.post(`/ui/logout${slash}`, logout)
    }
    app.get('/logout/', async (request, reply) => {
      await endSession(options, request)
      return reply.redirect(afterLogout(config), 302)
    })
  }
}

/** The name and password that a client sent; 400 with what is missing. */
export function credentialsIn(body: unknown): { username: string; password: string } {
  const sent: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {}
  const faults: Record<string, string[]> = {}
  for (const name of ['username', 'password']) {
    const value = sent[name]
    if (value === undefined) faults[name] = ['This field is required.']
    else if (value === null) faults[name] = ['This field may not be null.']
    else if (typeof value !== 'string') faults[name] = ['Not a valid string.']
    else if (!value) faults[name] = ['This field may not be blank.']
  }
  if (Object.keys(faults).length) throw new HttpError(400, faults)
  return { username: (sent.username as string).trim(), password: sent.password as string }
}

const afterLogout = ({ LOGOUT_REDIRECT_URL, BASE_PATH }: AuthConfig) =>
  LOGOUT_REDIRECT_URL === 'home' ? `/${BASE_PATH && `${BASE_PATH}/`}` : LOGOUT_REDIRECT_URL
