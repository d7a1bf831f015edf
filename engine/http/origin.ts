import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyRequest } from 'fastify'
import type { HttpConfig } from './config.ts'

/** What absolute URLs in an answer begin with: scheme, host and base path, as `https://host/netbox`, no final slash. */
export function originOf(request: FastifyRequest, config: Pick<HttpConfig, 'BASE_PATH'>): string {
  const base = config.BASE_PATH && `/${config.BASE_PATH}`
  return `${isSecure(request) ? 'https' : 'http'}://${hostOf(request.headers)}${base}`
}

/** Whether the client came over HTTPS, to this server or to a proxy before it. */
export function isSecure(request: FastifyRequest): boolean {
  return first(request.headers['x-forwarded-proto']) === 'https' || request.protocol === 'https'
}

/** The host and port the client asked for. */
export function hostOf(headers: IncomingHttpHeaders): string {
  return first(headers['x-forwarded-host']) || headers.host || ''
}

/** Whether a host, with or without a port, is well formed and among the allowed ones. */
export function isAllowedHost(host: string, allowed: readonly string[]): boolean {
  const name = /^([a-z0-9._-]+|\[[a-f0-9:.]+\])(:\d+)?$/i.exec(host)?.[1]?.toLowerCase().replace(/\.$/, '')
  if (!name) return false
  return allowed.some(pattern => {
    const wanted = pattern.toLowerCase()
    if (wanted === '*' || wanted === name) return true
    return wanted.startsWith('.') && (name.endsWith(wanted) || name === wanted.slice(1))
  })
}

/** The address of the client by the first of HTTP_CLIENT_IP_HEADERS that is present, or null. */
export function clientAddressOf(
  request: FastifyRequest,
  config: Pick<HttpConfig, 'HTTP_CLIENT_IP_HEADERS'>,
): string | null {
  for (const name of config.HTTP_CLIENT_IP_HEADERS) {
    const value = name === 'REMOTE_ADDR' ? request.socket.remoteAddress : first(request.headers[headerName(name)])
    if (value) return bareAddress(value)
  }
  return null
}

/** `HTTP_X_REAL_IP`, as NetBox's settings name a header, is `x-real-ip`. */
export function headerName(setting: string): string {
  return setting
    .replace(/^HTTP_/, '')
    .replaceAll('_', '-')
    .toLowerCase()
}

/** An address without port and brackets; an IPv4 client of an IPv6 socket is an IPv4 client. */
function bareAddress(value: string): string {
  const bracketed = /^\[(.+)\](:\d+)?$/.exec(value)?.[1]
  const address = bracketed ?? (/^[\d.]+:\d+$/.test(value) ? value.slice(0, value.indexOf(':')) : value)
  return address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
}

function first(header: string | string[] | undefined): string | undefined {
  const text = Array.isArray(header) ? header[0] : header
  return text?.split(',')[0]!.trim()
}
