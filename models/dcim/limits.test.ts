import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/database.ts'
import { restOf } from '../../tests/integrity/app.ts'
import { testWriter } from '../../tests/writer.ts'

const db = await testDatabase()
const ask = await restOf(db)
const { create, change, faults } = await testWriter(db)

const one = async (model: string, item: object) => (await create(model, item))[0]!
const named = (name: string) => ({ name, slug: name.toLowerCase() })
const site = await one('dcim.site', named('Site'))
const manufacturer = await one('dcim.manufacturer', named('Maker'))
const device_type = await one('dcim.devicetype', { manufacturer, ...named('Type'), model: 'Type' })
const device = await one('dcim.device', {
  name: 'sw',
  site,
  device_type,
  role: await one('dcim.devicerole', named('R')),
})
const rack = await one('dcim.rack', { name: 'A1', site })
const cooling_source = await one('dcim.coolingsource', { name: 'Chiller', site, type: 'chiller' })
const feed = await one('dcim.coolingfeed', { name: 'Loop', cooling_source })
const intake = await one('dcim.coolingintake', { name: 'In', device })
const line = await one('dcim.consoleport', { name: 'con', device })
const module_bay = await one('dcim.modulebay', { name: 'Bay', device })
const module_type = await one('dcim.moduletype', { manufacturer, model: 'Card' })
const context = await one('dcim.virtualdevicecontext', { name: 'Context', device, status: 'active' })
const eth = await one('dcim.interface', { name: 'eth0', device, type: '1000base-t', mtu: 1500 })

test('values have their bounds', async t => {
  const cases: readonly (readonly [model: string, id: number, key: string, refused: unknown[], taken: unknown[]])[] = [
    ['dcim.site', site, 'latitude', [-90.1, 90.1], [-90, 90]],
    ['dcim.site', site, 'longitude', [-180.1, 180.1], [-180, 180]],
    ['dcim.device', device, 'latitude', [-90.1, 90.1], [-90, 90]],
    ['dcim.device', device, 'longitude', [-180.1, 180.1], [-180, 180]],
    ['dcim.device', device, 'position', [0.5, 101], []],
    ['dcim.devicetype', device_type, 'u_height', [-1], [0, 1]],
    ['dcim.rack', rack, 'cooling_capacity', [-1, 1e8, 1e30, '9'.repeat(30)], [0]],
    ['dcim.coolingsource', cooling_source, 'cooling_capacity', [-1], [0]],
    ['dcim.coolingfeed', feed, 'cooling_capacity', [-1], [0]],
    ['dcim.coolingfeed', feed, 'max_flow', [0, -1], []],
    ['dcim.coolingintake', intake, 'diameter', [0, -1], []],
    ['dcim.coolingintake', intake, 'max_flow', [0, -1], []],
    ['dcim.consoleport', line, 'speed', ['', 9601], [9600, '9600', null]],
    ['dcim.virtualdevicecontext', context, 'device', [null], [device]],
    ['dcim.interface', eth, 'wwn', ['x'], ['', null, '0011223344556677']],
  ]
  for (const [model, id, key, refused, taken] of cases)
    await t.test(`${key} of ${model.replace('dcim.', '')}`, async () => {
      for (const value of refused)
        assert.deepEqual(await faults(change(model, id, { [key]: value })), { [id]: [key] }, `${value}`)
      for (const value of taken) await change(model, id, { [key]: value })
    })
})

test('what is asked of components is yes or no, though it only counts for a new module', async () => {
  const wrong = { replicate_components: 'maybe', adopt_components: null }
  const keys = Object.keys(wrong)
  assert.deepEqual(await faults(create('dcim.module', { device, module_bay, module_type, ...wrong })), { 0: keys })
  const module = await one('dcim.module', { device, module_bay, module_type })
  assert.deepEqual(await faults(change('dcim.module', module, wrong)), { [module]: keys })
})

test('an id beyond all ids is nobody', async () => {
  const huge = '99999999999999999999'
  assert.deepEqual(await faults(change('dcim.device', device, { site: huge })), { [device]: ['site'] })
  const item = { device, name: 'Part', component_type: 'dcim.interface', component_id: huge }
  assert.deepEqual(await faults(create('dcim.inventoryitem', item)), { 0: ['component_id'] })
  const port = { device, name: 'Front', type: 'lc', rear_ports: [{ position: 1, rear_port: huge }] }
  assert.deepEqual(await faults(create('dcim.frontport', port)), { 0: ['rear_ports'] })
})

test('a number that no column holds can be asked for, and is not found', async () => {
  const found = async (query: string) => {
    const { status, body } = await ask('GET', `dcim/${query}`)
    return [status, body.count]
  }
  const huge = '99999999999999999999'
  for (const number of ['40000', '3000000000', huge]) {
    assert.deepEqual(await found(`interfaces/?mtu=${number}`), [200, 0])
    assert.deepEqual(await found(`interfaces/?mtu=1500&mtu=${number}`), [200, 1])
    assert.deepEqual(await found(`interfaces/?mtu__lte=${number}`), [200, 1])
    assert.deepEqual(await found(`interfaces/?vlan=${number}`), [200, 0])
    assert.deepEqual(await found(`virtual-device-contexts/?q=${number}`), [200, 0])
    assert.deepEqual(await found(`racks/?u_height__gt=-${number}`), [200, 1])
    assert.deepEqual(await found(`racks/?u_height__n=${number}`), [200, 1])
    assert.deepEqual((await ask('GET', `dcim/racks/?offset=${number}`)).body.results, [])
    assert.deepEqual((await ask('GET', `dcim/racks/?start=${number}`)).body.results, [])
  }
  assert.equal((await ask('PATCH', 'dcim/racks/', [{ id: huge }])).status, 400)
})

test('null characters are refused, wherever they stand', async () => {
  const refused = async (...asked: Parameters<typeof ask>) => {
    const { status, body } = await ask(...asked)
    return [status, Object.keys(body)]
  }
  for (const key of ['name', 'name__ic', 'q', 'tag', 'site', 'status'])
    assert.deepEqual(await refused('GET', `dcim/racks/?${key}=a%00b`), [400, [key]])
  for (const [key, value] of Object.entries({ name: 'a\0', site: { name: '\0' }, custom_fields: { a: ['\0'] } }))
    assert.deepEqual(await refused('PATCH', `dcim/racks/${rack}/`, { [key]: value }), [400, [key]])
})
