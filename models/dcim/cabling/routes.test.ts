import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSuperuser } from '@demarc/engine/auth'
import { createApp } from '@demarc/engine/http'
import { pathOf } from '@demarc/engine/model'
import { restRoutes } from '@demarc/engine/rest'
import { registry } from '@demarc/models'
import { sql } from 'kysely'
import { pino } from 'pino'
import { readConfig } from '../../../server/config.ts'
import { testDatabase } from '../../../tests/database.ts'
import { buildPlants, type Plants } from '../../../tests/plants.ts'
import { testWriter } from '../../../tests/writer.ts'

const db = await testDatabase()
const { create, change, row, rows } = await testWriter(db)
const plants = await buildPlants((model, ...items) => create(model, ...items))
const user = { id: 1, username: 'somebody', superuser: true }
const config = { ...readConfig({}), ALLOWED_HOSTS: ['*'] }
const app = createApp({
  config,
  logger: pino({ level: 'silent' }),
  routes: [restRoutes({ db, registry, config, identify: async () => ({ user, via: 'session', writes: true }) })],
})

const addressOf = (plant: keyof Plants) => {
  const [name, id] = plants[plant]
  const model = registry.model(name)
  return `/api/${model.app}/${pathOf(model)}/${id}/`
}

async function get(url: string) {
  const statements: string[] = []
  const stop = db.watch(text => void statements.push(text))
  const { statusCode, body } = await app.inject({ method: 'GET', url, headers: { host: 'demarc.test' } })
  stop()
  assert.equal(statusCode, 200, body)
  return { body, statements: statements.length }
}

const routesOf = async (plant: keyof Plants) => JSON.parse((await get(`${addressOf(plant)}routes/`)).body)
const drawn = async (plant: keyof Plants) => (await get(`${addressOf(plant)}trace/?render=svg`)).body
const texts = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(match => match[1])

test('a trace costs the row, its path, and two levels of names, however long it is', async () => {
  const { body, statements } = await get(`${addressOf('panel')}trace/`)
  assert.equal(JSON.parse(body).length, 3)
  assert.equal(statements, 4)
  assert.equal((await get(`${addressOf('wireless')}trace/`)).statements, 4)
  assert.equal((await get(`${addressOf('panel')}routes/`)).statements, 4)
})

test('a route tells how long it is, of circuits too, and whether that is all', async () => {
  const long = async (plant: keyof Plants) => {
    const [{ metres, definitive }] = (await routesOf(plant)).routes
    return [metres, definitive]
  }
  assert.deepEqual(await long('panel'), [90.5, true])
  assert.deepEqual(await long('circuit'), [12_006, true])
  assert.deepEqual(await long('cloud'), [3, false])
  assert.deepEqual(await long('duplex'), [6, false])
})

test('where a path is split, its route tells the ways to go on', async () => {
  const { routes, objects } = await routesOf('split')
  assert.equal(routes[0].is_split, true)
  assert.deepEqual(
    routes[0].onward.map((node: string) => objects[node].display),
    ['Front 1', 'Front 2', 'Front 3'],
  )
})

test('through a trunk lead as many routes as it has strands, each told one way only', async () => {
  const { count, routes } = await routesOf('trunk')
  assert.equal(count, 3)
  assert.equal(new Set(routes.map((route: { segments: object[] }) => JSON.stringify(route.segments[0]))).size, 3)
})

test('a channelized interface has the routes of its channels', async () => {
  const [, id] = plants.breakout
  const device = (await routesOf('breakout')).objects[`dcim.interface:${id}`].parent.split(':')[1]
  await change('dcim.interface', id, { channels: 4 })
  await create('dcim.interface', { device, name: 'et-0/2/0:1', type: 'channel', parent: id, channel_id: 1 })
  const { routes } = await routesOf('breakout')
  assert.equal(routes.length, 1)
  assert.match(routes[0].segments[0].far[0], /^dcim\.interface:/)
})

test('a cable through which no path leads is told of, from the side that is asked about', async () => {
  const [, begin] = plants.open
  const { device_id: device } = await row('dcim.interface', begin)
  const [one, other] = await create(
    'dcim.rearport',
    { device, name: 'Spare 1', type: '8p8c' },
    { device, name: 'Spare 2', type: '8p8c' },
  )
  const at = (id: number) => [{ object_type: 'dcim.rearport', object_id: id }]
  const [cable] = await create('dcim.cable', { a_terminations: at(one), b_terminations: at(other) })
  const told = async (url: string) => {
    const { count, routes } = JSON.parse((await get(url)).body)
    return [count, routes[0].id, routes[0].segments[0].near[0], routes[0].segments[0].far[0]]
  }
  const [a, b] = [`dcim.rearport:${one}`, `dcim.rearport:${other}`]
  assert.deepEqual(await told(`/api/dcim/rear-ports/${other}/routes/`), [0, null, b, a])
  assert.deepEqual(await told(`/api/dcim/cables/${cable}/routes/`), [0, null, a, b])
})

test('a virtual interface has the route over its virtual circuit, and so has each termination of that', async () => {
  const { routes, objects } = await routesOf('virtual')
  const [, id] = plants.virtual
  assert.deepEqual([routes[0].is_complete, routes[0].segments[0].near], [true, [`dcim.interface:${id}`]])
  assert.equal(objects[routes[0].segments[0].links[0]].display, 'NL-V1')
  const [{ id: termination }] = await rows(
    'select id from circuits_virtualcircuittermination where interface_id = $1',
    id,
  )
  const { body } = await get(`/api/circuits/virtual-circuit-terminations/${termination}/routes/?render=svg`)
  for (const words of ['vpls0', 'Virtual circuit NL-V1', 'edge-1', 'Reachable'])
    assert.ok(texts(body).includes(words), words)
})

test('all paths through a port are drawn in one picture', async () => {
  const { body } = await get(`${addressOf('trunk')}routes/?render=svg`)
  const seen = texts(body)
  for (const n of [1, 2, 3]) assert.equal(seen.filter(words => words === `xe-0/1/${n}`).length, 2)
})

test('a drawing shows what holds each end, the cable and how the path ends', async () => {
  const seen = texts(await drawn('panel'))
  for (const words of [
    'core-1',
    'xe-0/0/1',
    'Cable A-101',
    'panel-1',
    'Front 1',
    'Rear',
    'Cable T-1',
    'Planned',
    'edge-1',
  ])
    assert.ok(seen.includes(words), words)
  assert.equal(seen.at(-1), 'Complete, but not all links are connected · 90.5 m')
  assert.ok(texts(await drawn('cloud')).includes('Nordlys Cloud'))
  assert.ok(texts(await drawn('power')).includes('UPS A'))
  assert.ok(texts(await drawn('split')).includes('The path is split. It could go on to:'))
  assert.ok(texts(await drawn('open')).includes('The path ends here'))
  assert.ok(texts(await drawn('unplugged')).includes('Not connected'))
  assert.match(await drawn('wireless'), /class="link radio"/)
})

test('what the caller may not view is drawn, but not named', async () => {
  const [permission] = await create('users.objectpermission', {
    name: 'View interfaces',
    object_types: ['dcim.interface', 'dcim.frontport', 'dcim.rearport'],
    actions: ['view'],
  })
  const viewer = await createSuperuser(db, { username: 'viewer', email: 'v@example.com', password: 'Viewer-viewer-1' })
  await db.rows(
    sql`insert into users_user_object_permissions (user_id, objectpermission_id) values (${viewer}, ${permission})`,
  )
  Object.assign(user, { id: viewer, superuser: false })
  const svg = await drawn('panel')
  const { objects } = await routesOf('panel')
  Object.assign(user, { id: 1, superuser: true })
  assert.deepEqual(
    ['xe-0/0/1', 'Restricted', 'Restricted link', 'core-1', 'Cable A-101'].map(words => texts(svg).includes(words)),
    [true, true, true, false, false],
  )
  assert.ok(!/A-101|core-1|84\.5/.test(svg))
  assert.ok(
    Object.values<{ model: string; display: string | null }>(objects).every(
      ({ model, display }) => (display === null) === ['dcim.cable', 'dcim.device'].includes(model),
    ),
  )
})
