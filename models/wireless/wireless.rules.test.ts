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
  assert.equal((await row('wireless.wirelesslink', link))['_interface_a_device_id'], device)
  await change('wireless.wirelesslink', link, { interface_b: c })
  assert.deepEqual(await links(), [link, null, link])
  await remove('wireless.wirelesslink', link)
  assert.deepEqual(await links(), [null, null, null])
})
