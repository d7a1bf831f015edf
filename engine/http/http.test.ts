import assert from 'node:assert/strict'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import test from 'node:test'
import { gunzipSync } from 'node:zlib'
import { pino } from 'pino'
import {
  bodyOf,
  clientAddressOf,
  createApp,
  formOf,
  HttpError,
  originOf,
  type AppOptions,
  type HttpConfig,
} from './index.ts'

const defaults: HttpConfig = {
  BASE_PATH: '',
  ALLOWED_HOSTS: ['*'],
  CORS_ORIGIN_ALLOW_ALL: false,
  CORS_ORIGIN_WHITELIST: [],
  CORS_ORIGIN_REGEX_WHITELIST: [],
  DATA_UPLOAD_MAX_MEMORY_SIZE: 2000,
  FILE_UPLOAD_MAX_MEMORY_SIZE: 4000,
  HTTP_CLIENT_IP_HEADERS: ['HTTP_X_REAL_IP', 'HTTP_X_FORWARDED_FOR', 'REMOTE_ADDR'],
  METRICS_ENABLED: false,
  SECURE_HSTS_SECONDS: 0,
  SECURE_HSTS_INCLUDE_SUBDOMAINS: false,
  SECURE_HSTS_PRELOAD: false,
  SECURE_SSL_REDIRECT: false,
}

const uuid4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const html = { accept: 'text/html,*/*;q=0.8' }

function build(settings: Partial<HttpConfig> = {}, more: Partial<AppOptions> = {}) {
  const config = { ...defaults, ...settings }
  return createApp({
    config,
    logger: pino({ level: 'silent' }),
    routes: [
      app => {
        app.get('/api/things/', async request => ({
          origin: originOf(request, config),
          all: [...(request.query as any)],
        }))
        app.get('/api/large/', async () => ({ text: 'x'.repeat(5000) }))
        app.get('/api/broken/', async () => {
          throw new TypeError('cannot read')
        })
        app.get('/api/mine/', async request => {
          request.username = 'ada'
          throw new HttpError(409, { detail: 'Taken.' })
        })
        app.get('/api/address/', async request => ({ address: clientAddressOf(request, config) }))
        app.post('/api/things/', async request => {
          const body = await bodyOf(request)
          return body instanceof FormData ? Object.fromEntries(body) : { body }
        })
        app.post('/login/', async request => Object.fromEntries(formOf(request)))
      },
    ],
    ...more,
  })
}

function pages() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'demarc-web-'))
  fs.mkdirSync(path.join(folder, 'assets'))
  fs.writeFileSync(path.join(folder, 'index.html'), '<html><head></head><body>app</body></html>')
  fs.writeFileSync(path.join(folder, 'assets/main-abc.js'), 'main()')
  fs.writeFileSync(path.join(folder, 'favicon.svg'), '<svg/>')
  return folder
}

test('every answer has an id of its own and the security headers', async () => {
  const app = build()
  const made = '0d9cbf4e-6a1c-4c39-9d6e-0d7c8b0f5a11'
  for (const url of ['/api/things/', '/api/nothing/', '/nothing', '/healthz', '/%ff/', '/api/broken/']) {
    const { headers } = await app.inject({ url, headers: { 'x-request-id': made } })
    assert.match(String(headers['x-request-id']), uuid4, url)
    assert.notEqual(headers['x-request-id'], made)
    assert.equal(headers['x-frame-options'], 'SAMEORIGIN')
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['referrer-policy'], 'same-origin')
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin')
    assert.equal(headers['api-version'], url.startsWith('/api/') ? '4.7' : undefined)
    assert.match(String(headers.vary), /HX-Request, Accept-Language, Cookie, origin/)
  }
})

test('repeated parameters stay apart, in order', async () => {
  const { all } = (await build().inject('/api/things/?id=2&id=1&q=a+b%26')).json()
  assert.deepEqual(all, [['id', '2'], ['id', '1'], ['q', 'a b&']]) // prettier-ignore
})

test('a missing final slash is a redirect for reading and nothing for writing the API', async () => {
  const app = build()
  const reading = await app.inject('/api/things?id=1&id=2')
  assert.equal(reading.statusCode, 301)
  assert.equal(reading.headers.location, '/api/things/?id=1&id=2')
  assert.equal(reading.headers['content-type'], 'text/html; charset=utf-8')
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
    assert.equal((await app.inject({ method, url: '/api/things', payload: {} })).statusCode, 404)
  }
  assert.equal((await app.inject({ method: 'POST', url: '/login' })).statusCode, 301)
  assert.equal(
    (await build({ BASE_PATH: 'netbox' }).inject('/netbox/api/things')).headers.location,
    '/netbox/api/things/',
  )
})

test('an unknown path of the API is a page, unless JSON is wanted', async () => {
  const typeFor = async (accept: string) => {
    const answer = await build().inject({ url: '/api/nothing/', headers: { accept } })
    assert.equal(answer.statusCode, 404)
    return String(answer.headers['content-type'])
  }
  assert.match(await typeFor('*/*'), /^text\/html/)
  assert.match(await typeFor('application/json'), /^application\/json/)
})

test('JSON and multipart bodies are parsed, others refused', async () => {
  const app = build()
  const post = (type: string, payload: string) =>
    app.inject({ method: 'POST', url: '/api/things/', payload, headers: { 'content-type': type } })
  assert.deepEqual((await post('application/json; charset=utf-8', '{"name":"é"}')).json(), { body: { name: 'é' } })
  assert.deepEqual((await app.inject({ method: 'POST', url: '/api/things/' })).json(), {})
  const malformed = await post('application/json', '{"name"')
  assert.equal(malformed.statusCode, 400)
  assert.match(malformed.json().detail, /^JSON parse error - /)
  const form = await post('application/x-www-form-urlencoded', 'a=1')
  assert.equal(form.statusCode, 415)
  assert.deepEqual(form.json(), { detail: 'Unsupported media type "application/x-www-form-urlencoded" in request.' })
  const parts = '--x\r\ncontent-disposition: form-data; name="name"\r\n\r\nams\r\n--x--\r\n'
  assert.deepEqual((await post('multipart/form-data; boundary=x', parts)).json(), { name: 'ams' })
  assert.equal((await post('multipart/form-data; boundary=y', parts)).statusCode, 400)
  assert.equal((await post('nonsense', '{}')).statusCode, 415)
  const login = { method: 'POST', url: '/login/', payload: 'username=ada&password=a%20b' } as const
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  assert.deepEqual((await app.inject({ ...login, headers })).json(), { username: 'ada', password: 'a b' })
})

test('a body over the limit is refused, one at the limit is not', async () => {
  const app = build()
  const post = (length: number) => {
    const payload = `"${'x'.repeat(length - 2)}"`
    return app.inject({ method: 'POST', url: '/api/things/', payload, headers: { 'content-type': 'application/json' } })
  }
  assert.equal((await post(2000)).statusCode, 200)
  const refused = await post(2001)
  assert.equal(refused.statusCode, 413)
  assert.deepEqual(refused.json(), { detail: 'Request body exceeded settings.DATA_UPLOAD_MAX_MEMORY_SIZE.' })
})

test('a failure has the shape clients know, and no stack', async () => {
  const app = build()
  const answer = await app.inject('/api/broken/')
  assert.equal(answer.statusCode, 500)
  assert.deepEqual(Object.keys(answer.json()), ['error', 'exception', 'netbox_version', 'python_version'])
  assert.equal(answer.json().exception, 'TypeError')
  assert.deepEqual((await app.inject('/api/mine/')).json(), { detail: 'Taken.' })
})

test('the log names the request, the user and the time', async () => {
  const lines: any[] = []
  const logger = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) })
  const app = build({}, { logger })
  const { headers } = await app.inject('/api/mine/?a=1')
  await app.inject('/healthz')
  assert.equal(lines.length, 1)
  const { request_id, user, status, path, method, ms } = lines[0]
  assert.deepEqual(
    [request_id, user, status, path, method],
    [headers['x-request-id'], 'ada', 409, '/api/mine/?a=1', 'GET'],
  )
  assert.equal(typeof ms, 'number')
})

test('pages of allowed origins may read, after a preflight', async () => {
  const app = build({
    CORS_ORIGIN_WHITELIST: ['https://a.example'],
    CORS_ORIGIN_REGEX_WHITELIST: ['https://\\w+\\.b\\.example$'],
  })
  const ask = (origin: string) =>
    app.inject({
      method: 'OPTIONS',
      url: '/api/things/',
      headers: { origin, 'access-control-request-method': 'PATCH' },
    })
  for (const origin of ['https://a.example', 'https://x.b.example']) {
    const { statusCode, headers, body } = await ask(origin)
    assert.deepEqual([statusCode, body, headers['access-control-allow-origin']], [200, '', origin])
    assert.match(String(headers['access-control-allow-headers']), /authorization/)
    assert.equal(headers['access-control-allow-credentials'], undefined)
  }
  const stranger = await ask('https://evil.example')
  assert.deepEqual([stranger.statusCode, stranger.headers['access-control-allow-origin']], [200, undefined])
  const all = await build({ CORS_ORIGIN_ALLOW_ALL: true }).inject({
    url: '/api/things/',
    headers: { origin: 'https://c' },
  })
  assert.equal(all.headers['access-control-allow-origin'], '*')
  assert.throws(() => build({ CORS_ORIGIN_REGEX_WHITELIST: ['('] }), { name: 'Problem' })
})

test('only allowed hosts are answered', async () => {
  const app = build({ ALLOWED_HOSTS: ['net.example', '.inner.example'] })
  const ask = async (headers: Record<string, string>) => (await app.inject({ url: '/api/things/', headers })).statusCode
  assert.equal(await ask({ host: 'NET.example:8000' }), 200)
  assert.equal(await ask({ host: 'a.inner.example' }), 200)
  assert.equal(await ask({ host: 'evilinner.example' }), 400)
  assert.equal(await ask({ host: 'other.example' }), 400)
  assert.equal(await ask({ host: 'net.example', 'x-forwarded-host': 'other.example' }), 400)
  assert.equal(await ask({ host: 'net.example/path' }), 400)
  assert.equal((await app.inject({ url: '/healthz', headers: { host: '10.0.0.1' } })).statusCode, 200)
})

test('absolute addresses are those the client used', async () => {
  const ask = async (headers: Record<string, string>, settings = {}) => {
    const prefix = 'BASE_PATH' in settings ? '/netbox' : ''
    return (await build(settings).inject({ url: `${prefix}/api/things/`, headers })).json().origin
  }
  assert.equal(await ask({ host: 'a.example:8000' }), 'http://a.example:8000')
  const proxy = { host: 'inner', 'x-forwarded-proto': 'https', 'x-forwarded-host': 'a.example, inner' }
  assert.equal(await ask(proxy), 'https://a.example')
  assert.equal(await ask(proxy, { BASE_PATH: 'netbox' }), 'https://a.example/netbox')
})

test('the address of a client is read from the configured headers', async () => {
  const ask = async (headers: Record<string, string>) =>
    (await build().inject({ url: '/api/address/', headers, remoteAddress: '::ffff:192.0.2.9' })).json().address
  assert.equal(await ask({}), '192.0.2.9')
  assert.equal(await ask({ 'x-forwarded-for': '192.0.2.1:4711, 10.0.0.1' }), '192.0.2.1')
  assert.equal(await ask({ 'x-real-ip': '[2001:db8::1]:80', 'x-forwarded-for': '192.0.2.1' }), '2001:db8::1')
})

test('with a base path, nothing else is served but probes', async () => {
  const app = build({ BASE_PATH: 'netbox' }, { web: pages() })
  const status = async (url: string) => (await app.inject({ url, headers: html })).statusCode
  assert.deepEqual(
    [
      await status('/netbox/api/things/'),
      await status('/api/things/'),
      await status('/netboxapi/'),
      await status('/healthz'),
    ],
    [200, 404, 404, 200],
  )
  assert.match((await app.inject({ url: '/netbox/dcim/', headers: html })).body, /<base href="\/netbox\/">/)
})

test('web pages are served for every address of the interface', async () => {
  const app = build({}, { web: pages() })
  const page = await app.inject({ url: '/dcim/sites/1/', headers: html })
  assert.deepEqual([page.statusCode, page.headers['cache-control']], [200, 'no-cache'])
  assert.match(page.body, /<base href="\/">/)
  const asset = await app.inject('/assets/main-abc.js')
  assert.equal(asset.body, 'main()')
  assert.match(String(asset.headers['cache-control']), /immutable/)
  assert.doesNotMatch(String((await app.inject('/favicon.svg')).headers['cache-control']), /immutable/)
  assert.equal((await app.inject('/assets/gone.js')).headers['cache-control'], undefined)
  assert.equal((await app.inject({ url: '/dcim/sites', headers: html })).headers.location, '/dcim/sites/')
  assert.equal((await app.inject({ url: '/dcim/', headers: { accept: 'application/json' } })).statusCode, 404)
  assert.equal((await app.inject({ method: 'POST', url: '/dcim/', headers: html })).statusCode, 404)
  assert.equal((await app.inject('/assets/../../../../etc/passwd')).headers.location, '/etc/passwd/')
})

test('large answers are compressed, small ones are not', async () => {
  const headers = { 'accept-encoding': 'gzip' }
  const large = await build().inject({ url: '/api/large/', headers })
  assert.equal(large.headers['content-encoding'], 'gzip')
  assert.equal(JSON.parse(gunzipSync(large.rawPayload).toString()).text.length, 5000)
  assert.match(String(large.headers.vary), /accept-encoding/i)
  assert.equal((await build().inject({ url: '/api/things/', headers })).headers['content-encoding'], undefined)
})

test('metrics count requests by route', async () => {
  const app = build({ METRICS_ENABLED: true }, { pool: { totalCount: 3, idleCount: 2, waitingCount: 0 } })
  await app.inject('/api/things/?q=secret')
  await app.inject('/api/nothing/')
  const { body, statusCode } = await app.inject('/metrics')
  assert.equal(statusCode, 200)
  assert.match(
    body,
    /demarc_http_request_duration_seconds_count\{method="GET",route="\/api\/things\/",status="200"\} 1/,
  )
  assert.match(body, /rest_api_requests_total_by_method\{method="GET"\} 2/)
  assert.match(body, /demarc_database_connections 3/)
  assert.doesNotMatch(body, /secret/)
  assert.equal((await build().inject('/metrics')).statusCode, 404)
})

test('readiness is asked, and its failure means no', async () => {
  assert.equal((await build({}, { ready: async () => true }).inject('/readyz')).statusCode, 200)
  assert.equal((await build({}, { ready: () => Promise.reject(new Error()) }).inject('/readyz')).statusCode, 503)
})
