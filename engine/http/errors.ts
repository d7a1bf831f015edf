import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isApi } from './headers.ts'

/** An answer other than success, as status and body, to be thrown from anywhere in a request. */
export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly statusCode: number
  readonly body: unknown
  readonly headers: Readonly<Record<string, string>>

  constructor(statusCode: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    super(typeof body === 'string' ? body : JSON.stringify(body))
    this.statusCode = statusCode
    this.body = body
    this.headers = headers
  }
}

/** The release of NetBox whose behaviour is followed. */
export const netboxVersion = '4.7.3'

/** The release of Python that NetBox would report; clients only show it. */
export const pythonVersion = '3.12.3'

/** Gives every failure the shape clients of NetBox expect; what went wrong inside is logged, with the request's id. */
export function addErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    if (error instanceof HttpError) return reply.code(error.statusCode).headers(error.headers).send(error.body)
    const status = error.statusCode ?? 500
    if (status < 500) return sendProblem(request, reply, status, detailOf(error, request))
    request.log.error(error, 'request failed')
    return reply.code(status).send({
      error: error.message,
      exception: error.name,
      netbox_version: netboxVersion,
      python_version: pythonVersion,
    })
  })
}

/** Answers with a status: JSON with `detail` in the API, a small page elsewhere. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  detail: string,
): FastifyReply {
  if (isApi(request.url) || request.url.startsWith('/graphql')) return reply.code(status).send({ detail })
  return sendPage(reply, status, detail)
}

/** Answers that there is nothing at an address: with a page, also in the API, unless the client wants JSON alone. */
export function sendMissing(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return /^\s*application\/json\b/.test(request.headers.accept ?? '')
    ? sendProblem(request, reply, 404, 'Not found.')
    : sendPage(reply, 404, 'There is nothing at this address.')
}

/** Answers with a page that holds one sentence, below the name of its status unless another title is given. */
export function sendPage(
  reply: FastifyReply,
  status: number,
  sentence: string,
  title = STATUS_CODES[status] ?? 'Error',
): FastifyReply {
  const text = sentence.replace(/[&<>"]/g, letter => `&#${letter.charCodeAt(0)};`)
  const style = 'body{font:16px/1.5 system-ui,sans-serif;max-width:36em;margin:20vh auto;padding:0 1em}'
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .send(
      `<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>${title}</title><style>${style}</style></head>\n` +
        `<body><h1>${title}</h1><p>${text}</p></body>\n</html>\n`,
    )
}

function detailOf(error: FastifyError, request: FastifyRequest): string {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
    return 'Request body exceeded settings.DATA_UPLOAD_MAX_MEMORY_SIZE.'
  }
  if (error.statusCode === 415) return `Unsupported media type "${request.headers['content-type']}" in request.`
  return error.message
}
