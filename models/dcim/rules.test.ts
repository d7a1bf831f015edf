import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/database.ts'
import { restOf } from '../../tests/integrity/app.ts'
import { testWriter } from '../../tests/writer.ts'

const db = await testDatabase()
const ask = await restOf(db)
const { create, change, remove, faults, row, rows } = await testWriter(db)

const one = async (model: string, item: object) => (await create(model, item))[0]!
const named = (name: string, more: object = {}) => ({ name, slug: name.toLowerCase().replaceAll(' ', '-'), ...more })
const [here, there] = await create('dcim.site', named('Here'), named('There'))
const manufacturer = await one('dcim.manufacturer', named('Maker'))
const role = await one('dcim.devicerole', named('Role'))
const type = (model: string, more: object = {}) =>
  one('dcim.devicetype', { manufacturer, model, slug: model.toLowerCase(), u_height: 0, ...more })
const device_type = await type('Box')
const [parentType, childType] = [
  await type('Parent', { subdevice_role: 'parent' }),
  await type('Child', { subdevice_role: 'child' }),
]
const device = (more: object = {}) => ({ site: here, device_type, role, ...more })
const box = (more: object = {}) => one('dcim.device', device(more))
/** What of an item that is to be created is refused. */
const refused = async (model: string, item: object) => (await faults(create(model, item)))[0] ?? []
/** The same of a change, after which everything is as before. */
const refusedOf = async (model: string, id: number, item: object) => (await faults(change(model, id, item)))[id] ?? []

test('names of devices are their own at a site, for each tenant, however they are written', async () => {
  const tenant = await one('tenancy.tenant', named('Tenant'))
  await box({ name: 'sw-1' })
  const cases: readonly (readonly [object, readonly string[]])[] = [
    [{ name: 'SW-1' }, ['__all__']],
    [{ name: 'sw-1', site: there }, []],
    [{ name: 'sw-1', tenant }, []],
    [{ name: 'Sw-1', tenant }, ['__all__']],
    [{ name: null }, []],
    [{ name: null }, []],
    [{ name: '' }, []],
    [{ name: '' }, ['__all__']],
  ]
  for (const [more, keys] of cases) assert.deepEqual(await refused('dcim.device', device(more)), keys)
})

test('a node has a name of its own among its siblings alone', async () => {
  for (const model of ['dcim.region', 'dcim.sitegroup', 'dcim.devicerole']) {
    const [north, south] = await create(model, named('North'), named('South'))
    for (const parent of [north, south]) assert.deepEqual(await refused(model, named('Centre', { parent })), [])
    assert.deepEqual(await refused(model, named('North', { parent: north })), [])
    assert.deepEqual(await refused(model, named('Centre', { parent: north })), ['__all__'])
    assert.deepEqual(await refused(model, named('North')), ['__all__'])
    assert.deepEqual(await refusedOf(model, north!, { parent: north }), ['parent'])
  }
})

test('regions stand below their parents, whatever those are called', async () => {
  const listed = async () => {
    const { body } = await ask('GET', 'dcim/regions/?fields=name&limit=0')
    return body.results.map(({ name }: { name: string }) => name).join(' ')
  }
  assert.equal(await listed(), 'North Centre North South Centre')
  const [north] = await rows(`select id from dcim_region where name = 'North' and parent_id is null`)
  await change('dcim.region', north.id, { name: 'Zenith' })
  assert.equal(await listed(), 'South Centre Zenith Centre North')
})

test('a rack that moves takes its devices along, even to no location', async () => {
  const location = await one('dcim.location', named('Hall', { site: here }))
  const rack = await one('dcim.rack', { name: 'A1', site: here, location })
  const id = await box({ name: 'racked', rack })
  const port = await one('dcim.interface', { device: id, name: 'eth0', type: 'virtual' })
  const place = async () => {
    const [{ site_id, location_id }, { _site_id, _location_id, _rack_id }] = [
      await row('dcim.device', id),
      await row('dcim.interface', port),
    ] as [any, any]
    return [site_id, location_id, _site_id, _location_id, _rack_id]
  }
  assert.deepEqual(await place(), [here, location, here, location, rack])
  await change('dcim.rack', rack, { site: there, location: null })
  assert.deepEqual(await place(), [there, null, there, null, rack])
})

test('what is disabled takes nothing in, and keeps what it has', async t => {
  await t.test('a bay of a device', async () => {
    const parent = await box({ device_type: parentType, name: 'chassis' })
    const [child, other] = [await box({ device_type: childType }), await box({ device_type: childType })]
    const [open, shut] = await create(
      'dcim.devicebay',
      { device: parent, name: 'open' },
      { device: parent, name: 'shut', enabled: false },
    )
    assert.deepEqual(await refusedOf('dcim.devicebay', shut!, { installed_device: child }), ['installed_device'])
    assert.deepEqual(await refusedOf('dcim.devicebay', open!, { installed_device: parent }), ['__all__'])
    await change('dcim.devicebay', open!, { installed_device: child })
    await change('dcim.devicebay', open!, { enabled: false })
    assert.deepEqual(await refusedOf('dcim.devicebay', open!, { installed_device: child, description: 'x' }), [])
    assert.deepEqual(await refusedOf('dcim.devicebay', open!, { installed_device: other }), ['installed_device'])
  })
  await t.test('a bay of modules', async () => {
    const [id, module_type] = [await box(), await one('dcim.moduletype', { manufacturer, model: 'Card' })]
    const [open, shut] = await create(
      'dcim.modulebay',
      { device: id, name: 'open' },
      { device: id, name: 'shut', enabled: false },
    )
    const install = (module_bay?: number) => ({ device: id, module_bay, module_type })
    assert.deepEqual(await refused('dcim.module', install(shut)), ['module_bay'])
    const module = await one('dcim.module', install(open))
    assert.deepEqual(await refused('dcim.module', install(open)), ['module_bay'])
    await change('dcim.modulebay', open!, { enabled: false })
    assert.deepEqual(await refusedOf('dcim.module', module, { serial: 'x', module_bay: open }), [])
    assert.deepEqual(await refusedOf('dcim.module', module, { module_bay: shut }), ['module_bay'])
  })
})

test('an interface has one primary address, which stays with it', async () => {
  const id = await box({ name: 'macs' })
  const eth = (name: string, more: object) => ({ device: id, name, type: '1000base-t', ...more })
  const port = await one('dcim.interface', eth('eth0', { mac_address: '0053.0000.0001' }))
  const [first] = await rows('select id from dcim_macaddress where assigned_object_id = $1', port)
  await change('dcim.interface', port, { mac_address: '00:53:00:00:00:02' })
  await change('dcim.interface', port, { mac_address: '00-53-00-00-00-01' })
  assert.equal((await row('dcim.interface', port))['primary_mac_address_id'], first.id)
  const free = await one('dcim.macaddress', { mac_address: '00:53:00:00:00:03' })
  const cases: readonly (readonly [object, readonly string[]])[] = [
    [{ mac_address: 'nonsense' }, ['mac_address']],
    [{ mac_address: '00:53:00:00:00:02', primary_mac_address: first.id }, ['__all__']],
    [{ mac_address: '00:53:00:00:00:01', primary_mac_address: null }, ['__all__']],
    [{ mac_address: '00:53:00:00:00:01', primary_mac_address: first.id }, []],
    [{ primary_mac_address: free }, ['__all__']],
  ]
  for (const [item, keys] of cases) assert.deepEqual(await refusedOf('dcim.interface', port, item), keys)
  const nowhere = { assigned_object_type: null, assigned_object_id: null }
  assert.deepEqual(await refusedOf('dcim.macaddress', first.id, nowhere), ['__all__'])
  await create('dcim.interface', eth('eth1', { primary_mac_address: free }))
  assert.deepEqual(await refused('dcim.interface', eth('eth2', { primary_mac_address: free })), ['__all__'])
  await remove('dcim.macaddress', first.id)
  assert.equal((await row('dcim.interface', port))['primary_mac_address_id'], null)
})

test('what supplies power and coolant stands where it supplies', async () => {
  const [rack, far] = await create('dcim.rack', { name: 'P1', site: here }, { name: 'P2', site: there })
  const location = await one('dcim.location', named('Plant', { site: there }))
  const power_panel = await one('dcim.powerpanel', { name: 'UPS', site: here })
  const cooling_source = await one('dcim.coolingsource', { name: 'Tower', site: here, type: 'cooling-tower' })
  const cases: readonly (readonly [model: string, item: object, keys: readonly string[]])[] = [
    ['dcim.powerpanel', { name: 'A', site: here, location }, ['__all__']],
    ['dcim.coolingsource', { name: 'A', site: here, type: 'crac', location }, ['__all__']],
    ['dcim.powerfeed', { name: 'A', power_panel, rack: far }, ['__all__']],
    ['dcim.powerfeed', { name: 'B', power_panel, voltage: -48 }, ['voltage']],
    ['dcim.powerfeed', { name: 'B', power_panel, voltage: 0, supply: 'dc' }, ['voltage']],
    ['dcim.powerfeed', { name: 'B', power_panel, rack, voltage: -48, supply: 'dc' }, []],
    ['dcim.coolingfeed', { name: 'A', cooling_source, rack: far }, ['__all__']],
    ['dcim.coolingfeed', { name: 'A', cooling_source, rack, max_flow: 4 }, ['__all__']],
    ['dcim.coolingfeed', { name: 'A', cooling_source, rack, max_flow: 4, max_flow_unit: 'lpm' }, []],
  ]
  for (const [model, item, keys] of cases) assert.deepEqual(await refused(model, item), keys, JSON.stringify(item))
  const [feed] = await rows(`select id from dcim_coolingfeed`)
  await change('dcim.coolingfeed', feed.id, { max_flow: null })
  assert.equal((await row('dcim.coolingfeed', feed.id))['max_flow_unit'], null)
  for (const [path, id] of [
    ['cooling-sources', cooling_source],
    ['power-panels', power_panel],
    ['racks', rack],
  ] as const)
    assert.equal((await ask('DELETE', `dcim/${path}/${id}/`)).status, 409)
})
