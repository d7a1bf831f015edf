import { createHash, createHmac } from 'node:crypto'

/** Who asks a service of the kind of Amazon's. */
export interface Keys {
  readonly id: string
  readonly secret: string
}

const hashOfNothing = createHash('sha256').update('').digest('hex')

/** The headers that sign a `GET` of an address for a bucket's service: AWS Signature Version 4. */
export function signedHeaders(url: URL, region: string, keys: Keys, now: Date): Record<string, string> {
  const moment = now.toISOString().replace(/[-:]|\.\d+/g, '')
  const scope = `${moment.slice(0, 8)}/${region}/s3/aws4_request`
  const headers = { host: url.host, 'x-amz-content-sha256': hashOfNothing, 'x-amz-date': moment }
  const names = Object.keys(headers).join(';')
  const request = [
    'GET',
    url.pathname,
    [...url.searchParams]
      .map(([name, value]) => `${strict(name)}=${strict(value)}`)
      .sort()
      .join('&'),
    ...Object.entries(headers).map(([name, value]) => `${name}:${value}`),
    '',
    names,
    hashOfNothing,
  ].join('\n')
  const text = ['AWS4-HMAC-SHA256', moment, scope, createHash('sha256').update(request).digest('hex')].join('\n')
  const key = scope.split('/').reduce<Buffer | string>((key, part) => hmac(key, part), `AWS4${keys.secret}`)
  const signature = hmac(key, text).toString('hex')
  return {
    'x-amz-content-sha256': hashOfNothing,
    'x-amz-date': moment,
    authorization: `AWS4-HMAC-SHA256 Credential=${keys.id}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
  }
}

const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** Everything but letters, digits and `-._~` as its bytes. */
export const strict = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, letter => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
