import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/database.ts'
import { testWriter } from '../../tests/writer.ts'

const db = await testDatabase()
const { create, change, remove, faults, rows } = await testWriter(db)

const one = async (model: string, item: object) => (await create(model, item))[0]!
const site = await one('dcim.site', { name: 'Site', slug: 'site' })
const manufacturer = await one('dcim.manufacturer', { name: 'Maker', slug: 'maker' })
const device_type = await one('dcim.devicetype', { manufacturer, model: 'Type', slug: 'type' })
const role = await one('dcim.devicerole', { name: 'Role', slug: 'role', color: 'aa0000' })
const device = await one('dcim.device', { name: 'one', site, device_type, role })
const other = await one('dcim.device', { name: 'two', site, device_type, role })
const provider = await one('circuits.provider', { name: 'Provider', slug: 'provider' })
const network = await one('circuits.providernetwork', { name: 'Cloud', provider })
const type = await one('circuits.circuittype', { name: 'Kind', slug: 'kind' })
const circuit = await one('circuits.circuit', { cid: 'c1', provider, type })
const cloud = await one('circuits.circuittermination', {
  circuit,
  term_side: 'A',
  termination_type: 'circuits.providernetwork',
  termination_id: network,
})
const interfaces = (...list: readonly object[]) =>
  create('dcim.interface', ...list.map((item, at) => ({ device, type: '10gbase-t', name: `${at}`, ...item })))
const [i0, i1, i2, i3, marked, lag, parent] = await interfaces(
  {},
  {},
  {},
  {},
  { mark_connected: true },
  { type: 'lag' },
  { channels: 4 },
)
const [channel] = await interfaces({ name: 'c1', type: 'channel', parent, channel_id: 1 })
const port = await one('dcim.powerport', { device, name: 'psu' })
const rear = await one('dcim.rearport', { device, name: 'rear', type: '8p8c' })
const front = await one('dcim.frontport', { device, name: 'front', type: '8p8c' })
const far = await one('dcim.frontport', { device: other, name: 'front', type: '8p8c' })

const on = (object_type: string, ...ids: readonly (number | undefined)[]) =>
  ids.map(object_id => ({ object_type, object_id }))
const cable = (a: unknown, b: unknown, more: object = {}) => ({ a_terminations: a, b_terminations: b, ...more })
const eth = (...ids: readonly (number | undefined)[]) => on('dcim.interface', ...ids)
const clear = async () => remove('dcim.cable', ...(await rows('select id from dcim_cable')).map(row => row.id))

test('what may be plugged into what', async t => {
  const cases: Record<string, [object[], Record<number, string[]>]> = {
    'a new cable has two ends': [[cable(eth(i0), []), cable(eth(i0), eth(i1))], { 0: ['__all__'] }],
    'an end is a list of objects': [
      [cable(null, eth(i1)), cable(eth(i0), [7]), cable(eth(i0), eth(99999)), cable(eth(i0), on('dcim.site', site))],
      { 0: ['a_terminations'], 1: ['b_terminations'], 2: ['b_terminations'], 3: ['b_terminations'] },
    ],
    'an end is of one kind': [[cable(eth(i0), [...eth(i1), ...on('dcim.rearport', rear)])], { 0: ['__all__'] }],
    'kinds go together': [[cable(eth(i0), on('dcim.powerport', port))], { 0: ['__all__'] }],
    'no object is at both ends': [[cable(eth(i0), eth(i1, i0))], { 0: ['__all__'] }],
    'nothing is plugged in that is said to be': [[cable(eth(i0), eth(marked))], { 0: ['__all__'] }],
    'a cable before it counts': [[cable(eth(i0), eth(i1)), cable(eth(i1), eth(i2))], { 1: ['__all__'] }],
    'neither LAGs nor channels are plugged in': [
      [cable(eth(i0), eth(lag)), cable(eth(i0), eth(channel))],
      { 0: ['__all__'], 1: ['__all__'] },
    ],
    'a cloud has no socket': [[cable(eth(i0), on('circuits.circuittermination', cloud))], { 0: ['__all__'] }],
    'a profile has so many connectors': [
      [
        cable(eth(i0, i1), eth(i2), { profile: 'single-1c1p' }),
        cable(eth(i0), eth(i2, i3), { profile: 'single-1c2p' }),
      ],
      { 0: ['a_terminations'], 1: ['b_terminations'] },
    ],
    'a length has a unit, and is not negative': [
      [cable(eth(i0), eth(i1), { length: 0 }), cable(eth(i0), eth(i1), { length: -1, length_unit: 'm' })],
      { 0: ['__all__'], 1: ['length'] },
    ],
    'a profile is not taken away': [
      [cable(eth(i0), eth(i1), { profile: null }), cable(eth(i0), eth(i1), { profile: '' })],
      { 0: ['profile'], 1: ['profile'] },
    ],
  }
  for (const [name, [items, expected]] of Object.entries(cases))
    await t.test(name, async () => {
      assert.deepEqual(await faults(create('dcim.cable', ...items)), expected)
      await clear()
    })
})

test('ports of two panels behind one cable are refused, and leave nothing behind', async () => {
  const there = await one('dcim.rearport', { device: other, name: 'rear', type: '8p8c' })
  for (const [port, rear_port] of [
    [front, rear],
    [far, there],
  ] as const)
    await change('dcim.frontport', port, { rear_ports: [{ position: 1, rear_port, rear_port_position: 1 }] })
  const plugged = create('dcim.cable', cable(eth(i0), eth(i1)), cable(eth(i2), on('dcim.frontport', front, far)))
  assert.deepEqual(await faults(plugged), { 1: ['__all__'] })
  assert.deepEqual(await rows('select id from dcim_cablepath union all select id from dcim_cable'), [])
})

test('connectors count in the order sent, and rows that stay keep their place', async () => {
  const terminations = (id: number) =>
    rows(
      `select id, termination_id as of, connector, positions from dcim_cabletermination
       where cable_id = $1 and cable_end = 'A' order by connector`,
      id,
    )
  const id = await one(
    'dcim.cable',
    cable(eth(i0, i1), eth(i2), { profile: 'trunk-4c1p', length: 3, length_unit: 'ft' }),
  )
  const [first, second] = await terminations(id)
  await change('dcim.cable', id, { a_terminations: eth(i0, i1, i3) })
  const appended = await terminations(id)
  assert.deepEqual(appended.slice(0, 2), [first, second])
  assert.deepEqual(appended[2], { id: appended[2].id, of: i3, connector: 3, positions: [1] })
  await change('dcim.cable', id, { a_terminations: eth(i1, i3) })
  assert.deepEqual(
    (await terminations(id)).map(row => [row.of, row.connector]),
    [
      [i1, 1],
      [i3, 2],
    ],
  )
  const [seat] = await rows('select cable_id, cable_connector, _path_id from dcim_interface where id = $1', i0)
  assert.deepEqual(seat, { cable_id: null, cable_connector: null, _path_id: null })
  const [{ _abs_length }] = await rows('select _abs_length from dcim_cable where id = $1', id)
  assert.equal(Number(_abs_length), 0.9144)
  await clear()
})

test('a channel shows the cable of its interface, as long as that has a profile', async () => {
  const id = await one('dcim.cable', cable(eth(parent), eth(i0)))
  const shown = async () =>
    (
      await rows(
        'select cable_id, cable_positions, _path_id is not null as leads from dcim_interface where id = $1',
        channel,
      )
    )[0]
  assert.deepEqual(await shown(), { cable_id: null, cable_positions: null, leads: false })
  await change('dcim.cable', id, { profile: 'single-1c4p' })
  assert.deepEqual(await shown(), { cable_id: id, cable_positions: [1], leads: true })
  await change('dcim.interface', channel!, { channel_id: 3 })
  assert.deepEqual(await shown(), { cable_id: id, cable_positions: [3], leads: true })
  await remove('dcim.cable', id)
  assert.deepEqual(await shown(), { cable_id: null, cable_positions: null, leads: false })
})

test('a channel that gets its address with its parent has its cable by then', async () => {
  const id = await one('dcim.cable', cable(eth(parent), eth(i0), { profile: 'single-1c4p' }))
  const [late] = await interfaces({ name: 'late' })
  const mac_address = '00:53:00:00:00:02'
  await change('dcim.interface', late!, { type: 'channel', parent, channel_id: 2, mac_address })
  const told = await rows(
    `select postchange_data -> 'cable' as cable from core_objectchange
     where changed_object_type = 'dcim.interface' and changed_object_id = $1 and action = 'update' order by id`,
    late,
  )
  assert.deepEqual(
    told.map(row => row.cable),
    [null, id],
  )
  await remove('dcim.interface', late!)
  await remove('dcim.cable', id)
})

test('the change log tells of a cable and of what it is plugged into', async () => {
  const told = async () =>
    (
      await rows(
        `delete from core_objectchange returning id, action, changed_object_type as type, changed_object_id as of,
           prechange_data -> 'cable' as before, postchange_data -> 'cable' as after`,
      )
    )
      .toSorted((a, b) => a.id - b.id)
      .map(row => [
        row.action,
        row.type.split('.')[1],
        row.type === 'dcim.interface' ? [row.of, row.before, row.after] : [],
      ])
  await told()
  const id = await one('dcim.cable', cable(eth(i0), eth(i1)))
  assert.deepEqual(await told(), [
    ['create', 'cable', []],
    ['create', 'cabletermination', []],
    ['update', 'interface', [i0, null, id]],
    ['create', 'cabletermination', []],
    ['update', 'interface', [i1, null, id]],
    ['update', 'cable', []],
  ])
  await change('dcim.cable', id, { b_terminations: eth(i2) })
  assert.deepEqual(await told(), [
    ['update', 'interface', [i1, id, null]],
    ['delete', 'cabletermination', []],
    ['create', 'cabletermination', []],
    ['update', 'interface', [i2, null, id]],
    ['update', 'cable', []],
  ])
  await remove('dcim.cable', id)
  assert.deepEqual(await told(), [
    ['delete', 'cabletermination', []],
    ['delete', 'cabletermination', []],
    ['delete', 'cable', []],
    ['update', 'interface', [i2, id, null]],
    ['update', 'interface', [i0, id, null]],
  ])
})

test('what is scrapped leaves its cables open, and a device takes its ports along', async () => {
  const [a, b] = await interfaces({ name: 'a' }, { name: 'b', device: other })
  const id = await one('dcim.cable', cable(eth(i0), eth(a, b)))
  const paths = async () =>
    (await rows('select path, is_complete from dcim_cablepath order by id')).map(row => [
      row.path.map((step: string[]) => step.join()).join(' '),
      row.is_complete,
    ])
  await remove('dcim.interface', a!)
  assert.deepEqual(await paths(), [
    [`dcim.interface:${i0} dcim.cable:${id} dcim.interface:${b}`, true],
    [`dcim.interface:${b} dcim.cable:${id} dcim.interface:${i0}`, true],
  ])
  const behind = await one('dcim.cable', cable(on('dcim.frontport', far), eth(i1)))
  await remove('dcim.device', other)
  assert.deepEqual(await paths(), [
    [`dcim.interface:${i0} dcim.cable:${id} `, false],
    [`dcim.interface:${i1} dcim.cable:${behind} `, false],
  ])
  assert.equal((await rows('select id from dcim_cable')).length, 2)
})
