import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/database.ts'
import { testWriter } from '../../tests/writer.ts'

const db = await testDatabase()
const { create, change, remove, faults, rows } = await testWriter(db)

const [here, there] = await create('dcim.site', { name: 'Here', slug: 'here' }, { name: 'There', slug: 'there' })
const [manufacturer] = await create('dcim.manufacturer', { name: 'Maker', slug: 'maker' })
const [role] = await create('dcim.devicerole', { name: 'Role', slug: 'role', color: 'aa0000' })
const [type] = await create('dcim.devicetype', { manufacturer, model: 'Box', slug: 'box' })
const [stack] = await create('dcim.virtualchassis', { name: 'Stack' })
const box = (name: string, more: object = {}) => ({ name, site: here, role, device_type: type, ...more })
const [device, member, stranger] = await create(
  'dcim.device',
  box('a', { virtual_chassis: stack, vc_position: 1 }),
  box('b', { virtual_chassis: stack, vc_position: 2 }),
  box('c'),
)
const [near, far, global] = await create(
  'ipam.vlan',
  { vid: 1, name: 'near', site: here },
  { vid: 2, name: 'far', site: there },
  { vid: 3, name: 'global' },
)
let count = 0
const port = (more: object = {}) => ({ device, name: `p${++count}`, type: '1000base-t', ...more })
const [split, beside, away, radio] = await create(
  'dcim.interface',
  port({ name: 'et1', channels: 4 }),
  port({ device: member }),
  port({ device: stranger }),
  port({ type: 'ieee802.11ac' }),
)

const cases: Record<string, [object, string[]]> = {
  'no mode, no VLANs': [port({ untagged_vlan: near, tagged_vlans: [near] }), ['untagged_vlan', 'tagged_vlans']],
  'an access port has no tagged VLANs': [port({ mode: 'access', tagged_vlans: [near] }), ['tagged_vlans']],
  'a service VLAN takes q-in-q': [port({ mode: 'access', qinq_svlan: near }), ['qinq_svlan']],
  'VLANs are of the site or of none': [port({ mode: 'tagged', tagged_vlans: [global, far] }), ['tagged_vlans']],
  'an untagged VLAN, too': [port({ mode: 'tagged', untagged_vlan: far }), ['untagged_vlan']],
  'only virtual interfaces and channels have parents': [port({ parent: radio }), ['parent']],
  'a parent may be on a member of the same chassis': [port({ type: 'virtual', parent: beside }), []],
  'but on no other device': [port({ type: 'virtual', parent: away }), ['parent']],
  'nor is a LAG': [port({ lag: away }), ['lag']],
  'a channel has a number': [port({ type: 'channel', parent: split }), ['parent']],
  'and a parent that is split': [port({ type: 'channel', parent: beside, channel_id: 1 }), ['parent']],
  'into as many': [port({ type: 'channel', parent: split, channel_id: 5 }), ['channel_id']],
  'what is virtual is not split': [port({ type: 'bridge', channels: 2 }), ['channels']],
  'power has a direction': [port({ poe_type: 'type1-ieee802.3af' }), ['poe_type']],
  'only what radiates has a channel of the ether': [port({ rf_channel: '5g-32-5160-20' }), ['rf_channel']],
  'whose frequency is its own': [
    port({ type: 'ieee802.11ac', rf_channel: '5g-32-5160-20', rf_channel_frequency: 5180 }),
    ['rf_channel_frequency'],
  ],
}
for (const [name, [item, keys]] of Object.entries(cases))
  test(name, async () => assert.deepEqual(await faults(create('dcim.interface', item)), keys.length ? { 0: keys } : {}))

test('channels', async t => {
  const [child] = await create('dcim.interface', port({ name: 'et1:2', type: 'channel', parent: split, channel_id: 2 }))
  const nameOf = async (id: number) => (await rows('select name from dcim_interface where id = $1', id))[0].name
  await t.test('a channel in use remains', async () =>
    assert.deepEqual(await faults(change('dcim.interface', split!, { channels: 1 })), { [split!]: ['channels'] }),
  )
  await t.test('they are called after their parent, unless the name is taken', async () => {
    await change('dcim.interface', split!, { name: 'et9' })
    assert.equal(await nameOf(child!), 'et9:2')
    await create('dcim.interface', port({ name: 'et7:2' }))
    await change('dcim.interface', split!, { name: 'et7' })
    assert.equal(await nameOf(child!), 'et9:2')
  })
  await t.test('a parent goes with its children alone', async () => {
    assert.deepEqual(await faults(remove('dcim.interface', split!)), { [split!]: ['__all__'] })
    await remove('dcim.interface', split!, child!)
  })
})

test('a mode that has no tagged VLANs drops them', async () => {
  const [id] = await create('dcim.interface', port({ mode: 'tagged', tagged_vlans: [near, global] }))
  assert.deepEqual(await faults(change('dcim.interface', id!, { mode: null })), { [id!]: ['tagged_vlans'] })
  await change('dcim.interface', id!, { mode: 'q-in-q' })
  assert.deepEqual(await rows('select vlan_id from dcim_interface_tagged_vlans where interface_id = $1', id), [])
})

test('ports lead to ports', async t => {
  const [rear, other] = await create(
    'dcim.rearport',
    { device, name: 'rear', type: 'mpo', positions: 2 },
    { device: stranger, name: 'rear', type: 'mpo' },
  )
  const to = (position: number, rear_port_position: number, rear_port = rear) => ({
    position,
    rear_port,
    rear_port_position,
  })
  const front = (name: string, ...rear_ports: object[]) => ({ device, name, type: 'lc', positions: 2, rear_ports })
  const [id] = await create('dcim.frontport', front('f', to(1, 1), to(2, 2)))
  const mapped = async () =>
    await rows(
      'select id, front_port_position, rear_port_position from dcim_portmapping where front_port_id = $1 order by 2',
      id,
    )
  const before = await mapped()
  await t.test('what is sent again stays as it is', async () => {
    await change('dcim.frontport', id!, { rear_ports: [to(1, 1), to(2, 2)] })
    assert.deepEqual(await mapped(), before)
  })
  await t.test('two may be swapped', async () => {
    await change('dcim.frontport', id!, { rear_ports: [to(1, 2), to(2, 1)] })
    assert.deepEqual(
      (await mapped()).map(row => row.rear_port_position),
      [2, 1],
    )
  })
  const refused: Record<string, object> = {
    'no position is mapped twice': front('g', to(1, 1)),
    'nor is one that is not there': front('g', to(1, 3)),
    'nor from one': front('g', to(3, 1)),
    'nor to another device': front('g', to(1, 1, other)),
  }
  for (const [name, item] of Object.entries(refused))
    await t.test(name, async () =>
      assert.deepEqual(await faults(create('dcim.frontport', item)), { 0: ['rear_ports'] }),
    )
  await t.test('positions in use remain', async () =>
    assert.deepEqual(await faults(change('dcim.frontport', id!, { positions: 1 })), { [id!]: ['positions'] }),
  )
})

test('coolant does not run in a circle', async () => {
  const [intake] = await create('dcim.coolingintake', { device, name: 'in' })
  const [outflow] = await create('dcim.coolingoutflow', { device, name: 'out', cooling_intake: intake })
  const [second] = await create('dcim.coolingintake', { device: member, name: 'in', cooling_outflow: outflow })
  const [last] = await create('dcim.coolingoutflow', { device: member, name: 'out', cooling_intake: second })
  assert.deepEqual(await faults(change('dcim.coolingintake', intake!, { cooling_outflow: last })), {
    [intake!]: ['__all__'],
  })
})
