import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import { bodyOf, formOf, HttpError, sendPage } from '../http/index.ts'
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

    const enter = async (request: FastifyRequest, reply: FastifyReply, body: unknown) => {
      const { username, password } = credentialsIn(body)
      const account = await attemptLogin({ ...options, throttle, request, reply }, username, password)
      await db.rows(sql`update users_user set last_login = now() where id = ${account.id}`)
      await beginSession(options, request, account.id)
    }
    const login = async (request: FastifyRequest, reply: FastifyReply) => {
      refuseForgery(request, config, null)
      await enter(request, reply, await bodyOf(request))
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
    // For scripts that log in as a browser without JavaScript would.
    app.post('/login/', async (request, reply) => {
      refuseForgery(request, config, null)
      const form = formOf(request)
      try {
        await enter(request, reply, Object.fromEntries(form))
      } catch (error) {
        if (!(error instanceof HttpError) || error.statusCode === 429) throw error
        return sendPage(reply, 200, 'Please enter a correct username and password.', 'Log in')
      }
      return reply.redirect(within(config, form.get('next')), 302)
    })
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

const home = ({ BASE_PATH }: AuthConfig) => `/${BASE_PATH && `${BASE_PATH}/`}`

const afterLogout = (config: AuthConfig) =>
  config.LOGOUT_REDIRECT_URL === 'home' ? home(config) : config.LOGOUT_REDIRECT_URL

/** Where a login leads: only to a page of this server. */
const within = (config: AuthConfig, next: string | null) =>
  next && /^\/(?![/\\])[!-~]*$/.test(next) ? next : home(config)
