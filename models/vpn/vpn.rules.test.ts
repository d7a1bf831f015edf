import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/database.ts'
import { testWriter } from '../../tests/writer.ts'

const db = await testDatabase()
const { create, change, faults } = await testWriter(db)

const [site] = await create('dcim.site', { name: 'S', slug: 's' })
const [vm] = await create('virtualization.virtualmachine', { name: 'vm', site })
const interfaces = await create(
  'virtualization.vminterface',
  ...[1, 2, 3].map(n => ({ virtual_machine: vm, name: `eth${n}` })),
)

test('an object ends one tunnel at most', async () => {
  const [t1, t2] = await create(
    'vpn.tunnel',
    ...['T1', 'T2'].map(name => ({ name, status: 'active', encapsulation: 'gre' })),
  )
  const end = (tunnel: number | undefined, at: number) => ({
    tunnel,
    role: 'peer',
    termination_type: 'virtualization.vminterface',
    termination_id: interfaces[at],
  })
  assert.deepEqual(await faults(create('vpn.tunneltermination', end(t1, 0), end(t2, 1))), {})
  assert.deepEqual(await faults(create('vpn.tunneltermination', end(t2, 0))), { 0: ['termination', '__all__'] })
  assert.deepEqual(await faults(create('vpn.tunneltermination', end(t1, 2), end(t2, 2))), {
    1: ['termination', '__all__'],
  })
})

test('a point-to-point L2VPN has two ends at most, others any number', async () => {
  const vlans = await create('ipam.vlan', ...[1, 2, 3, 4].map(vid => ({ name: `V${vid}`, vid })))
  const [line, cloud] = await create(
    'vpn.l2vpn',
    { name: 'line', slug: 'line', type: 'vpws' },
    { name: 'cloud', slug: 'cloud', type: 'vpls' },
  )
  const ends = (l2vpn: number | undefined, ...at: number[]) =>
    faults(
      create(
        'vpn.l2vpntermination',
        ...at.map(n => ({ l2vpn, assigned_object_type: 'ipam.vlan', assigned_object_id: vlans[n] })),
      ),
    )
  assert.deepEqual(await ends(line, 0, 1, 2), { 2: ['__all__'] })
  assert.deepEqual(await ends(cloud, 0, 1, 2), {})
  assert.deepEqual(await ends(cloud, 0), { 0: ['__all__'] }, 'nor has an object two')
})

test('policies and proposals', async t => {
  const cases: [model: string, sent: object, refused: string[] | undefined][] = [
    ['vpn.ikepolicy', { version: 1 }, ['__all__']],
    ['vpn.ikepolicy', { version: 2, mode: 'main' }, ['__all__']],
    ['vpn.ikepolicy', { mode: 'main' }, ['version']],
    ['vpn.ikepolicy', { version: 1, mode: 'main' }, undefined],
    ['vpn.ipsecproposal', {}, ['__all__']],
    ['vpn.ipsecproposal', { authentication_algorithm: 'hmac-sha1' }, undefined],
    ['vpn.ipsecproposal', { authentication_algorithm: 'hmac-sha1', encryption_algorithm: '' }, undefined],
    ['vpn.ipsecpolicy', { pfs_group: '' }, undefined],
  ]
  for (const [n, [model, sent, expected]] of cases.entries())
    await t.test(`${model} ${JSON.stringify(sent)}`, async () =>
      assert.deepEqual((await faults(create(model, { name: `n${n}`, ...sent })))[0], expected),
    )
  await t.test('a policy of version 1 becomes one of version 2', async () => {
    const [id] = await create('vpn.ikepolicy', { name: 'old', version: 1, mode: 'main' })
    for (const mode of [null, '']) assert.deepEqual(await faults(change('vpn.ikepolicy', id, { version: 2, mode })), {})
  })
})
