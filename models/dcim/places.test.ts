import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/database.ts'
import { testWriter } from '../../tests/writer.ts'

const db = await testDatabase()
const { create, change, remove, faults, rows } = await testWriter(db)

const [north, south] = await create('dcim.region', { name: 'N', slug: 'n' }, { name: 'S', slug: 's' })
const [here, there] = await create(
  'dcim.site',
  { name: 'Here', slug: 'here', region: north },
  { name: 'There', slug: 'there', region: south },
)
const [manufacturer] = await create('dcim.manufacturer', { name: 'Maker', slug: 'maker' })
const [role] = await create('dcim.devicerole', { name: 'Role', slug: 'role', color: 'aa0000' })
const [type] = await create('dcim.devicetype', { manufacturer, model: 'Box', slug: 'box' })

test('a location that moves to another site takes all along', async () => {
  const [hall] = await create('dcim.location', { name: 'Hall', slug: 'hall', site: here })
  const [room] = await create('dcim.location', { name: 'Room', slug: 'room', site: here, parent: hall })
  const [rack] = await create('dcim.rack', { name: 'R', site: here, location: room })
  const [device] = await create('dcim.device', { site: here, rack, role, device_type: type })
  await create('dcim.interface', { device, name: 'eth0', type: 'virtual' })
  await create('dcim.coolingsource', { name: 'Chiller', site: here, location: room, type: 'chiller' })
  await create('ipam.prefix', { prefix: '192.0.2.0/24', scope_type: 'dcim.location', scope_id: room })
  await change('dcim.location', hall, { site: there })
  const places = await rows(
    `select site_id from dcim_location where id = $1 union all select site_id from dcim_rack
     union all select site_id from dcim_device union all select _site_id from dcim_interface
     union all select site_id from dcim_coolingsource union all select _site_id from ipam_prefix
     union all select id from dcim_site where region_id = (select _region_id from ipam_prefix)`,
    room,
  )
  assert.deepEqual(
    places.map(row => row.site_id),
    Array.from({ length: 7 }, () => there),
  )
})

test('racks', async t => {
  const [model] = await create('dcim.racktype', {
    manufacturer,
    model: 'Tall',
    slug: 'tall',
    form_factor: '4-post-cabinet',
    u_height: 48,
    weight: 100,
    weight_unit: 'lb',
  })
  const [rack] = await create('dcim.rack', { name: 'T', site: here, rack_type: model, u_height: 10 })
  const measures = async () => (await rows('select u_height, _abs_weight from dcim_rack where id = $1', rack))[0]
  await t.test('take after their type, now and later', async () => {
    assert.deepEqual(await measures(), { u_height: 48, _abs_weight: 45359 })
    await change('dcim.racktype', model, { u_height: 42, weight_unit: 'kg' })
    assert.deepEqual(await measures(), { u_height: 42, _abs_weight: 100000 })
  })
  await t.test('units are reserved once, also in one request', async () => {
    const [user] = await rows(
      `insert into users_user (username, password, first_name, last_name, email, is_active, is_superuser, date_joined) values ('u', '', '', '', '', true, false, now()) returning id`,
    )
    const hold = (...units: number[]) => ({ rack, units, user: Number(user.id), description: 'held' })
    const refused = await faults(create('dcim.rackreservation', hold(1, 2), hold(2), hold(43), hold()))
    assert.deepEqual(refused, { 1: ['units'], 2: ['units'], 3: ['units'] })
  })
})

test('virtual chassis', async t => {
  const box = (name: string) => ({ name, site: here, role, device_type: type })
  const [first, second, alone] = await create('dcim.device', box('1'), box('2'), box('3'))
  const [chassis] = await create('dcim.virtualchassis', { name: 'Stack', master: first })
  const member = async (id: number) =>
    (
      await rows(
        'select virtual_chassis_id as of, vc_position as at, vc_priority as priority from dcim_device where id = $1',
        id,
      )
    )[0]
  await t.test('the master of a new one joins it', async () =>
    assert.deepEqual(await member(first), { of: chassis, at: 1, priority: null }),
  )
  await t.test('the master is a member, and stays one', async () => {
    assert.deepEqual(await faults(change('dcim.virtualchassis', chassis, { master: alone })), { [chassis]: ['master'] })
    assert.deepEqual(await faults(change('dcim.device', first, { virtual_chassis: null })), {
      [first]: ['virtual_chassis'],
    })
  })
  await t.test('it cannot go while a LAG spans it; then members lose their place', async () => {
    await change('dcim.device', second, { virtual_chassis: chassis, vc_position: 2, vc_priority: 9 })
    const [lag] = await create('dcim.interface', { device: first, name: 'ae0', type: 'lag' })
    const [port] = await create('dcim.interface', { device: second, name: 'p', type: '1000base-t', lag })
    assert.deepEqual(await faults(remove('dcim.virtualchassis', chassis)), { [chassis]: ['__all__'] })
    await change('dcim.interface', port, { lag: null })
    await remove('dcim.virtualchassis', chassis)
    assert.deepEqual(await member(second), { of: null, at: null, priority: null })
  })
})
