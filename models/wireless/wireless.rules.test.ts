import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/database.ts'
import { testWriter } from '../../tests/writer.ts'

const db = await testDatabase()
const { create, change, remove, row, faults } = await testWriter(db)

const [site] = await create('dcim.site', { name: 'S', slug: 's' })
const [manufacturer] = await create('dcim.manufacturer', { name: 'M', slug: 'm' })
const [device_type] = await create('dcim.devicetype', { manufacturer, model: 'T', slug: 't' })
const [role] = await create('dcim.devicerole', { name: 'R', slug: 'r' })
const [device] = await create('dcim.device', { name: 'D', site, device_type, role })
const radio = (name: string, type = 'ieee802.11ax') => ({ device, name, type })
const [a, b, c, wired] = await create(
  'dcim.interface',
  radio('a'),
  radio('b'),
  radio('c'),
  radio('wired', '1000base-t'),
)
const links = () =>
  Promise.all([a, b, c].map(async id => (await row('dcim.interface', id))['wireless_link_id'] as number | null))

test('a link joins wireless interfaces alone, over a distance', async () => {
  assert.deepEqual(
    await faults(
      create(
        'wireless.wirelesslink',
        { interface_a: wired, interface_b: a },
        { interface_a: a, interface_b: wired },
        { interface_a: a, interface_b: b, distance: 3 },
        { interface_a: a, interface_b: b, distance: -3, distance_unit: 'm' },
      ),
    ),
    { 0: ['interface_a'], 1: ['interface_b'], 2: ['__all__'], 3: ['distance'] },
  )
})

test('interfaces know the link between them, and forget it when it leads elsewhere or goes', async () => {
  const [link] = await create('wireless.wirelesslink', {
    interface_a: a,
    interface_b: b,
    ssid: 'x',
    distance: 3,
    distance_unit: 'm',
  })
  assert.deepEqual(await links(), [link, link, null])
  const { _interface_a_device_id, _interface_b_device_id } = await row('wireless.wirelesslink', link)
  assert.deepEqual([_interface_a_device_id, _interface_b_device_id], [device, device])
  await change('wireless.wirelesslink', link, { interface_b: c })
  assert.deepEqual(await links(), [link, null, link])
  await remove('wireless.wirelesslink', link)
  assert.deepEqual(await links(), [null, null, null])
})

test('the distance of a link is kept in metres, too', async () => {
  const [link] = await create('wireless.wirelesslink', { interface_a: a, interface_b: b })
  const distance = async (sent: object) => {
    await change('wireless.wirelesslink', link, sent)
    const { distance_unit, _abs_distance } = await row('wireless.wirelesslink', link)
    return [distance_unit, _abs_distance]
  }
  assert.deepEqual(await distance({ distance: 2, distance_unit: 'ft' }), ['ft', 0.6096])
  assert.deepEqual(await distance({ distance_unit: 'km' }), ['km', 2000])
  assert.deepEqual(await distance({ distance: null }), [null, null])
})

test('a wireless LAN is found by all the places it lies in', async () => {
  const [region] = await create('dcim.region', { name: 'R', slug: 'r' })
  const [group] = await create('dcim.sitegroup', { name: 'G', slug: 'g' })
  const [here] = await create('dcim.site', { name: 'Here', slug: 'here', region, group })
  const [hall] = await create('dcim.location', { name: 'Hall', slug: 'hall', site: here })
  const [id] = await create('wireless.wirelesslan', { ssid: 'x', scope_type: 'dcim.location', scope_id: hall })
  const places = async () => {
    const { _location_id, _site_id, _region_id, _site_group_id } = await row('wireless.wirelesslan', id)
    return [_location_id, _site_id, _region_id, _site_group_id]
  }
  assert.deepEqual(await places(), [hall, here, region, group])
  await change('wireless.wirelesslan', id, { scope_type: 'dcim.region', scope_id: region })
  assert.deepEqual(await places(), [null, null, region, null])
})
