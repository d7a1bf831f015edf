import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/database.ts'
import { testWriter } from '../../tests/writer.ts'

const db = await testDatabase()
const { create, change, row, faults } = await testWriter(db)

const named = (name: string) => ({ name, slug: name.toLowerCase() })
const [here, there] = await create('dcim.site', named('Here'), named('There'))
const [hall, room, away] = await create(
  'dcim.location',
  { ...named('Hall'), site: here },
  { ...named('Room'), site: here },
  { ...named('Away'), site: there },
)
const [maker, other] = await create('dcim.manufacturer', named('Maker'), named('Other'))
const [role] = await create('dcim.devicerole', named('Role'))
const type = (slug: string, more: object = {}) => ({ manufacturer: maker, model: slug, slug, ...more })
const [box, chassis, blade] = await create(
  'dcim.devicetype',
  type('box'),
  type('chassis', { subdevice_role: 'parent' }),
  type('blade', { subdevice_role: 'child', u_height: 0 }),
)
const [rack, hallRack] = await create('dcim.rack', { name: 'A', site: here }, { name: 'B', site: here, location: hall })

/** Of each pair of writes the first is refused under the keys, and the second is taken. */
type Cases = readonly (readonly [what: string, keys: string[], refused: object, taken: object])[]

test('devices', async t => {
  const [theirs, anyones] = await create('dcim.platform', { ...named('Theirs'), manufacturer: other }, named('Anyones'))
  const [ours] = await create('dcim.platform', { ...named('Ours'), manufacturer: maker })
  const [clusters] = await create('virtualization.clustertype', named('Clusters'))
  const cluster = (name: string, scope: string, scope_id: number) => ({
    name,
    type: clusters,
    scope_type: `dcim.${scope}`,
    scope_id,
  })
  const [inThere, inHere, inHall] = await create(
    'virtualization.cluster',
    cluster('There', 'site', there),
    cluster('Here', 'site', here),
    cluster('Hall', 'location', hall),
  )
  const [virtual_chassis] = await create('dcim.virtualchassis', { name: 'Stack' })
  const cases: Cases = [
    ['a location of another site', ['location'], { location: away }, { location: hall }],
    ['a rack outside the location', ['rack'], { location: room, rack: hallRack }, { location: hall, rack: hallRack }],
    ['a rack of no location beside a location', ['rack'], { location: room, rack }, { rack }],
    ['a face without a rack', ['face'], { face: 'front' }, { rack, face: 'front' }],
    ['a position without a rack', ['position'], { position: 1 }, { rack, position: 1, face: 'front' }],
    ['both without a rack', ['face', 'position'], { position: 5, face: 'rear' }, { rack, position: 5, face: 'rear' }],
    ['a platform of another manufacturer', ['platform'], { platform: theirs }, { platform: ours }],
    ['a cluster at another site', ['cluster'], { cluster: inThere }, { cluster: inHere }],
    [
      'a cluster in another location',
      ['cluster'],
      { cluster: inHall, location: room },
      { cluster: inHall, location: hall },
    ],
    ['a cluster in a location, and no location', ['cluster'], { cluster: inHall }, { platform: anyones }],
    ['a member without a position', ['vc_position'], { virtual_chassis }, { virtual_chassis, vc_position: 0 }],
    ['a list as context', ['local_context_data'], { local_context_data: [1] }, { local_context_data: { a: [1] } }],
    ['a text as context', ['local_context_data'], { local_context_data: 'a' }, { local_context_data: null }],
  ]
  for (const [what, keys, refused, taken] of cases)
    await t.test(what, async () => {
      const device = (name: string, more: object) => ({ name, site: here, role, device_type: box, ...more })
      const pair = [device(`${what}, refused`, refused), device(`${what}, taken`, taken)]
      assert.deepEqual(await faults(create('dcim.device', ...pair)), { 0: keys })
      assert.deepEqual(await faults(create('dcim.device', pair[1]!)), {})
    })
})

test('a new device takes after its type, and stands where its rack does', async () => {
  const [usual, other] = await create('dcim.platform', named('Usual'), named('Unusual'))
  const [device_type] = await create(
    'dcim.devicetype',
    type('typical', { airflow: 'front-to-rear', cooling_method: 'liquid', default_platform: usual }),
  )
  const device = { site: here, role, device_type }
  const own = { airflow: 'passive', cooling_method: 'air', platform: other }
  const [plain, special] = await create('dcim.device', { ...device, rack: hallRack }, { ...device, ...own })
  const known = async (id: number) => {
    const { airflow, cooling_method, platform_id, location_id } = await row('dcim.device', id)
    return [airflow, cooling_method, platform_id, location_id]
  }
  assert.deepEqual(await known(plain), ['front-to-rear', 'liquid', usual, hall])
  assert.deepEqual(await known(special), ['passive', 'air', other, null])
  await change('dcim.device', plain, { airflow: null, cooling_method: null, platform: null, location: null })
  assert.deepEqual(await known(plain), [null, null, null, hall], 'the type counts for a new one alone')
})

test('device types', async t => {
  await create('dcim.devicebaytemplate', { device_type: chassis, name: 'Bay' })
  const cases: readonly (readonly [what: string, id: number, keys: string[], refused: object, taken: object])[] = [
    ['a third of a unit', box, ['u_height'], { u_height: 1.3 }, { u_height: 1.5 }],
    ['a child with a height', blade, ['u_height'], { u_height: 0.5 }, { u_height: 0 }],
    ['one with a height, made a child', box, ['u_height'], { subdevice_role: 'child' }, { subdevice_role: 'parent' }],
    [
      'a parent with bays, made none',
      chassis,
      ['subdevice_role'],
      { subdevice_role: null },
      { subdevice_role: 'parent' },
    ],
  ]
  for (const [what, id, keys, refused, taken] of cases)
    await t.test(what, async () => {
      assert.deepEqual(await faults(change('dcim.devicetype', id, refused)), { [id]: keys })
      assert.deepEqual(await faults(change('dcim.devicetype', id, taken)), {})
    })
})

test('the addresses of a device and its contexts are on its interfaces, or on those of its chassis', async t => {
  const device = (name: string) => ({ name, site: here, role, device_type: box })
  const [first, second, alone] = await create('dcim.device', device('first'), device('second'), device('alone'))
  const [virtual_chassis] = await create('dcim.virtualchassis', { name: 'Pair', master: first })
  await change('dcim.device', second, { virtual_chassis, vc_position: 2 })
  const port = (device: number, more: object = {}) => ({ device, name: 'p', type: '1000base-t', ...more })
  const [own, next, managing, far] = await create(
    'dcim.interface',
    port(first),
    port(second),
    port(second, { name: 'm', mgmt_only: true }),
    port(alone),
  )
  const at = (id: number) => ({ assigned_object_type: 'dcim.interface', assigned_object_id: id })
  const [own4, own6, next4, managing4, far4, far6] = await create(
    'ipam.ipaddress',
    { address: '192.0.2.1/24', ...at(own) },
    { address: '2001:db8::1/64', ...at(own) },
    { address: '192.0.2.2/24', ...at(next) },
    { address: '192.0.2.3/24', ...at(managing) },
    { address: '192.0.2.4/24', ...at(far) },
    { address: '2001:db8::4/64', ...at(far) },
  )
  const [outside] = await create('ipam.ipaddress', { address: '198.51.100.1/24', nat_inside: own4 })
  const [context] = await create('dcim.virtualdevicecontext', { name: 'Context', device: first, status: 'active' })
  const cases: readonly (readonly [model: string, id: number, key: string, refused: number[], taken: number[]])[] = [
    ['dcim.device', first, 'primary_ip4', [own6, managing4, far4], [own4, next4, outside]],
    ['dcim.device', first, 'primary_ip6', [own4, far6], [own6]],
    ['dcim.device', first, 'oob_ip', [managing4, far4], [own4, own6, outside]],
    ['dcim.device', second, 'oob_ip', [far6], [managing4]],
    ['dcim.virtualdevicecontext', context, 'primary_ip4', [own6, managing4, far4, outside], [own4, next4]],
    ['dcim.virtualdevicecontext', context, 'primary_ip6', [own4, far6], [own6]],
  ]
  for (const [model, id, key, refused, taken] of cases)
    await t.test(`${key} of ${model}`, async () => {
      for (const address of refused)
        assert.deepEqual(await faults(change(model, id, { [key]: address })), { [id]: [key] }, `${address}`)
      for (const address of taken)
        assert.deepEqual(await faults(change(model, id, { [key]: address })), {}, `${address}`)
      await change(model, id, { [key]: null })
    })
})
