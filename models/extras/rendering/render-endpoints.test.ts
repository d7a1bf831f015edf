import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createApp } from '@demarc/engine/http'
import { exportRoutes } from '@demarc/engine/export'
import { restRoutes } from '@demarc/engine/rest'
import { sql } from 'kysely'
import { pino } from 'pino'
import { readConfig } from '../../../server/config.ts'
import { insertSamples } from '../../../tests/contract/samples.ts'
import { testDatabase } from '../../../tests/database.ts'
import { registry } from '../../index.ts'

const db = await testDatabase()
await insertSamples(db, 2)
await db.rows(sql`update extras_configtemplate set environment_params = '{"trim_blocks": true}', debug = false,
  template_code = case id when 1 then 'host {{ device.name }} {{ ntp }}' else 'a' || chr(10) || '{{ nope.x }}' end`)
await db.rows(sql`update dcim_device set name = 'sw' || id, config_template_id = nullif(id, 2),
  local_context_data = '{"ntp": "own"}', _config_context_data = null`)
await db.rows(sql`update dcim_devicerole set config_template_id = null`)
await db.rows(sql`update dcim_platform set config_template_id = null`)

const config = { ...readConfig({}), ALLOWED_HOSTS: ['*'] }
const user = { id: 1, username: 'root', superuser: true }
const app = createApp({
  config,
  logger: pino({ level: 'silent' }),
  routes: [restRoutes, exportRoutes].map(routes =>
    routes({ db, registry, config, identify: async () => ({ user, via: 'token', writes: true }) }),
  ),
})
await app.ready()

async function post(path: string, body: object = {}, headers: Record<string, string> = {}) {
  const answer = await app.inject({
    method: 'POST',
    url: `/api/${path}`,
    headers: { host: 'demarc.test', authorization: 'Bearer x', 'accept-encoding': 'identity', ...headers },
    payload: body,
  })
  return { status: answer.statusCode, type: answer.headers['content-type'], text: answer.body }
}

const device = 'dcim/devices/1/render-config/'

test('what is sent lies over the config context', async () => {
  assert.match((await post(device)).text, /"content":"host sw1 own"/)
  assert.match((await post(device, { ntp: 'sent' })).text, /"content":"host sw1 sent"/)
})

test('plain text for who asks for it', async () => {
  const wanted = { status: 200, type: 'text/plain; charset=utf-8', text: 'host sw1 own' }
  assert.deepEqual(await post(device, {}, { accept: 'text/plain' }), wanted)
  assert.deepEqual(await post(`${device}?format=txt`), wanted)
})

test('no template is told, a failure too', async () => {
  const none = await post('dcim/devices/2/render-config/')
  assert.deepEqual([none.status, none.text], [400, '{"error":"No config template found for this device."}'])
  const failed = await post(device, { config_template_id: 2 })
  assert.deepEqual([failed.status, failed.text], [500, `{"detail":"UndefinedError: 'nope' is undefined"}`])
  const inText = await post(`${device}?format=txt`, { config_template_id: 2 })
  assert.deepEqual([inText.status, inText.text], [500, "UndefinedError: 'nope' is undefined"])
})

test('only a token will do', async () => {
  const answer = await app.inject({
    method: 'POST',
    url: `/api/${device}`,
    headers: { host: 'demarc.test' },
    payload: {},
  })
  assert.equal(answer.statusCode, 403)
  assert.equal(answer.json().detail, 'TokenWritePermission requires token authentication.')
})

const get = (url: string) => app.inject({ url, headers: { host: 'demarc.test', 'accept-encoding': 'identity' } })
const rendered = async (id: number) => (await get(`/api/dcim/devices/${id}/rendered-config/`)).json()

test('a page is told the configuration, that there is no template, or the line at fault', async () => {
  const { configtemplate, content, error } = await rendered(1)
  assert.deepEqual([configtemplate.id, content, error], [1, 'host sw1 own', null])
  assert.deepEqual(await rendered(2), { configtemplate: null, content: null, error: null })
  await db.rows(sql`update dcim_device set config_template_id = 2 where id = 1`)
  const failed = await rendered(1)
  assert.deepEqual(failed.error, { message: "UndefinedError: 'nope' is undefined", line: 2, template: 's2' })
  assert.equal(failed.content, null)
  await db.rows(sql`update dcim_device set config_template_id = 1 where id = 1`)
})

test('the configuration is downloaded at the address of its page, and kept by no cache', async () => {
  const file = await get('/dcim/devices/1/render-config/?export=1')
  assert.deepEqual([file.statusCode, file.body], [200, 'host sw1 own'])
  assert.equal(file.headers['cache-control'], 'private, no-store')
  assert.equal(file.headers['content-disposition'], 'attachment; filename="device-1.txt"')
  const none = await get('/dcim/devices/2/render-config/?export=1')
  assert.deepEqual([none.statusCode, none.body], [400, 'No config template found for this device.'])
  assert.equal((await get('/dcim/sites/1/render-config/?export=1')).statusCode, 404)
})

test('config contexts are told in the order in which they are laid over each other', async () => {
  await db.rows(sql`update extras_configcontext set is_active = false`)
  const add = async (name: string, weight: number, data: object) =>
    (
      await db.rows<{ id: number }>(sql`insert into extras_configcontext
        (id, name, weight, is_active, data, description, data_path, auto_sync_enabled)
        values (${weight}, ${name}, ${weight}, true, ${JSON.stringify(data)}::jsonb, '', '', false) returning id`)
    )[0]!.id
  const [last, first] = [
    await add('last', 2000, { ntp: 'b', dns: 'c' }),
    await add('first', 1000, { ntp: 'a', log: 'd' }),
  ]
  const { data, local, contexts } = (await get('/api/dcim/devices/1/config-contexts/')).json()
  assert.deepEqual(data, { ntp: 'own', log: 'd', dns: 'c' })
  assert.deepEqual(local, { ntp: 'own' })
  assert.deepEqual(
    contexts.map((each: any) => [each.context.id, each.weight, each.data]),
    [
      [first, 1000, { ntp: 'a', log: 'd' }],
      [last, 2000, { ntp: 'b', dns: 'c' }],
    ],
  )
})
