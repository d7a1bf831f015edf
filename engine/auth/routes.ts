import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Database } from '../database/index.ts'
import type { Registry } from '../model/index.ts'
import type { Caller } from './caller.ts'
import type { AuthConfig } from './config.ts'
import { loginRoutes } from './login.ts'
import { preferenceRoutes } from './preferences.ts'
import { provisionRoutes } from './provision.ts'

export interface AuthRoutesOptions {
  readonly db: Database
  readonly registry: Registry
  readonly config: AuthConfig
  readonly identify: (request: FastifyRequest) => Promise<Caller>
}

/** Logging in and out, tokens for a password, and everyone's preferences. */
export function authRoutes(options: AuthRoutesOptions): (app: FastifyInstance) => void {
  return app => {
    loginRoutes(options)(app)
    provisionRoutes(options)(app)
    preferenceRoutes(options)(app)
  }
}
