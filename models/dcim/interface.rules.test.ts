import assert from 'node:assert/strict'
import { test } from 'node:test'
import { permissionsOf } from '@demarc/engine/permission'
import { changeRows, type Refused } from '@demarc/engine/write'
import { registry } from '@demarc/models'
import { testDatabase } from '../../tests/database.ts'
import { testWriter } from '../../tests/writer.ts'

const db = await testDatabase()
const { call, create, change, remove, row, faults } = await testWriter(db)

const one = async (model: string, item: object) => (await create(model, item))[0]!
const site = await one('dcim.site', { name: 'S', slug: 's' })
const manufacturer = await one('dcim.manufacturer', { name: 'M', slug: 'm' })
const role = await one('dcim.devicerole', { name: 'R', slug: 'r' })
const type = (slug: string) => one('dcim.devicetype', { manufacturer, model: slug, slug })
const [device_type, otherType] = [await type('type'), await type('other')]
const virtual_chassis = await one('dcim.virtualchassis', { name: 'Stack' })
const box = (name: string, more: object = {}) => ({ name, site, role, device_type, ...more })
const [device, member, stranger] = await create(
  'dcim.device',
  box('device', { virtual_chassis, vc_position: 1 }),
  box('member', { virtual_chassis, vc_position: 2 }),
  box('stranger'),
)

let count = 0
type Item = { readonly id?: number; readonly [key: string]: unknown }
/** How interfaces, or templates of them, are written. */
const side = (model: string, owner: object) => {
  const port = (more: object = {}): Item => ({ ...owner, name: `p${++count}`, type: '1000base-t', ...more })
  return {
    model,
    port,
    made: (more?: object) => one(model, port(more)),
    write: ({ id, ...item }: Item) => (id ? change(model, id, item) : create(model, item)),
  }
}
type Side = ReturnType<typeof side>
/** A write that one rule refuses, the keys that it is refused under, and its neighbour, which is taken. */
type Case = readonly [refused: Item, keys: readonly string[], taken: Item]

async function judge({ model, write }: Side, [refused, keys, taken]: Case): Promise<void> {
  assert.deepEqual(await faults(write(refused)), { [refused.id ?? 0]: keys })
  assert.deepEqual(await faults(write(taken)), {}, `${model} is taken`)
}

const real = side('dcim.interface', { device })
const template = side('dcim.interfacetemplate', { device_type })

for (const kind of [real, template]) {
  const { port, made } = kind
  const split = await made({ channels: 8 })
  await made({ type: 'channel', parent: split, channel_id: 3 })
  const child = await made({ type: 'virtual', parent: await made() })
  const cases: Record<string, Case> = {
    'an interface is not its own parent': [
      { id: child, parent: child },
      ['parent'],
      { id: child, parent: await made({ type: 'lag' }) },
    ],
    'a child is virtual': [port({ parent: split }), ['parent'], port({ type: 'virtual', parent: split })],
    'in itself, not as a bridge': [
      port({ type: 'bridge', parent: split }),
      ['parent'],
      port({ parent: split, channel_id: 1 }),
    ],
    'no channel is split again': [
      port({ parent: split, channel_id: 2, channels: 2 }),
      ['__all__'],
      port({ parent: split, channel_id: 2 }),
    ],
    'what is split takes cables': [port({ type: 'ieee802.11ax', channels: 2 }), ['channels'], port({ channels: 2 })],
    'a channel has a number': [
      port({ type: 'channel' }),
      ['channel_id'],
      port({ type: 'channel', parent: split, channel_id: 4 }),
    ],
    'and nothing virtual does': [
      port({ type: 'virtual', parent: split, channel_id: 5 }),
      ['channel_id'],
      port({ type: 'virtual', parent: split }),
    ],
    'nor what radiates': [
      port({ type: 'ieee802.11ax', parent: split, channel_id: 5 }),
      ['channel_id'],
      port({ type: 'ieee802.11ax' }),
    ],
    'a channel is one of some interface': [port({ channel_id: 1 }), ['parent'], port()],
    'that is split': [
      port({ parent: await made(), channel_id: 1 }),
      ['parent'],
      port({ parent: await made({ channels: 1 }), channel_id: 1 }),
    ],
    'into as many': [
      port({ parent: await made({ channels: 1 }), channel_id: 2 }),
      ['channel_id'],
      port({ parent: await made({ channels: 2 }), channel_id: 2 }),
    ],
    'no channel is there twice': [port({ parent: split, channel_id: 3 }), ['__all__'], port()],
    'channels in use remain': [{ id: split, channels: 3 }, ['channels'], { id: split, channels: 4 }],
    'an interface is not bridged to itself': [
      { id: child, bridge: child },
      ['bridge'],
      { id: child, bridge: await made({ type: 'bridge' }) },
    ],
    'virtual interfaces are given no power': [
      port({ type: 'virtual', poe_mode: 'pd' }),
      ['poe_mode'],
      port({ poe_mode: 'pd' }),
    ],
    'in no way': [
      port({ type: 'lag', poe_mode: 'pse', poe_type: 'type1-ieee802.3af' }),
      ['poe_mode', 'poe_type'],
      port({ poe_mode: 'pse', poe_type: 'type1-ieee802.3af' }),
    ],
    'power has a direction': [
      port({ poe_type: 'type1-ieee802.3af' }),
      ['poe_type'],
      port({ poe_mode: 'pd', poe_type: 'type1-ieee802.3af' }),
    ],
    'only a wireless interface has a wireless role': [
      port({ rf_role: 'ap' }),
      ['rf_role'],
      port({ type: 'ieee802.11ax', rf_role: 'ap' }),
    ],
  }
  test(kind.model, async t => {
    for (const [name, one] of Object.entries(cases)) await t.test(name, () => judge(kind, one))
  })
}

test('a template refers to templates of the same type', async t => {
  const foreign = await template.made({ device_type: otherType, type: 'bridge' })
  const near = await template.made({ type: 'bridge' })
  const module_type = await one('dcim.moduletype', { manufacturer, model: 'Card' })
  const { port } = template
  for (const key of ['parent', 'bridge'])
    await t.test(key, async () => {
      const to = (id: number, more: object = {}) => port({ type: 'virtual', [key]: id, ...more })
      await judge(template, [to(foreign), [key], to(near)])
      await judge(template, [to(near, { device_type: null, module_type }), [key], to(near)])
    })
})

test('interfaces refer to those of the same device, or of its chassis', async t => {
  const [beside, away] = [await real.made({ device: member }), await real.made({ device: stranger })]
  const { port } = real
  for (const [key, type] of Object.entries({ parent: 'virtual', bridge: 'virtual', lag: '1000base-t' }))
    await t.test(key, () => judge(real, [port({ type, [key]: away }), [key], port({ type, [key]: beside })]))
  await t.test('virtual interfaces join no LAG', () =>
    judge(real, [port({ type: 'virtual', lag: beside }), ['lag'], port({ type: 'lag', lag: beside })]),
  )
  await t.test('a LAG is not part of itself', async () => {
    const id = await real.made({ type: 'lag' })
    await judge(real, [{ id, lag: id }, ['lag'], { id, lag: beside }])
  })
})

test('only what radiates has a frequency and a width, and those of its channel', async t => {
  const channel = { rf_channel: '5g-32-5160-20' }
  for (const [key, own, foreign] of [
    ['rf_channel_frequency', 5160, 5180],
    ['rf_channel_width', 20, 40],
  ] as const)
    await t.test(key, async () => {
      const radio = (more: object) => real.port({ type: 'ieee802.11ax', ...more })
      await judge(real, [real.port({ [key]: own }), [key], radio({ [key]: foreign })])
      await judge(real, [radio({ ...channel, [key]: foreign }), [key], radio({ ...channel, [key]: own })])
    })
})

test('cables end at what is there', async () => {
  const [id, peer, split] = [await real.made(), await real.made(), await real.made({ channels: 2 })]
  const end = (object_id: number) => [{ object_type: 'dcim.interface', object_id }]
  const cable = await one('dcim.cable', { a_terminations: end(id), b_terminations: end(peer) })
  const channel = { id, parent: split, channel_id: 1 }
  assert.deepEqual(await faults(real.write({ id, type: 'virtual' })), { [id]: ['type'] })
  assert.deepEqual(await faults(real.write(channel)), { [id]: ['channel_id'] })
  await real.write({ id, type: '10gbase-t' })
  await remove('dcim.cable', cable)
  await real.write(channel)
  await real.write({ id: peer, type: 'virtual' })
  assert.deepEqual(await faults(real.write({ id: peer, mark_connected: true })), { [peer]: ['mark_connected'] })
  await real.write({ id: peer, type: '1000base-t', mark_connected: true })
})

const macOf = (of: number | null) =>
  one('dcim.macaddress', {
    mac_address: `00:00:5E:00:53:0${++count % 10}`,
    ...(of && { assigned_object_type: 'dcim.interface', assigned_object_id: of }),
  })

test('the primary MAC address is its own', async () => {
  const [id, other] = [await real.made(), await real.made()]
  const [own, foreign, free] = [await macOf(id), await macOf(other), await macOf(null)]
  await judge(real, [{ id, primary_mac_address: foreign }, ['__all__'], { id, primary_mac_address: own }])
  await judge(real, [{ id, primary_mac_address: free }, ['__all__'], { id, primary_mac_address: null }])
  await judge(real, [
    real.port({ primary_mac_address: foreign }),
    ['__all__'],
    real.port({ primary_mac_address: free }),
  ])
  assert.notEqual((await row('dcim.macaddress', free))['assigned_object_id'], null, 'a new interface takes it')
})

test('a MAC address is written as text', async t => {
  const id = await real.made()
  const mine = await macOf(id)
  const { mac_address } = await row('dcim.macaddress', mine)
  const other = '00:00:5E:00:53:FF'
  await t.test('that is one', async () => {
    for (const text of ['', '00:00:5E:00', 'x', 5, {}])
      assert.deepEqual(await faults(real.write({ id, mac_address: text })), { [id]: ['mac_address'] }, `${text}`)
    await real.write({ id, mac_address: '0000.5e00.53ee' })
  })
  await t.test('and says the same as its number', () =>
    judge(real, [
      { id, mac_address: other, primary_mac_address: mine },
      ['__all__'],
      { id, mac_address, primary_mac_address: mine },
    ]),
  )
  await t.test('by whoever may create it, unless it is there', async () => {
    const user = await one('users.user', { username: 'limited', password: 'Correct-Horse-7' })
    await create('users.objectpermission', {
      name: 'interfaces',
      object_types: ['dcim.interface'],
      actions: ['change'],
      users: [user],
    })
    const grants = { exemptViewPermissions: [], defaultPermissions: {} }
    const permissions = await permissionsOf(db, registry, { id: user, superuser: false }, grants)
    const limited = (item: object) =>
      changeRows({ ...call, permissions }, registry.model('dcim.interface'), [{ id, item }], 'change', { and: [] })
    await assert.rejects(limited({ mac_address: other }), (error: Refused) => {
      assert.deepEqual(
        error.refusals.map(({ faults, status }) => [Object.keys(faults), status]),
        [[['__all__'], 403]],
      )
      return true
    })
    await limited({ mac_address })
    await real.write({ id, mac_address: other })
  })
})
