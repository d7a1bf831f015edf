import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/database.ts'
import { testWriter } from '../../tests/writer.ts'

const db = await testDatabase()
const { create, change, remove, row, faults } = await testWriter(db)

const [p1, p2] = await create('circuits.provider', { name: 'P1', slug: 'p1' }, { name: 'P2', slug: 'p2' })
const [a1, a2] = await create(
  'circuits.provideraccount',
  { provider: p1, account: '1' },
  { provider: p2, account: '1' },
)
const [type] = await create('circuits.circuittype', { name: 'T', slug: 't' })
const [virtualType] = await create('circuits.virtualcircuittype', { name: 'V', slug: 'v' })
const [network] = await create('circuits.providernetwork', { provider: p1, name: 'N' })
const [site] = await create('dcim.site', { name: 'S', slug: 's' })
const circuit = (cid: string, more: object = {}) => ({ cid, provider: p1, type, ...more })
const [c1, c2] = await create('circuits.circuit', circuit('C1'), circuit('C2'))

/** What the change log got since, in order. */
async function logged(work: () => Promise<unknown>): Promise<string[]> {
  const [{ last }] = (await db.query<{ last: number }>(
    'select coalesce(max(id), 0) as last from core_objectchange',
    [],
  )) as [{ last: number }]
  await work()
  const rows = await db.query<{ what: string }>(
    `select action || ' ' || split_part(changed_object_type, '.', 2) || ' ' || changed_object_id as what from core_objectchange where id > $1 order by id`,
    [last],
  )
  return rows.map(entry => entry.what)
}

test('a circuit knows the terminations of its sides, which is recorded', async () => {
  const slots = async (id: number) => {
    const { termination_a_id, termination_z_id } = await row('circuits.circuit', id)
    return [termination_a_id, termination_z_id]
  }
  let id = 0
  const at = { termination_type: 'dcim.site', termination_id: site }
  const made = await logged(async () => {
    ;[id] = (await create('circuits.circuittermination', { circuit: c1, term_side: 'A', ...at })) as [number]
  })
  assert.deepEqual(made, [`create circuittermination ${id}`, `update circuit ${c1}`])
  assert.deepEqual(await slots(c1), [id, null])
  assert.deepEqual(await logged(() => change('circuits.circuittermination', id, { term_side: 'Z' })), [
    `update circuittermination ${id}`,
    `update circuit ${c1}`,
    `update circuit ${c1}`,
  ])
  assert.deepEqual(await slots(c1), [null, id])
  assert.deepEqual(await logged(() => change('circuits.circuittermination', id, { circuit: c2 })), [
    `update circuittermination ${id}`,
    `update circuit ${c1}`,
    `update circuit ${c2}`,
  ])
  assert.deepEqual(
    [await slots(c1), await slots(c2)],
    [
      [null, null],
      [null, id],
    ],
  )
  assert.deepEqual(await logged(() => change('circuits.circuittermination', id, { description: 'x' })), [
    `update circuittermination ${id}`,
  ])
  assert.deepEqual(
    await logged(() => remove('circuits.circuittermination', id)),
    [`update circuit ${c2}`, `delete circuittermination ${id}`],
    'the circuit has lost its end before that is gone',
  )
  const ends = await create(
    'circuits.circuittermination',
    ...[c1, c2].map(circuit => ({ circuit, term_side: 'A', ...at })),
    { circuit: c1, term_side: 'Z', ...at },
  )
  assert.deepEqual(
    await logged(() => remove('circuits.circuittermination', ...ends)),
    [
      `update circuit ${c1}`,
      `delete circuittermination ${ends[0]}`,
      `update circuit ${c2}`,
      `delete circuittermination ${ends[1]}`,
      `delete circuittermination ${ends[2]}`,
    ],
    'each circuit once',
  )
  const [gone] = await create('circuits.circuit', circuit('gone'))
  const [, end] = await create(
    'circuits.circuittermination',
    ...['A', 'Z'].map(term_side => ({ circuit: gone, term_side, ...at })),
  )
  assert.deepEqual((await logged(() => remove('circuits.circuit', gone))).sort(), [
    `delete circuit ${gone}`,
    `delete circuittermination ${end! - 1}`,
    `delete circuittermination ${end}`,
  ])
})

test('a region goes with what ends there, not with what ends at its sites', async () => {
  const [region] = await create('dcim.region', { name: 'R', slug: 'r' })
  const [inside] = await create('dcim.site', { name: 'I', slug: 'i', region })
  const [c3] = await create('circuits.circuit', circuit('C3'))
  const [literal, within] = await create(
    'circuits.circuittermination',
    { circuit: c3, term_side: 'A', termination_type: 'dcim.region', termination_id: region },
    { circuit: c3, term_side: 'Z', termination_type: 'dcim.site', termination_id: inside },
  )
  assert.equal((await row('circuits.circuittermination', within))['_region_id'], region)
  await remove('dcim.region', region)
  assert.equal(await row('circuits.circuittermination', literal), undefined)
  assert.equal((await row('circuits.circuittermination', within))['_region_id'], null)
})

test('what is refused', async t => {
  const cases: [what: string, model: string, sent: object, refused: string[] | undefined][] = [
    [
      'an account with another provider',
      'circuits.circuit',
      circuit('X', { provider_account: a2 }),
      ['provider_account'],
    ],
    ['a distance without a unit', 'circuits.circuit', circuit('X', { distance: 2 }), ['__all__']],
    ['a negative distance', 'circuits.circuit', circuit('X', { distance: -2, distance_unit: 'm' }), ['distance']],
    ['a distance of none', 'circuits.circuit', circuit('Y', { distance: 0 }), undefined],
    ['a termination nowhere', 'circuits.circuittermination', { circuit: c1, term_side: 'A' }, ['__all__']],
    [
      'half a termination',
      'circuits.circuittermination',
      { circuit: c1, term_side: 'A', termination_type: 'dcim.site' },
      ['__all__'],
    ],
    [
      'a virtual circuit on an account with another provider',
      'circuits.virtualcircuit',
      { cid: 'V', provider_network: network, type: virtualType, provider_account: a2 },
      ['provider_account'],
    ],
    ['an account that is not there', 'circuits.provider', { name: 'P3', slug: 'p3', accounts: [999] }, ['accounts']],
    ['accounts of one number', 'circuits.provider', { name: 'P3', slug: 'p3', accounts: [a1, a2] }, ['accounts']],
  ]
  for (const [what, model, sent, expected] of cases)
    await t.test(what, async () => {
      assert.deepEqual((await faults(create(model, sent)))[0], expected)
    })
  await t.test('a distance is kept in metres', async () => {
    const [id] = await create('circuits.circuit', circuit('D', { distance: 1.5, distance_unit: 'mi' }))
    assert.equal((await row('circuits.circuit', id))['_abs_distance'], 2414.016)
    await change('circuits.circuit', id, { distance: null })
    const { distance_unit, _abs_distance } = await row('circuits.circuit', id)
    assert.deepEqual([distance_unit, _abs_distance], [null, null])
  })
  await t.test('accounts named with a provider go over to it', async () => {
    await change('circuits.provider', p2, { accounts: [] })
    const [p4] = await create('circuits.provider', { name: 'P4', slug: 'p4', accounts: [a1] })
    assert.deepEqual(
      [
        (await row('circuits.provideraccount', a1))['provider_id'],
        (await row('circuits.provideraccount', a2))['provider_id'],
      ],
      [p4, p2],
    )
  })
})

test('a termination with a cable is not marked as connected, a virtual circuit ends at virtual interfaces', async () => {
  const [manufacturer] = await create('dcim.manufacturer', { name: 'M', slug: 'm' })
  const [device_type] = await create('dcim.devicetype', { manufacturer, model: 'T', slug: 't' })
  const [role] = await create('dcim.devicerole', { name: 'R', slug: 'r' })
  const [device] = await create('dcim.device', { name: 'D', site, device_type, role })
  const port = (type: string) => ({ device, name: type, type })
  const types = ['1000base-t', 'ieee802.11ax', 'virtual', 'lag', 'bridge']
  const ports = await create('dcim.interface', ...types.map(port))
  const [c4] = await create('circuits.circuit', circuit('C4'))
  const at = { circuit: c4, termination_type: 'dcim.site', termination_id: site }
  const [cabled, free] = await create(
    'circuits.circuittermination',
    { ...at, term_side: 'A' },
    { ...at, term_side: 'Z' },
  )
  await create('dcim.cable', {
    a_terminations: [{ object_type: 'circuits.circuittermination', object_id: cabled }],
    b_terminations: [{ object_type: 'dcim.interface', object_id: ports[0] }],
  })
  const mark = (id: number) => faults(change('circuits.circuittermination', id, { mark_connected: true }))
  assert.deepEqual(await mark(cabled), { [cabled]: ['mark_connected'] })
  assert.deepEqual(await mark(free), {})

  const [virtual_circuit] = await create('circuits.virtualcircuit', {
    cid: 'VC',
    provider_network: network,
    type: virtualType,
  })
  const ends = ports.map(id => ({ virtual_circuit, interface: id }))
  assert.deepEqual(await faults(create('circuits.virtualcircuittermination', ...ends)), {
    0: ['__all__'],
    1: ['__all__'],
  })
  assert.deepEqual(await faults(create('circuits.virtualcircuittermination', ...ends.slice(2))), {})
})
