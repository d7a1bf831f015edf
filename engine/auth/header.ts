import type { FastifyRequest } from 'fastify'
import { headerName } from '../http/index.ts'

/** The text of a header's value, which Node hands over byte by byte; null where the bytes are not UTF-8. */
export function decodeHeader(value: string): string | null {
  if (/^[\x20-\x7e]*$/.test(value)) return value
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'))
  } catch {
    return null
  }
}

/** The value of the header that a setting names as `HTTP_REMOTE_USER`; null where it is absent or empty. */
export function headerOf(request: FastifyRequest, setting: string): string | null {
  const value = request.headers[headerName(setting)]
  const text = (Array.isArray(value) ? value[0] : value)?.trim()
  return text ? (decodeHeader(text) ?? text) : null
}
