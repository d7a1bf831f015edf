import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/database.ts'
import { testWriter } from '../../tests/writer.ts'

const db = await testDatabase()
const { create, change, remove, faults, rows } = await testWriter(db)

const [site] = await create('dcim.site', { name: 'Site', slug: 'site' })
const [manufacturer] = await create('dcim.manufacturer', { name: 'Maker', slug: 'maker' })
const [role] = await create('dcim.devicerole', { name: 'Role', slug: 'role', color: 'aa0000' })
const [chassis] = await create('dcim.devicetype', { manufacturer, model: 'Chassis', slug: 'chassis' })
const [card, optic, odd] = await create(
  'dcim.moduletype',
  ...['Card', 'Optic', 'Odd'].map(model => ({ manufacturer, model })),
)
await create(
  'dcim.modulebaytemplate',
  { device_type: chassis, name: 'Slot 1', position: '1' },
  { device_type: chassis, name: 'Slot 2', position: '2' },
  { device_type: chassis, name: 'Blank' },
  { module_type: card, name: 'Cage {module}/1', position: '{module}/1' },
)
await create(
  'dcim.interfacetemplate',
  { module_type: card, name: 'eth{module}/1', label: 'Port {module}', type: '1000base-t' },
  { module_type: optic, name: 'sfp{module}', type: '1000base-x-sfp' },
  { module_type: odd, name: 'odd{module}{module}{module}', type: 'virtual' },
)
const [one, two] = await create(
  'dcim.device',
  ...['one', 'two'].map(name => ({ name, site, role, device_type: chassis })),
)
const bay = async (device: number, name: string): Promise<number> =>
  (await rows('select id from dcim_modulebay where device_id = $1 and name = $2', device, name))[0]?.id
const names = async (device: number): Promise<string[]> =>
  (
    await rows(
      'select concat_ws($2, name, nullif(label, $3)) as name from dcim_interface where device_id = $1 order by name',
      device,
      '|',
      '',
    )
  ).map(row => row.name)
const module = async (device: number, name: string, module_type: number, more: object = {}) => ({
  device,
  module_bay: await bay(device, name),
  module_type,
  ...more,
})

test('installing', async t => {
  const refused: Record<string, object> = {
    'a name with a placeholder needs a position': await module(one!, 'Blank', card!),
    'as many placeholders as there are bays, or one': await module(one!, 'Slot 1', odd!),
    'a module is in a bay of its own device': await module(one!, 'Slot 1', card!, { device: two }),
  }
  for (const [name, item] of Object.entries(refused))
    await t.test(name, async () => assert.deepEqual(await faults(create('dcim.module', item)), { 0: ['__all__'] }))

  await t.test('a bay holds one module, also within one request', async () => {
    const item = await module(one!, 'Slot 1', card!)
    const other = { ...item, replicate_components: false }
    assert.deepEqual(await faults(create('dcim.module', item, other)), { 1: ['module_bay'] })
  })
  await t.test('a name is taken once, or adopted', async () => {
    const [port] = await create('dcim.interface', { device: two, name: 'eth1/1', type: '1000base-t' })
    const item = await module(two!, 'Slot 1', card!)
    assert.deepEqual(await faults(create('dcim.module', item)), { 0: ['__all__'] })
    const [id] = await create('dcim.module', { ...item, adopt_components: true })
    const [adopted] = await rows('select module_id from dcim_interface where id = $1', port)
    assert.equal(adopted.module_id, id)
    await remove('dcim.module', id!)
    assert.deepEqual(await names(two!), [])
  })
  await t.test('within one request, too', async () => {
    const [module_type] = await create('dcim.moduletype', { manufacturer, model: 'Fixed' })
    await create('dcim.interfacetemplate', { module_type, name: 'mgmt', type: '1000base-t' })
    await create('dcim.modulebaytemplate', { module_type, name: 'Cage' })
    const both = async (more: object = {}) =>
      faults(
        create(
          'dcim.module',
          await module(one!, 'Slot 1', module_type, more),
          await module(one!, 'Slot 2', module_type, { ...more, status: 'planned' }),
        ),
      )
    assert.deepEqual(await both(), { 1: ['__all__'] })
    const [port] = await create('dcim.interface', { device: one, name: 'mgmt', type: '1000base-t' })
    assert.deepEqual(await both(), { 0: ['__all__'], 1: ['__all__'] })
    assert.deepEqual(await both({ adopt_components: true }), { 1: ['__all__'] })
    assert.deepEqual(await both({ replicate_components: false }), {})
    await remove('dcim.module', ...(await rows('select id from dcim_module')).map(({ id }) => id as number))
    await remove('dcim.interface', port)
  })
  await t.test('a bay is adopted once, and another of its name created', async () => {
    const [module_type] = await create('dcim.moduletype', { manufacturer, model: 'Caged' })
    await create('dcim.modulebaytemplate', { module_type, name: 'Cage' })
    const [cage] = await create('dcim.modulebay', { device: one, name: 'Cage' })
    const more = { adopt_components: true }
    const installed = await create(
      'dcim.module',
      await module(one!, 'Slot 1', module_type, more),
      await module(one!, 'Slot 2', module_type, more),
    )
    const cages = await rows('select id, module_id from dcim_modulebay where name = $1 order by module_id', 'Cage')
    assert.deepEqual([cages[0]?.id, ...cages.map(row => row.module_id)], [cage, ...installed])
    await remove('dcim.module', ...installed)
  })
  await t.test('nothing is installed in a disabled bay, but stays in one', async () => {
    const slot = await bay(one!, 'Slot 1')
    const item = await module(one!, 'Slot 1', card!)
    await change('dcim.modulebay', slot, { enabled: false })
    assert.deepEqual(await faults(create('dcim.module', item)), { 0: ['module_bay'] })
    await change('dcim.modulebay', slot, { enabled: true })
    const [id] = await create('dcim.module', item)
    await change('dcim.modulebay', slot, { enabled: false })
    await change('dcim.module', id, { module_bay: slot, serial: 'stays' })
    await change('dcim.modulebay', slot, { enabled: true })
    await remove('dcim.module', id)
  })
  await t.test('types of bays and modules have one in common, where both have any', async () => {
    const [left, right] = await create('dcim.modulebaytype', { name: 'L', slug: 'l' }, { name: 'R', slug: 'r' })
    await change('dcim.modulebay', await bay(one!, 'Slot 2'), { module_bay_types: [left] })
    await change('dcim.moduletype', card!, { module_bay_types: [right] })
    const item = await module(one!, 'Slot 2', card!)
    assert.deepEqual(await faults(create('dcim.module', item)), { 0: ['__all__'] })
    await change('dcim.moduletype', card!, { module_bay_types: [] })
  })
})

test('moving', async t => {
  const [moved] = await create('dcim.module', await module(one!, 'Slot 1', card!))
  const [inner] = await create('dcim.module', await module(one!, 'Cage 1/1', optic!))
  const chain =
    'select name, position, nlevel(path) as depth from dcim_modulebay where device_id = $1 and module_id is not null'

  await t.test('names follow the place', async () => {
    assert.deepEqual(await names(one!), ['eth1/1|Port 1', 'sfp1/1'])
    await change('dcim.module', moved!, { module_bay: await bay(one!, 'Slot 2') })
    assert.deepEqual(await names(one!), ['eth2/1|Port 2', 'sfp2/1'])
    assert.deepEqual(await rows(chain, one), [{ name: 'Cage 2/1', position: '2/1', depth: 2 }])
  })
  await t.test('what was given a name by hand keeps it', async () => {
    const [port] = await rows('select id from dcim_interface where name = $1', 'eth2/1')
    await change('dcim.interface', port.id, { name: 'uplink' })
    await change('dcim.module', moved!, { module_bay: await bay(one!, 'Slot 1') })
    assert.deepEqual(await names(one!), ['sfp1/1', 'uplink|Port 2'])
  })
  await t.test('of its type', async () => {
    const move = { module_bay: await bay(one!, 'Slot 2'), module_type: odd }
    assert.deepEqual(await faults(change('dcim.module', moved!, move)), { [moved!]: ['module_type'] })
    await change('dcim.module', moved!, { module_type: odd })
    await change('dcim.module', moved!, { module_type: card })
  })
  await t.test('nothing moves into itself', async () =>
    assert.deepEqual(await faults(change('dcim.module', moved!, { module_bay: await bay(one!, 'Cage 1/1') })), {
      [moved!]: ['module_bay'],
    }),
  )
  await t.test('to another device, with all inside, unless something ties it', async () => {
    const [port] = await rows('select id from dcim_interface where name = $1', 'sfp1/1')
    const [address] = await create('ipam.ipaddress', {
      address: '192.0.2.1/24',
      assigned_object_type: 'dcim.interface',
      assigned_object_id: port.id,
    })
    const target = { module_bay: await bay(two!, 'Slot 1') }
    assert.deepEqual(await faults(change('dcim.module', moved!, target)), { [moved!]: ['__all__'] })
    await remove('ipam.ipaddress', address!)
    await change('dcim.module', moved!, target)
    assert.deepEqual([await names(one!), await names(two!)], [[], ['sfp1/1', 'uplink|Port 2']])
    const devices = await rows(
      'select device_id, interface_count from dcim_module m join dcim_device d on d.id = m.device_id where m.id = any($1)',
      [moved, inner],
    )
    assert.deepEqual(
      devices.map(row => [row.device_id, Number(row.interface_count)]),
      [
        [two, 2],
        [two, 2],
      ],
    )
  })
})

test('attributes', async () => {
  const schema = { properties: { size: { type: 'integer' }, kind: { type: 'string' } } }
  const [profile] = await create('dcim.moduletypeprofile', { name: 'Memory', schema })
  const sized = { manufacturer, model: 'Sized', profile, attributes: { size: 4, kind: 'x' } }
  const [type] = await create('dcim.moduletype', sized)
  const held = async () =>
    (await rows('select attribute_data from dcim_moduletype where id = $1', type))[0]?.attribute_data
  await change('dcim.moduletype', type!, { attributes: { kind: null } })
  assert.deepEqual(await held(), { size: 4 }, 'one without a value is taken away, the others stay')
  const wrong = change('dcim.moduletype', type!, { attributes: { size: 'large' } })
  assert.deepEqual(await faults(wrong), { [type!]: ['__all__'] })
  for (const attributes of ['size', [4], 4])
    assert.deepEqual(await faults(change('dcim.moduletype', type!, { attributes })), { [type!]: ['attributes'] })
  await change('dcim.moduletype', type!, { attributes: null, profile: null })
  assert.equal(await held(), null)
})

test('a schema of attributes is a JSON schema', async () => {
  const profile = (name: string, schema: unknown) => create('dcim.moduletypeprofile', { name, schema })
  for (const schema of [{ type: 'length' }, { properties: [] }, 'x', 5])
    assert.deepEqual(await faults(profile('wrong', schema)), { 0: ['schema'] }, JSON.stringify(schema))
  for (const schema of [null, {}, { type: 'object', properties: { size: { type: 'integer' } } }])
    await profile(`right ${JSON.stringify(schema)}`, schema)
})
