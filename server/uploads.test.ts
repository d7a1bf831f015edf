import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createToken } from '@demarc/engine/auth'
import { setChoices } from '@demarc/engine/field'
import { createApp } from '@demarc/engine/http'
import { registry } from '@demarc/models'
import { pino } from 'pino'
import { testDatabase } from '../tests/database.ts'
import { testWriter } from '../tests/writer.ts'
import { readConfig } from './config.ts'
import { routesOf } from './routes.ts'

const db = await testDatabase()
const media = mkdtempSync(join(tmpdir(), 'demarc-media-'))
const config = { ...readConfig({}), MEDIA_ROOT: media, DEFAULT_PERMISSIONS: {} }
const app = createApp({ config, logger: pino({ level: 'silent' }), routes: routesOf({ config, db, registry }) })
after(async () => {
  await app.close()
  rmSync(media, { recursive: true, force: true })
})

const { create } = await testWriter(db)
const password = 'Correct-Horse-7'
const [admin, viewer] = await create('users.user', { username: 'admin', password }, { username: 'viewer', password })
await db.query('update users_user set is_superuser = true where id = $1', [admin])
const tokenOf = async (userId: number) => `Token ${(await createToken(db, { userId, version: 1 })).plaintext}`
const [adminToken, viewerToken] = [await tokenOf(admin), await tokenOf(viewer)]

const get = (url: string, headers: Record<string, string> = {}) => app.inject({ url, headers })

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

test('a picture is uploaded as a form, and shown to those who may view what it belongs to', async () => {
  const [maker] = await create('dcim.manufacturer', { name: 'Maker', slug: 'maker' })
  const parts: [name: string, value: string][] = [
    ['manufacturer.slug', 'maker'],
    ['model', 'M1'],
    ['slug', 'm1'],
  ]
  const head = parts.map(
    ([name, value]) => `--uploads\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const body = Buffer.concat([
    Buffer.from(
      `${head.join('')}--uploads\r\nContent-Disposition: form-data; name="front_image"; filename="front view.png"\r\nContent-Type: image/png\r\n\r\n`,
    ),
    pixel,
    Buffer.from('\r\n--uploads--\r\n'),
  ])
  const made = await app.inject({
    method: 'POST',
    url: '/api/dcim/device-types/',
    headers: { authorization: adminToken, 'content-type': 'multipart/form-data; boundary=uploads' },
    payload: body,
  })
  assert.equal(made.statusCode, 201, made.body)
  assert.equal(made.json().manufacturer.id, maker)
  const { pathname } = new URL(made.json().front_image)
  assert.equal(pathname, '/media/devicetype-images/front_view.png')

  const shown = await get(pathname, { authorization: adminToken })
  assert.deepEqual([shown.statusCode, shown.headers['content-type']], [200, 'image/png'])
  assert.equal(shown.headers['content-security-policy'], "sandbox; default-src 'none'")
  assert.deepEqual(shown.rawPayload, pixel)
  assert.equal((await get(pathname, { authorization: viewerToken })).statusCode, 404)
  assert.equal((await get('/media/devicetype-images/other.png', { authorization: adminToken })).statusCode, 404)
  assert.equal((await get('/media/..%2f..%2fetc%2fpasswd', { authorization: adminToken })).statusCode, 404)
  const wrong = await get(pathname, { authorization: `Token ${'0'.repeat(40)}` })
  assert.deepEqual([wrong.statusCode, wrong.body], [403, 'Invalid token'])
  const anonymous = await get(pathname)
  assert.deepEqual(
    [anonymous.statusCode, anonymous.headers.location],
    [302, `/login/?next=${encodeURIComponent(pathname)}`],
  )
})

test('browsers get a page, programs JSON, on several lines if they wish', async () => {
  const authorization = adminToken
  const cases: [url: string, accept: string | undefined, type: RegExp][] = [
    ['/api/status/', undefined, /json/],
    ['/api/status/', '*/*', /json/],
    ['/api/status/', 'text/html,application/xhtml+xml,*/*;q=0.8', /html/],
    ['/api/status/', 'text/html, application/json', /json/],
    ['/api/status/?format=api', 'application/json', /html/],
    ['/api/status/?format=json', 'text/html', /json/],
    ['/api/dcim/sites/99/', 'text/html', /html/],
  ]
  for (const [url, accept, type] of cases) {
    const answer = await get(url, { authorization, ...(accept && { accept }) })
    assert.match(String(answer.headers['content-type']), type, `${url} ${accept}`)
  }
  await create('dcim.site', { name: '<script>', slug: 'evil' })
  const page = await get('/api/dcim/sites/?format=api', { authorization })
  assert.ok(!page.body.includes('<script>') && page.body.includes('&#60;script&#62;'))
  const spread = await get('/api/', { authorization, accept: 'application/json; indent=4' })
  assert.match(spread.body, /^\{\n {4}"/)
})

test('background work is for superusers to see, and refused while nobody does it', async () => {
  const background = async (url: string, payload: unknown, headers = {}) => {
    const answer = await app.inject({
      method: 'PATCH',
      url,
      headers: { authorization: adminToken, 'content-type': 'application/json', ...headers },
      payload: JSON.stringify(payload),
    })
    return answer.statusCode
  }
  assert.equal(await background('/api/dcim/sites/?background=True', []), 503)
  assert.equal(await background('/api/dcim/sites/?background=1', []), 200)
  assert.equal(await background('/api/dcim/sites/?background=true', [], { 'if-match': '*' }), 400)
  assert.equal(await background('/api/users/tokens/?background=true', []), 400)
  for (const path of ['queues', 'queues/default', 'workers', 'tasks']) {
    const url = `/api/core/background-${path}/`
    assert.equal((await get(url, { authorization: adminToken })).statusCode, 200, path)
    assert.equal((await get(url, { authorization: viewerToken })).statusCode, 403, path)
  }
  assert.equal((await get('/api/core/background-tasks/1/', { authorization: adminToken })).statusCode, 404)
})

test('whoever is logged in sees the types of objects', async () => {
  assert.equal((await get('/api/core/object-types/', { authorization: viewerToken })).statusCode, 200)
  assert.equal((await get('/api/dcim/sites/', { authorization: viewerToken })).statusCode, 403)
})

test('settings replace choices, or add to them', async () => {
  const authorization = adminToken
  const [site] = await create('dcim.site', { name: 'choice', slug: 'choice', status: 'planned' })
  const status = async () => (await get(`/api/dcim/sites/${site}/?fields=status`, { authorization })).json().status
  assert.deepEqual(await status(), { value: 'planned', label: 'Planned' })
  const before = [...registry.choices.get('dcim.Site.status')!.values].map(
    ([value, { label, color }]) => [value, label, ...(color ? [color] : [])] as [string, string, string?],
  )
  try {
    assert.deepEqual(setChoices(registry.choices, { 'dcim.Site.status+': [['dreamt', 'Dreamt', 'pink']] }), [])
    await create('dcim.site', { name: 'dreamt', slug: 'dreamt', status: 'dreamt' })
    assert.deepEqual(await status(), { value: 'planned', label: 'Planned' })
    setChoices(registry.choices, { 'dcim.Site.status': [['active', 'In use']] })
    assert.deepEqual(await status(), { value: 'planned', label: '' })
    assert.deepEqual(setChoices(registry.choices, { 'dcim.Site.mood': [] }), ['dcim.Site.mood'])
  } finally {
    setChoices(registry.choices, { 'dcim.Site.status': before })
  }
})
