import { readFile } from 'node:fs/promises'
import { Agent, interceptors, ProxyAgent, request, type Dispatcher } from 'undici'

/** An HTTP request to somebody else's server. */
export interface CallOut {
  readonly url: string
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Seconds to wait for a connection, and then for each part of the answer. */
  readonly seconds: number
  /** Whether the server must prove who it is. */
  readonly verify: boolean
  /** File of the certificate authorities that are trusted instead of the usual ones. */
  readonly authorities: string | null
  /** Proxies by the scheme of the address: `http`, `https`. */
  readonly proxies: Readonly<Record<string, string>>
  readonly signal: AbortSignal
}

export interface Answer {
  readonly status: number
  readonly body: string
}

const redirections = 10

/** Send a request and wait for the answer. Throws an Error that says what went wrong, for whoever set the address up. */
export async function callOut(call: CallOut): Promise<Answer> {
  if (!URL.canParse(call.url) || !/^https?:$/.test(new URL(call.url).protocol))
    throw new Error(`${call.url || 'Nothing'} is no address of a web server.`)
  const dispatcher = await dispatcherFor(call)
  try {
    const answer = await request(call.url, {
      method: call.method as Dispatcher.HttpMethod,
      headers: { 'user-agent': 'Demarc', ...call.headers },
      body: call.body,
      dispatcher: dispatcher.compose(interceptors.redirect({ maxRedirections: redirections })),
      signal: call.signal,
    })
    return { status: answer.statusCode, body: await answer.body.text() }
  } catch (error) {
    throw new Error(reasonOf(error as Error & { code?: string }, call.seconds), { cause: error })
  } finally {
    await dispatcher.destroy().catch(() => undefined)
  }
}

async function dispatcherFor({ url, seconds, verify, authorities, proxies }: CallOut): Promise<Dispatcher> {
  const timeout = seconds * 1000
  const tls = { rejectUnauthorized: verify, ...(authorities && { ca: await readFile(authorities) }) }
  const waits = { connectTimeout: timeout, headersTimeout: timeout, bodyTimeout: timeout }
  const proxy = proxies[new URL(url).protocol.slice(0, -1)]
  return proxy
    ? new ProxyAgent({ uri: proxy, requestTls: tls, ...waits })
    : new Agent({ connect: { ...tls, timeout }, ...waits })
}

function reasonOf({ code, message, name }: Error & { code?: string }, seconds: number): string {
  if (code?.startsWith('UND_ERR') && code.includes('TIMEOUT')) return `no answer within ${seconds} seconds.`
  if (code === 'ECONNREFUSED') return 'the connection was refused.'
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'the name of the server is not known.'
  return message || code || name
}
