import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { HttpConfig } from './config.ts'
import { HttpError } from './errors.ts'

/** Bodies arrive as bytes and are parsed when asked for: who asks and what exists is checked before what was sent. */
export function addBodies(app: FastifyInstance, config: HttpConfig): void {
  app.removeAllContentTypeParsers()
  const asItIs = async (_request: FastifyRequest, bytes: Buffer) => bytes
  app.addContentTypeParser('*', { parseAs: 'buffer' }, asItIs)
  const bodyLimit = Math.max(config.DATA_UPLOAD_MAX_MEMORY_SIZE, config.FILE_UPLOAD_MAX_MEMORY_SIZE)
  app.addContentTypeParser('multipart/form-data', { parseAs: 'buffer', bodyLimit }, asItIs)
}

type Sent = Pick<FastifyRequest, 'headers' | 'body'>

/** The body of an API request: a JSON value, the parts of a multipart form, or undefined if there is none. */
export async function bodyOf(request: Sent): Promise<unknown> {
  const bytes = bytesOf(request)
  if (!bytes?.length) return undefined
  const type = mediaTypeOf(request)
  if (type === 'application/json') return parseJson(bytes)
  if (type === 'multipart/form-data') return parseForm(request, bytes)
  throw new HttpError(415, { detail: `Unsupported media type "${request.headers['content-type'] ?? ''}" in request.` })
}

/** The fields of a form that a page sent; empty if the body is something else. */
export function formOf(request: FastifyRequest): URLSearchParams {
  const isForm = mediaTypeOf(request) === 'application/x-www-form-urlencoded'
  return new URLSearchParams(isForm ? bytesOf(request)?.toString('utf8') : '')
}

function bytesOf(request: Sent): Buffer | undefined {
  return Buffer.isBuffer(request.body) ? request.body : undefined
}

function mediaTypeOf(request: Sent): string | undefined {
  return request.headers['content-type']?.split(';')[0]!.trim().toLowerCase()
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw new HttpError(400, { detail: `JSON parse error - ${(error as Error).message}` })
  }
}

async function parseForm(request: Sent, bytes: Buffer): Promise<FormData> {
  try {
    return await new Response(bytes as Uint8Array<ArrayBuffer>, {
      headers: { 'content-type': request.headers['content-type']! },
    }).formData()
  } catch {
    throw new HttpError(400, { detail: 'Multipart form parse error - Invalid boundary or parts.' })
  }
}
