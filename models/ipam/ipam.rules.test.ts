import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inTransaction } from '@demarc/engine/database'
import { testDatabase } from '../../tests/database.ts'
import { testWriter } from '../../tests/writer.ts'
import { rebuildNesting } from './nesting.ts'

const db = await testDatabase()
const { create, change, remove, row, faults } = await testWriter(db)

/** Keys on which each of some rows, sent in one request, is refused. */
const refused = (model: string, ...items: object[]) => faults(create(model, ...items))

test('prefixes count what is in them and how deep they lie, in their own VRF, whatever comes and goes', async () => {
  const [other] = await create('ipam.vrf', { name: 'other', enforce_unique: false })
  const [free] = await create('ipam.vrf', { name: 'free', enforce_unique: false })
  const put = (...prefixes: string[]) => create('ipam.prefix', ...prefixes.map(prefix => ({ prefix, vrf: free })))
  const nesting = async () =>
    (
      await db.query<{ prefix: string; _depth: number; _children: number }>(
        'select prefix, _depth, _children from ipam_prefix where vrf_id = $1 order by prefix, id',
        [free],
      )
    ).map(({ prefix, _depth, _children }) => `${prefix} ${_depth} ${_children}`)
  const [sixteen] = await put('10.0.0.0/16', '10.0.0.0/16', '10.0.0.0/24')
  const [eight] = await put('10.0.0.0/8')
  assert.deepEqual(await nesting(), ['10.0.0.0/8 0 3', '10.0.0.0/16 1 1', '10.0.0.0/16 1 1', '10.0.0.0/24 2 0'])
  await change('ipam.prefix', sixteen!, { prefix: '10.0.0.0/20' })
  assert.deepEqual(await nesting(), ['10.0.0.0/8 0 3', '10.0.0.0/16 1 2', '10.0.0.0/20 2 1', '10.0.0.0/24 3 0'])
  await change('ipam.prefix', sixteen!, { vrf: other })
  assert.deepEqual(await nesting(), ['10.0.0.0/8 0 2', '10.0.0.0/16 1 1', '10.0.0.0/24 2 0'])
  assert.deepEqual((await row('ipam.prefix', sixteen!))['_depth'], 0)
  await remove('ipam.prefix', eight!)
  const right = ['10.0.0.0/16 0 1', '10.0.0.0/24 1 0']
  assert.deepEqual(await nesting(), right)
  await db.query('update ipam_prefix set _depth = 7, _children = 7', [])
  assert.equal(await inTransaction(db, rebuildNesting), 3)
  assert.deepEqual(await nesting(), right)
})

test('prefixes and aggregates', async t => {
  const [rir] = await create('ipam.rir', { name: 'RIR', slug: 'rir' })
  const aggregate = (prefix: string) => ({ prefix, rir })
  await create('ipam.aggregate', aggregate('172.16.0.0/12'))
  const cases: [what: string, model: string, items: object[], refused: Record<number, string[]>][] = [
    [
      'the whole address space',
      'ipam.prefix',
      [{ prefix: '0.0.0.0/0' }, { prefix: '::/0' }],
      { 0: ['prefix'], 1: ['prefix'] },
    ],
    ['host bits', 'ipam.prefix', [{ prefix: '10.0.0.1/24' }], { 0: ['prefix'] }],
    [
      'one prefix twice in a request',
      'ipam.prefix',
      [{ prefix: '10.9.0.0/24' }, { prefix: '10.9.0.0/24' }],
      { 1: ['prefix'] },
    ],
    ['a type of scope alone', 'ipam.prefix', [{ prefix: '10.8.0.0/24', scope_type: 'dcim.site' }], { 0: ['__all__'] }],
    ['an id of scope alone', 'ipam.prefix', [{ prefix: '10.8.0.0/24', scope_id: 1 }], { 0: ['scope_type'] }],
    ['all of a family as an aggregate', 'ipam.aggregate', [aggregate('::/0')], { 0: ['prefix'] }],
    ['half of a family as an aggregate', 'ipam.aggregate', [aggregate('::/1')], {}],
    ['an aggregate inside another', 'ipam.aggregate', [aggregate('172.17.0.0/16')], { 0: ['prefix'] }],
    ['an aggregate around another', 'ipam.aggregate', [aggregate('172.0.0.0/8')], { 0: ['prefix'] }],
    [
      'two of one request that overlap',
      'ipam.aggregate',
      [aggregate('10.0.0.0/8'), aggregate('10.1.0.0/16')],
      { 1: ['prefix'] },
    ],
  ]
  for (const [what, model, items, expected] of cases)
    await t.test(what, async () => assert.deepEqual(await refused(model, ...items), expected))
})

test('addresses', async t => {
  const [populated] = await create('ipam.iprange', {
    start_address: '198.51.100.10/24',
    end_address: '198.51.100.20/24',
    mark_populated: true,
  })
  assert.ok(populated)
  const [group] = await create('ipam.fhrpgroup', { protocol: 'vrrp3', group_id: 1 })
  const assigned = { assigned_object_type: 'ipam.fhrpgroup', assigned_object_id: group }
  await create('ipam.ipaddress', { address: '192.0.2.1/24' }, { address: '192.0.2.2/24', role: 'vip' })
  const cases: [what: string, address: object, refused: string[] | undefined][] = [
    ['a host that exists under another mask', { address: '192.0.2.1/32' }, ['address']],
    ['one shared by role with one that is not', { address: '192.0.2.1/24', role: 'vip' }, ['address']],
    ['two shared by role', { address: '192.0.2.2/24', role: 'vrrp' }, undefined],
    ['a role that shares nothing', { address: '192.0.2.2/24', role: 'loopback' }, ['address']],
    ['a network address, assigned', { address: '203.0.113.0/24', ...assigned }, ['__all__']],
    ['a broadcast address, assigned', { address: '203.0.113.255/24', ...assigned }, ['__all__']],
    ['a network address, free', { address: '203.0.113.0/24' }, undefined],
    ['an end of a /31, assigned', { address: '203.0.113.8/31', ...assigned }, undefined],
    ['an IPv6 network address, assigned', { address: '2001:db8::/64', ...assigned }, ['__all__']],
    ['one in all of its family', { address: '203.0.113.12/0' }, ['address']],
    ['one in half of its family', { address: '203.0.113.12/1' }, undefined],
    ['an IPv6 address in all of its family', { address: '2001:db8::1/0' }, ['address']],
    ['inside a populated range', { address: '198.51.100.15/24' }, ['address']],
    ['SLAAC for IPv4', { address: '203.0.113.9/24', status: 'slaac' }, ['status']],
    ['a DNS name of labels', { address: '203.0.113.10/24', dns_name: '*.Example.com.' }, undefined],
    ['a star in the middle of a DNS name', { address: '203.0.113.11/24', dns_name: 'a.*.com' }, ['dns_name']],
  ]
  for (const [what, address, expected] of cases)
    await t.test(what, async () => assert.deepEqual((await refused('ipam.ipaddress', address))[0], expected))
  await t.test('a DNS name is kept in small letters', async () =>
    assert.deepEqual(await db.query(`select dns_name from ipam_ipaddress where dns_name <> ''`, []), [
      { dns_name: '*.example.com.' },
    ]),
  )
})

test('an address by which a machine is reached stays with it', async () => {
  const [site] = await create('dcim.site', { name: 'S', slug: 's' })
  const [vm, other] = await create('virtualization.virtualmachine', { name: 'a', site }, { name: 'b', site })
  const [one, two, far] = await create(
    'virtualization.vminterface',
    { virtual_machine: vm, name: 'eth0' },
    { virtual_machine: vm, name: 'eth1' },
    { virtual_machine: other, name: 'eth0' },
  )
  const at = (id: number | undefined) => ({
    assigned_object_type: id ? 'virtualization.vminterface' : null,
    assigned_object_id: id ?? null,
  })
  const [ip] = await create('ipam.ipaddress', { address: '10.20.0.1/24', ...at(one) })
  const move = (to: number | undefined) => faults(change('ipam.ipaddress', ip, { ...at(to) }))
  assert.deepEqual(await faults(change('virtualization.virtualmachine', other, { primary_ip4: ip })), {
    [other]: ['primary_ip4'],
  })
  assert.deepEqual(await faults(change('virtualization.virtualmachine', vm, { primary_ip6: ip })), {
    [vm]: ['primary_ip6'],
  })
  await change('virtualization.virtualmachine', vm, { primary_ip4: ip })
  assert.deepEqual(await move(two), {}, 'to another interface of the machine')
  assert.deepEqual(await move(far), { [ip]: ['__all__'] })
  assert.deepEqual(await move(undefined), { [ip]: ['__all__'] })
  await remove('ipam.ipaddress', ip)
  assert.equal((await row('virtualization.virtualmachine', vm))['primary_ip4_id'], null)
  const log = await db.query<{ what: string }>(
    `select action || ' ' || changed_object_type as what from core_objectchange order by id desc limit 2`,
    [],
  )
  assert.deepEqual(
    log.map(entry => entry.what).sort(),
    ['delete ipam.ipaddress', 'update virtualization.virtualmachine'],
    'the machine is recorded, too',
  )
})

test('AS numbers come from a registry, and ranges of them end after they start', async () => {
  const [rir] = await create('ipam.rir', { name: 'ASNs', slug: 'asns' })
  assert.deepEqual(await refused('ipam.asn', { asn: 65000 }, { asn: 65001, rir: null }, { asn: 65002, rir }), {
    0: ['rir'],
    1: ['rir'],
  })
  const [asn] = await create('ipam.asn', { asn: 65003, rir })
  assert.deepEqual(await faults(change('ipam.asn', asn, { rir: null })), { [asn]: ['rir'] })
  const range = (start: number, end: number) => ({ name: `${start}`, slug: `${start}`, rir, start, end })
  assert.deepEqual(await refused('ipam.asnrange', range(9, 8), range(7, 7), range(5, 6)), {
    0: ['__all__'],
    1: ['__all__'],
  })
  const [id] = await create('ipam.asnrange', range(5, 6))
  assert.deepEqual(await faults(change('ipam.asnrange', id, { start: 6 })), { [id]: ['__all__'] })
})

test('IP ranges', async t => {
  const range = (start_address: string, end_address: string) => ({ start_address, end_address })
  const [first] = await create('ipam.iprange', range('10.30.0.100/24', '10.30.0.199/24'))
  assert.equal((await row('ipam.iprange', first))['size'], 100)
  const cases: [what: string, items: object[], refused: Record<number, string[]>][] = [
    ['of two families', [range('10.30.1.1/24', '2001:db8::1/24')], { 0: ['end_address'] }],
    ['of two masks', [range('10.30.1.1/24', '10.30.1.2/25')], { 0: ['end_address'] }],
    ['that ends before it starts', [range('10.30.1.9/24', '10.30.1.8/24')], { 0: ['end_address'] }],
    ['of one address', [range('10.30.1.1/24', '10.30.1.1/24')], {}],
    ['that overlaps under another mask', [range('10.30.0.123/26', '10.30.0.124/26')], { 0: ['__all__'] }],
    [
      'two of a request that overlap',
      [range('10.30.2.1/24', '10.30.2.9/24'), range('10.30.2.9/24', '10.30.2.12/24')],
      { 1: ['__all__'] },
    ],
    ['larger than 2^32 - 1', [range('2001:db8::/64', '2001:db8::ffff:ffff/64')], { 0: ['__all__'] }],
    ['larger than 2^31', [range('2001:db8:1::/64', '2001:db8:1::8000:0000/64')], {}],
  ]
  for (const [what, items, expected] of cases)
    await t.test(what, async () => assert.deepEqual(await refused('ipam.iprange', ...items), expected))
})

test('VLANs and their groups', async t => {
  const [siteGroup] = await create('dcim.sitegroup', { name: 'SG', slug: 'sg' })
  const [here, there] = await create(
    'dcim.site',
    { name: 'here', slug: 'here', group: siteGroup },
    { name: 'there', slug: 'there' },
  )
  const [atSite, atGroup] = await create(
    'ipam.vlangroup',
    { name: 'A', slug: 'a', scope_type: 'dcim.site', scope_id: here, vid_ranges: [[1, 9]] },
    { name: 'B', slug: 'b', scope_type: 'dcim.sitegroup', scope_id: siteGroup },
  )
  assert.equal((await row('ipam.vlangroup', atGroup))['total_vlan_ids'], 4094)
  const ranges = async (vid_ranges: unknown) =>
    (
      await refused('ipam.vlangroup', {
        name: 'R',
        slug: `r${JSON.stringify(vid_ranges).replaceAll(/\W/g, '-')}`,
        vid_ranges,
      })
    )[0]
  for (const wrong of [
    [],
    [[0, 5]],
    [[1, 4095]],
    [[9, 3]],
    [
      [2, 4],
      [3, 5],
    ],
    [
      [1, 2],
      [2, 3],
    ],
  ])
    await t.test(`no ranges ${JSON.stringify(wrong)}`, async () =>
      assert.deepEqual(await ranges(wrong), ['vid_ranges']),
    )
  for (const right of [
    [[5, 5]],
    [
      [1, 2],
      [3, 4],
    ],
  ])
    await t.test(`ranges ${JSON.stringify(right)}`, async () => assert.equal(await ranges(right), undefined))
  const [svlan] = await create('ipam.vlan', { name: 'svlan', vid: 100, qinq_role: 'svlan' })
  const cases: [what: string, vlan: object, refused: string[] | undefined][] = [
    ['at another site than its group', { group: atSite, site: there, vid: 1 }, ['__all__']],
    ['at the site of its group', { group: atSite, site: here, vid: 1 }, undefined],
    ['at a site out of the site group of its group', { group: atGroup, site: there, vid: 1 }, ['__all__']],
    ['at a site of the site group of its group', { group: atGroup, site: here, vid: 1 }, undefined],
    ['out of the ranges of its group', { group: atSite, vid: 10 }, ['vid']],
    ['in a service VLAN without being a customer', { vid: 2, qinq_svlan: svlan }, ['qinq_svlan']],
    ['a customer without a service VLAN', { vid: 2, qinq_role: 'cvlan' }, ['qinq_role']],
    ['the empty string for no role', { vid: 2, qinq_role: '' }, ['qinq_role']],
    ['a customer in a service VLAN', { vid: 2, qinq_role: 'cvlan', qinq_svlan: svlan }, undefined],
  ]
  for (const [what, vlan, expected] of cases)
    await t.test(what, async () => assert.deepEqual((await refused('ipam.vlan', { name: what, ...vlan }))[0], expected))
})

const [group] = await create('ipam.fhrpgroup', { protocol: 'hsrp', group_id: 2 })
const listeners = {
  'ipam.servicetemplate': {},
  'ipam.service': { parent_object_type: 'ipam.fhrpgroup', parent_object_id: group },
}
for (const [model, parent] of Object.entries(listeners))
  test(`what an ${model} listens on`, async t => {
    const [one, two] = await create(
      model,
      { name: 'one', port_mappings: ['tcp/80'], ...parent },
      { name: 'two', port_mappings: ['tcp/80', 'udp/53'], ...parent },
    )
    const listening = async (id: number) => (await row(model, id))['port_mappings']
    let count = 0
    const cases: [sent: object, expected: string[] | { mappings: string[] }][] = [
      [{ port_mappings: ['TCP/080', 'udp/53'] }, { mappings: ['tcp/80', 'udp/53'] }],
      [{ protocol: 'tcp', ports: [443, 80] }, { mappings: ['tcp/443', 'tcp/80'] }],
      [{}, ['port_mappings']],
      [{ port_mappings: [] }, ['port_mappings']],
      [{ port_mappings: ['tcp/80', 'tcp/080'] }, ['port_mappings']],
      [{ port_mappings: ['tcp/0'] }, ['port_mappings']],
      [{ port_mappings: ['tcp/80', ' '] }, ['port_mappings']],
      [{ port_mappings: ['icmp/1'] }, ['port_mappings']],
      [{ protocol: 'tcp' }, ['__all__']],
      [{ ports: [80] }, ['__all__']],
      [{ protocol: 'tcp', ports: [] }, ['ports']],
      [{ protocol: 'tcp', ports: [80, 80] }, ['ports']],
      [{ protocol: 'tcp', ports: [70000] }, ['ports']],
      [{ protocol: 'TCP', ports: [80] }, ['protocol']],
      [{ port_mappings: ['udp/53'], protocol: 'tcp', ports: [80] }, ['__all__']],
      [{ port_mappings: ['tcp/81', 'tcp/80'], protocol: 'tcp', ports: [80, 81] }, { mappings: ['tcp/81', 'tcp/80'] }],
      [{ port_mappings: ['tcp/81'], protocol: null, ports: null }, { mappings: ['tcp/81'] }],
    ]
    for (const [sent, expected] of cases)
      await t.test(JSON.stringify(sent), async () => {
        const work = create(model, { name: `sent ${count++}`, ...parent, ...sent })
        if (Array.isArray(expected)) assert.deepEqual(await faults(work), { 0: expected })
        else assert.deepEqual(await listening((await work)[0]), expected.mappings)
      })
    await t.test('half of the older form changes the other half of one protocol, and of no more', async () => {
      await change(model, one, { ports: [8080] })
      assert.deepEqual(await listening(one), ['tcp/8080'])
      assert.deepEqual(await faults(change(model, two, { ports: [1] })), { [two]: ['__all__'] })
    })
    await t.test('one that was taken over without any is not changed until it has some', async () => {
      await db.query(`update ${model.replace('.', '_')} set port_mappings = '{}' where id = $1`, [two])
      const set = (item: object) => faults(change(model, two, item))
      assert.deepEqual(await set({ description: 'x' }), { [two]: ['port_mappings'] })
      assert.deepEqual(await set({ description: 'x', port_mappings: ['tcp/1'] }), {})
    })
  })

test('what is bound to a place is found by all that it lies in, also when that moves', async () => {
  const [north, south] = await create('dcim.region', { name: 'N', slug: 'n' }, { name: 'So', slug: 'so' })
  const [a, b] = await create(
    'dcim.site',
    { name: 'A', slug: 'a', region: north },
    { name: 'B', slug: 'b', region: south },
  )
  const [room] = await create('dcim.location', { name: 'room', slug: 'room', site: a })
  const [cage] = await create('dcim.location', { name: 'cage', slug: 'cage', site: a, parent: room })
  const [prefix] = await create('ipam.prefix', { prefix: '10.77.0.0/24', scope_type: 'dcim.location', scope_id: cage })
  const where = async () => {
    const { _region_id, _site_id, _location_id } = await row('ipam.prefix', prefix)
    return [_region_id, _site_id, _location_id]
  }
  const { last_updated } = await row('ipam.prefix', prefix)
  assert.deepEqual(await where(), [north, a, cage])
  await change('dcim.site', a, { region: south })
  assert.deepEqual(await where(), [south, a, cage])
  await change('dcim.site', b, { region: north })
  await change('dcim.location', room, { site: b })
  assert.deepEqual(await where(), [north, b, cage])
  assert.deepEqual((await row('ipam.prefix', prefix))['last_updated'], last_updated, 'none of which changes the prefix')
  await remove('dcim.region', north)
  assert.deepEqual(await where(), [null, b, cage])
})
