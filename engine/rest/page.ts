import type { FastifyInstance, FastifyRequest } from 'fastify'
import { formatOf } from './format.ts'

/** Answers browsers with a page that shows the JSON, and prints it over several lines where `Accept` says `indent`. */
export function addPages(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const type = String(reply.getHeader('content-type') ?? '')
    if (typeof payload !== 'string' || !type.startsWith('application/json')) return payload
    if (!wantsPage(request)) return indented(request, payload)
    reply.type('text/html; charset=utf-8')
    return pageOf(request, reply.statusCode, String(reply.getHeader('allow') ?? ''), payload)
  })
}

/** JSON is offered first: a page is for those who ask for it and not for JSON. */
function wantsPage(request: FastifyRequest): boolean {
  const format = formatOf(request)
  if (format !== null) return format === 'api'
  const types = (request.headers.accept ?? '*/*').split(',').map(part => part.split(';')[0]!.trim().toLowerCase())
  return !types.includes('application/json') && types.includes('text/html')
}

function indented(request: FastifyRequest, text: string): string {
  const indent = /application\/json\s*;[^,]*indent=(\d)\b/.exec(request.headers.accept ?? '')?.[1]
  return indent === undefined || text === ''
    ? text
    : JSON.stringify(JSON.parse(text), null, Math.min(Number(indent), 8))
}

const escaped = (text: string) => text.replaceAll(/[&<>"]/g, letter => `&#${letter.charCodeAt(0)};`)

const style =
  'body{font:15px/1.5 system-ui,sans-serif;max-width:80rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}' +
  'h1{font-size:1.2rem}pre{overflow:auto;padding:1rem;border:1px solid #8884;border-radius:6px}'

function pageOf(request: FastifyRequest, status: number, allow: string, text: string): string {
  const json = text === '' ? '' : JSON.stringify(JSON.parse(text), null, 2)
  const [path] = request.url.split('?')
  const linked = escaped(json).replaceAll(
    /(&#34;)(https?:\/\/[^\s&]+)(&#34;)/g,
    (_, open: string, url: string, close: string) => `${open}<a href="${url}">${url}</a>${close}`,
  )
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="robots" content="none"><title>${escaped(path!)}</title><style>${style}</style></head>
<body><h1>${escaped(request.method)} ${escaped(request.url)}</h1><p>HTTP ${status}${allow && ` · Allow: ${escaped(allow)}`}</p><pre>${linked}</pre></body>
</html>
`
}
