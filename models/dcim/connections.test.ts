import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exportRoutes } from '@demarc/engine/export'
import { createApp } from '@demarc/engine/http'
import { listingRoutes } from '@demarc/engine/rest'
import { registry } from '@demarc/models'
import { pino } from 'pino'
import { readConfig } from '../../server/config.ts'
import { testDatabase } from '../../tests/database.ts'
import { buildPlants } from '../../tests/plants.ts'
import { testWriter } from '../../tests/writer.ts'

const db = await testDatabase()
const { create } = await testWriter(db)
await buildPlants((model, ...items) => create(model, ...items))
await create('extras.exporttemplate', {
  name: 'names',
  object_types: ['dcim.powerport'],
  template_code: '{% for port in queryset %}{{ port.device.name }} {{ port.name }}\n{% endfor %}',
})
const user = { id: 1, username: 'somebody', superuser: true }
const options = {
  db,
  registry,
  config: { ...readConfig({}), ALLOWED_HOSTS: ['*'] },
  identify: async () => ({ user, via: 'session', writes: true }) as const,
}
const app = createApp({
  config: options.config,
  logger: pino({ level: 'silent' }),
  routes: [listingRoutes(options), exportRoutes(options)],
})
const get = (url: string) => app.inject({ method: 'GET', url, headers: { host: 'demarc.test' } })

test('a list of connections holds the endpoints whose paths lead to an end, reachable or not', async () => {
  const { count, results } = (await get('/ui/lists/dcim.interfaceconnection/?limit=100&device=core-1')).json()
  assert.deepEqual(
    results.map(({ name, connected_endpoints_reachable }: Record<string, unknown>) => [
      name,
      connected_endpoints_reachable,
    ]),
    [
      ['xe-0/0/1', false],
      ['xe-0/1/1', true],
      ['xe-0/1/2', true],
      ['xe-0/1/3', true],
      ['et-0/2/0', true],
      ['xe-0/3/0', true],
      ['xe-0/4/0', true],
      ['xe-0/4/1', true],
    ],
  )
  assert.equal(count, 8)
  assert.equal((await get('/ui/lists/dcim.powerconnection/?fields=id')).json().count, 2)
  assert.equal((await get('/ui/lists/dcim.consoleconnection/?fields=id')).json().count, 0)
  assert.equal((await get('/ui/lists/dcim.interface/')).statusCode, 404)
})

test('a list of connections is exported in its own columns, and by templates of its model', async () => {
  assert.deepEqual((await get('/dcim/power-connections/?export=table')).body.split('\r\n'), [
    'Device,Power Port,Connection,Reachable',
    'core-1,PSU 1,pdu-1 > Outlet 1,True',
    'pdu-1,Inlet,Feed A1,True',
    '',
  ])
  assert.match((await get('/dcim/power-connections/?export')).body, /^Device,Power Port,Connection,Reachable,ID,Cable,/)
  assert.match((await get('/ui/export/dcim.powerconnection?columns=name,device')).body, /^Name,Device\r\nPSU 1,core-1/)
  assert.equal((await get('/dcim/power-connections/?export=names&device=pdu-1')).body, 'pdu-1 Inlet\n')
})

test('whoever may not view the ports may not view their connections', async () => {
  Object.assign(user, { id: 2, superuser: false })
  assert.equal((await get('/ui/lists/dcim.powerconnection/')).statusCode, 403)
  assert.equal((await get('/dcim/power-connections/?export')).statusCode, 403)
})
