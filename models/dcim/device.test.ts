import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/database.ts'
import { statementsOf } from '../../tests/statements.ts'
import { testWriter } from '../../tests/writer.ts'

const db = await testDatabase()
const { create, change, faults, rows } = await testWriter(db)

const [here, there] = await create('dcim.site', { name: 'Here', slug: 'here' }, { name: 'There', slug: 'there' })
const [maker] = await create('dcim.manufacturer', { name: 'Maker', slug: 'maker' })
const [role] = await create('dcim.devicerole', { name: 'Role', slug: 'role', color: 'aa0000' })
const type = (slug: string, more: object = {}) => ({ manufacturer: maker, model: slug, slug, ...more })
const [full, half, flat, chassis, blade] = await create(
  'dcim.devicetype',
  type('full', { u_height: 2 }),
  type('half', { is_full_depth: false }),
  type('flat', { u_height: 0 }),
  type('chassis', { u_height: 4, subdevice_role: 'parent' }),
  type('blade', { u_height: 0, subdevice_role: 'child' }),
)
const device = (more: object) => ({ site: here, role, device_type: full, ...more })

test('mounting', async t => {
  const [rack] = await create('dcim.rack', { name: 'R1', site: here, u_height: 10 })
  const at = (position: number, device_type: number, face = 'front') => device({ rack, position, face, device_type })
  const cases: Record<string, [object[], Record<number, string[]>]> = {
    'devices of one request take room from each other': [[at(1, full), at(2, full)], { 1: ['position'] }],
    'opposite faces hold a shallow device each': [[at(5, half), at(5, half, 'rear')], {}],
    'a full-depth device needs both faces': [[at(5, half, 'rear'), at(4, full)], { 1: ['position'] }],
    'a device does not stick out': [[at(10, full), at(0.5, half)], { 0: ['position'], 1: ['position'] }],
    'what has no height has no position': [[at(1, flat)], { 0: ['position'] }],
    'a child stands in its parent': [[device({ rack, face: 'front', device_type: blade })], { 0: ['face'] }],
    'half units exist, thirds do not': [
      [at(1.5, half), device({ rack, position: 3.5, device_type: half })],
      { 1: ['face'] },
    ],
    'a rack is at the site': [[device({ site: there, rack })], { 0: ['rack'] }],
  }
  for (const [name, [items, expected]] of Object.entries(cases))
    await t.test(name, async () => {
      assert.deepEqual(await faults(create('dcim.device', ...items)), expected)
      await rows('delete from dcim_device')
    })
  await t.test('a type does not outgrow the racks that its devices are in', async () => {
    await create('dcim.device', at(1, full), at(3, full))
    assert.deepEqual(await faults(change('dcim.devicetype', full!, { u_height: 3 })), { [full!]: ['u_height'] })
    assert.deepEqual(await faults(change('dcim.devicetype', full!, { u_height: 1 })), {})
    assert.deepEqual(await faults(change('dcim.devicetype', full!, { u_height: 0 })), { [full!]: ['u_height'] })
  })
  await t.test('a rack does not shrink below what is in it', async () => {
    assert.deepEqual(await faults(change('dcim.rack', rack!, { u_height: 2 })), { [rack!]: ['u_height'] })
    assert.deepEqual(await faults(change('dcim.rack', rack!, { starting_unit: 2 })), { [rack!]: ['starting_unit'] })
    assert.deepEqual(await faults(change('dcim.rack', rack!, { u_height: 3 })), {})
  })
})

test('a device that moves takes its parts and its children along', async () => {
  const [rack] = await create('dcim.rack', { name: 'R2', site: there })
  await create('dcim.devicebaytemplate', { device_type: chassis, name: 'Bay 1' })
  const [parent, child] = await create(
    'dcim.device',
    device({ name: 'parent', device_type: chassis }),
    device({ name: 'child', device_type: blade }),
  )
  await create('dcim.interface', { device: child, name: 'eth0', type: 'virtual' })
  const [bay] = await rows('select id from dcim_devicebay where device_id = $1', parent)
  await change('dcim.devicebay', bay.id, { installed_device: child })
  await change('dcim.device', parent!, { site: there, rack })
  const [port] = await rows('select _site_id, _rack_id from dcim_interface where device_id = $1', child)
  assert.deepEqual(port, { _site_id: there, _rack_id: rack })
  await change('dcim.rack', rack!, { site: here })
  const [moved] = await rows('select _site_id from dcim_interface where device_id = $1', child)
  assert.equal(moved._site_id, here)
})

test('components of templates', async t => {
  const [stack] = await create('dcim.virtualchassis', { name: 'Stack' })
  const [sw] = await create('dcim.devicetype', type('switch'))
  const template = (name: string, more: object = {}) => ({ device_type: sw, name, type: '1000base-t', ...more })
  const [, parent] = await create(
    'dcim.interfacetemplate',
    template('ge-{vc_position:9}/0/1'),
    template('et-{vc_position}', { channels: 4 }),
  )
  await create('dcim.interfacetemplate', template('et-{vc_position}:1', { type: 'channel', channel_id: 1, parent }))
  const [inlet] = await create('dcim.powerporttemplate', { device_type: sw, name: 'PSU' })
  await create('dcim.poweroutlettemplate', { device_type: sw, name: 'Out', power_port: inlet })
  const [rear] = await create('dcim.rearporttemplate', { device_type: sw, name: 'Rear', type: 'mpo', positions: 2 })
  await create('dcim.frontporttemplate', {
    device_type: sw,
    name: 'Front',
    type: 'lc',
    rear_ports: [{ position: 1, rear_port: rear, rear_port_position: 2 }],
  })
  const [item] = await create('dcim.inventoryitemtemplate', {
    device_type: sw,
    name: 'Supply',
    component_type: 'dcim.powerporttemplate',
    component_id: inlet,
  })
  await create('dcim.inventoryitemtemplate', { device_type: sw, name: 'Fan', parent: item })
  const [alone, member] = await create(
    'dcim.device',
    device({ device_type: sw }),
    device({ device_type: sw, virtual_chassis: stack, vc_position: 3 }),
  )
  const names = async (id: number) =>
    (
      await rows(
        `select i.name || coalesce(' of ' || p.name, '') as name from dcim_interface i
         left join dcim_interface p on p.id = i.parent_id where i.device_id = $1 order by i.id`,
        id,
      )
    ).map(row => row.name)
  await t.test('are called by the place of the device in its chassis', async () => {
    assert.deepEqual(await names(alone!), ['et-0', 'et-0:1 of et-0', 'ge-9/0/1'])
    assert.deepEqual(await names(member!), ['et-3', 'et-3:1 of et-3', 'ge-3/0/1'])
  })
  await t.test('hang together as their templates do', async () => {
    const found = await rows(
      `select o.name, p.device_id = o.device_id and p.name = 'PSU' as fed,
         (select count(*)::int from dcim_portmapping m where m.device_id = o.device_id and m.rear_port_position = 2) as mapped,
         (select string_agg(i.name || ':' || nlevel(i.path) || coalesce(':' || i.component_type, ''), ' ' order by i.path) from dcim_inventoryitem i where i.device_id = o.device_id) as items
       from dcim_poweroutlet o join dcim_powerport p on p.id = o.power_port_id where o.device_id = any($1)`,
      [alone, member],
    )
    const expected = { name: 'Out', fed: true, mapped: 1, items: 'Supply:1:dcim.powerport Fan:2' }
    assert.deepEqual(found, [expected, expected])
  })
  await t.test('are counted', async () => {
    const [counts] = await rows(
      'select interface_count, power_port_count, front_port_count, inventory_item_count from dcim_device where id = $1',
      member,
    )
    assert.deepEqual(Object.values(counts).map(Number), [3, 1, 1, 2])
  })
  await t.test('never share a name', async () => {
    await create('dcim.interfacetemplate', template('ge-9/0/1'))
    assert.deepEqual(await faults(create('dcim.device', device({ device_type: sw }))), { 0: ['__all__'] })
  })
})

test('statements do not grow with the devices that are created', async () => {
  const [rack] = await create('dcim.rack', { name: 'R3', site: here, u_height: 100 })
  const [big] = await create('dcim.devicetype', type('big'))
  await create(
    'dcim.interfacetemplate',
    ...Array.from({ length: 48 }, (_, at) => ({ device_type: big, name: `ge-0/0/${at}`, type: '1000base-t' })),
  )
  await create('dcim.modulebaytemplate', { device_type: big, name: 'Slot', position: '1' })
  let position = 0
  const statements = async (count: number) => {
    const items = Array.from({ length: count }, () =>
      device({ name: `big ${++position}`, device_type: big, rack, position, face: 'front' }),
    )
    return statementsOf(db, () => create('dcim.device', ...items))
  }
  await statements(1)
  assert.equal(await statements(40), await statements(2))
})
