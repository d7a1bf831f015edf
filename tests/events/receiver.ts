import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'

/** A request that the receiver of webhooks got. */
interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** The body, where it is JSON. */
  readonly body: any
}

/** A server that takes down what it is sent, and answers as `answers` says, 200 where that says nothing. */
export async function openReceiver() {
  const received: Received[] = []
  const answers: number[] = []
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const text = Buffer.concat(parts).toString()
    const body = text.startsWith('{') ? JSON.parse(text) : undefined
    received.push({ method: request.method!, path: request.url!, headers: request.headers, text, body })
    if (request.url === '/moved/') response.writeHead(307, { location: '/there/' }).end()
    else response.writeHead(answers.shift() ?? 200).end('Thank you.')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  after(() => server.close())
  return { received, answers, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}
