import { JobFailed } from '@demarc/engine/job'
import type { Found } from './folder.ts'
import { signedHeaders, strict, type Keys } from './signature.ts'

/** A part of a bucket of Amazon S3 or of a service that speaks as it does. */
export interface Bucket {
  /** `https://s3.<region>.amazonaws.com/<bucket>/<prefix>`, or the same at another service. */
  readonly url: string
  /** Without, it is asked as anybody may. */
  readonly keys: Keys | null
}

/** The objects of a bucket below its prefix, as files. A key that would lead out of there fails all of it. */
export async function* filesInBucket(
  { url, keys }: Bucket,
  ignored: (path: string) => boolean,
  signal: AbortSignal,
): AsyncGenerator<Found> {
  const { origin, bucket, prefix, region } = partsOf(url)
  const get = async (path: string) => {
    const address = new URL(path, origin)
    const response = await fetch(address, {
      headers: keys ? signedHeaders(address, region, keys, new Date()) : {},
      // Whoever we may be sent to is told nothing.
      redirect: 'manual',
      signal,
    }).catch(error => {
      signal.throwIfAborted()
      const { code, message } = (error.cause ?? error) as NodeJS.ErrnoException
      throw new JobFailed(`The bucket cannot be reached: ${code ?? message}.`)
    })
    if (response.status === 200) return Buffer.from(await response.arrayBuffer())
    const reason = /<Code>([A-Za-z]+)<\/Code>/.exec(await response.text())?.[1]
    throw new JobFailed(`The bucket answers with status ${response.status}${reason ? `, ${reason}` : ''}.`)
  }
  let next: string | null = ''
  while (next !== null) {
    const query: string = [
      ...(next ? [`continuation-token=${strict(next)}`] : []),
      'encoding-type=url',
      'list-type=2',
      `prefix=${strict(prefix)}`,
    ].join('&')
    const page: string = (await get(`/${strict(bucket)}/?${query}`)).toString()
    for (const [, text] of page.matchAll(/<Key>([^<]*)<\/Key>/g)) {
      const key = decodeURIComponent(unescaped(text!).replaceAll('+', ' '))
      const path = key.slice(prefix.length)
      if (path === '' || path.endsWith('/')) continue
      if (!key.startsWith(prefix) || path.split('/').some(part => ['', '.', '..'].includes(part)))
        throw new JobFailed(`The key ${JSON.stringify(key)} leads out of the data source.`)
      if (!ignored(path)) yield { path, bytes: await get(`/${strict(bucket)}/${key.split('/').map(strict).join('/')}`) }
    }
    const token = /<NextContinuationToken>([^<]+)<\/NextContinuationToken>/.exec(page)?.[1]
    next = token === undefined ? null : unescaped(token)
  }
}

function partsOf(url: string) {
  const parsed = URL.canParse(url) ? new URL(url) : null
  const [bucket, ...below] = (parsed?.pathname ?? '').split('/').filter(Boolean).map(decodeURIComponent)
  if (!parsed || !/^https?:$/.test(parsed.protocol) || !bucket)
    throw new JobFailed('The address of a bucket looks like https://s3.<region>.amazonaws.com/<bucket>/<prefix>.')
  const region = /^s3[.-]([a-z0-9-]+)\.amazonaws\.com$/.exec(parsed.hostname)?.[1] ?? 'us-east-1'
  return { origin: parsed.origin, bucket, prefix: below.map(part => `${part}/`).join(''), region }
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const unescaped = (text: string) => text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name]!)
