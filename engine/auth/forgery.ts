import { timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { HttpError, originOf } from '../http/index.ts'
import type { AuthConfig } from './config.ts'

const safeMethods = ['GET', 'HEAD', 'OPTIONS', 'TRACE']

/** Whether a request is meant to change something. */
export const isUnsafe = ({ method }: FastifyRequest): boolean => !safeMethods.includes(method)

/**
 * Refuses a changing request that a page of another origin sent in its reader's name. Browsers say where a request comes
 * from, and no page can make them lie. A client that says nothing must know `token`, unless that is null: then there is
 * nothing it could know, and no browser made since 2020 is silent.
 */
export function refuseForgery(request: FastifyRequest, config: AuthConfig, token: string | null): void {
  if (!isUnsafe(request)) return
  const site = request.headers['sec-fetch-site']
  if (site === 'same-origin' || site === 'none') return
  const origin = request.headers.origin ?? refererOrigin(request.headers.referer)
  if (origin !== undefined) {
    if (!site && origin === originOf(request, { BASE_PATH: '' })) return
    if (config.CSRF_TRUSTED_ORIGINS.some(trusted => isOrigin(origin, trusted))) return
    throw failed(`Origin checking failed - ${origin} does not match any trusted origins.`)
  }
  if (site) throw failed('Origin checking failed - the request comes from another site.')
  if (token === null) return
  const given = request.headers['x-csrftoken']
  if (typeof given !== 'string' || !given) throw failed('CSRF token missing.')
  const [left, right] = [Buffer.from(given), Buffer.from(token)]
  if (left.length !== right.length || !timingSafeEqual(left, right))
    throw failed("CSRF token from the 'X-Csrftoken' HTTP header incorrect.")
}

/** `https://*.example.com` stands for every subdomain. */
function isOrigin(origin: string, trusted: string): boolean {
  const star = trusted.indexOf('://*.')
  if (star < 0) return origin.toLowerCase() === trusted.toLowerCase().replace(/\/$/, '')
  const scheme = trusted.slice(0, star + 3).toLowerCase()
  const domain = trusted.slice(star + 4).toLowerCase()
  return origin.toLowerCase().startsWith(scheme) && origin.toLowerCase().endsWith(domain)
}

const refererOrigin = (referer: string | undefined) =>
  referer && URL.canParse(referer) ? new URL(referer).origin : undefined

const failed = (why: string) => new HttpError(403, { detail: `CSRF Failed: ${why}` })
