import type { FastifyRequest } from 'fastify'

/** The format that a request names, as `sites.json` or `?format=json`; null where it leaves that to `Accept`. */
export function formatOf({ url }: Pick<FastifyRequest, 'url'>): string | null {
  const [path = '', ...query] = url.split('?')
  return /\.(json|api)$/.exec(path)?.[1] ?? new URLSearchParams(query.join('?')).get('format')
}
