import assert from 'node:assert/strict'
import { test } from 'node:test'
import { permissionsOf } from '@demarc/engine/permission'
import { changeRows, createRows, type Refused, type WriteCall } from '@demarc/engine/write'
import { registry } from '@demarc/models'
import { testDatabase } from '../../tests/database.ts'
import { grantTo, type Grant } from '../../tests/integrity/grant.ts'
import { testWriter } from '../../tests/writer.ts'

const db = await testDatabase()
const { call, create, change, remove, row, faults } = await testWriter(db)

const [s1, s2] = await create('dcim.site', { name: 'S1', slug: 's1' }, { name: 'S2', slug: 's2' })
const [manufacturer] = await create('dcim.manufacturer', { name: 'M', slug: 'm' })
const [device_type] = await create('dcim.devicetype', { manufacturer, model: 'T', slug: 't' })
const [role] = await create('dcim.devicerole', { name: 'R', slug: 'r' })
const [type] = await create('virtualization.clustertype', { name: 'T', slug: 't' })
const [c1, c2] = await create(
  'virtualization.cluster',
  { name: 'C1', type, scope_type: 'dcim.site', scope_id: s1 },
  { name: 'C2', type },
)
const host = (name: string, site: number, cluster: number | null) => ({ name, site, cluster, device_type, role })
const [d1] = await create('dcim.device', host('D1', s1, c1))
const [d2] = await create('dcim.device', host('D2', s2, null))

test('where a machine may be, and where it then is', async t => {
  const cases: [placed: { site?: number; cluster?: number; device?: number }, expected: string[] | number][] = [
    [{}, ['__all__']],
    [{ site: s2, cluster: c1 }, ['cluster']],
    [{ device: d1 }, ['cluster']],
    [{ cluster: c2, device: d1 }, ['device']],
    [{ site: s1, device: d2 }, ['site']],
    [{ device: d2 }, s2],
    [{ cluster: c1 }, s1],
    [{ site: s1, cluster: c1, device: d1 }, s1],
  ]
  for (const [n, [placed, expected]] of cases.entries())
    await t.test(JSON.stringify(placed), async () => {
      const work = create('virtualization.virtualmachine', { name: `placed ${n}`, ...placed })
      if (Array.isArray(expected)) return assert.deepEqual(await faults(work), { 0: expected })
      assert.equal((await row('virtualization.virtualmachine', (await work)[0]))['site_id'], expected)
    })
})

test('names of machines are unique in a cluster and for a tenant, in any case, no tenant counting as one', async () => {
  const machine = (name: string, more: object = {}) => ({ name, cluster: c2, ...more })
  const [tenant] = await create('tenancy.tenant', { name: 'T', slug: 't' })
  await create('virtualization.virtualmachine', machine('web'))
  assert.deepEqual(await faults(create('virtualization.virtualmachine', machine('WEB'))), { 0: ['__all__'] })
  assert.deepEqual(await faults(create('virtualization.virtualmachine', machine('web', { tenant }))), {})
  const onHost = (name: string, cluster: number | null = null) => ({ name, device: cluster ? d1 : d2, cluster })
  assert.deepEqual(
    await faults(create('virtualization.virtualmachine', onHost('twin', c1), onHost('twin'), onHost('Twin'))),
    { 2: ['__all__'] },
    'and on a host without a cluster, in one request, too',
  )
})

test('a new machine takes from its type what it does not say, and never again', async () => {
  const [size] = await create('virtualization.virtualmachinetype', {
    name: 'small',
    slug: 'small',
    default_vcpus: 2,
    default_memory: 4096,
  })
  const [vm, own] = await create(
    'virtualization.virtualmachine',
    { name: 'typed', cluster: c1, virtual_machine_type: size, vcpus: null },
    { name: 'own', cluster: c1, virtual_machine_type: size, memory: 1 },
  )
  const sizes = async (id: number) => {
    const { vcpus, memory } = await row('virtualization.virtualmachine', id)
    return [Number(vcpus), memory]
  }
  assert.deepEqual(await sizes(vm), [2, 4096])
  assert.deepEqual(await sizes(own), [2, 1])
  await change('virtualization.virtualmachine', vm, { memory: null })
  assert.deepEqual((await sizes(vm))[1], null)
  const count = async () => (await row('virtualization.virtualmachinetype', size))['virtual_machine_count']
  assert.equal(await count(), 2)
  await remove('virtualization.virtualmachine', own)
  assert.equal(await count(), 1)
})

test('a machine has as much disk as its disks', async () => {
  const [a, b] = await create(
    'virtualization.virtualmachine',
    { name: 'da', cluster: c1, disk: 7 },
    { name: 'db', cluster: c1 },
  )
  const disk = async (id: number) => (await row('virtualization.virtualmachine', id))['disk']
  const [one, two] = await create(
    'virtualization.virtualdisk',
    { virtual_machine: a, name: 'sda', size: 10 },
    { virtual_machine: a, name: 'sdb', size: 5 },
  )
  assert.equal(await disk(a), 15)
  assert.deepEqual(await faults(change('virtualization.virtualmachine', a, { disk: 14 })), { [a]: ['disk'] })
  await change('virtualization.virtualmachine', a, { disk: null })
  assert.equal(await disk(a), 15)
  await change('virtualization.virtualdisk', one, { virtual_machine: b, size: 20 })
  assert.deepEqual([await disk(a), await disk(b)], [5, 20])
  await remove('virtualization.virtualdisk', two)
  assert.equal(await disk(a), null)
  assert.equal((await row('virtualization.virtualmachine', b))['virtual_disk_count'], 1)
})

test('a cluster stands where its hosts do, and its machines stand there, too', async () => {
  const scope = (scope_id: number) => ({ scope_type: 'dcim.site', scope_id })
  assert.deepEqual(await faults(change('virtualization.cluster', c1, scope(s2))), { [c1]: ['scope'] })
  assert.deepEqual(
    await faults(create('virtualization.cluster', { name: 'C1', type, scope_type: 'dcim.site', scope_id: s1 })),
    { 0: ['__all__'] },
    'a name is taken once at a site',
  )
  const [vm] = await create('virtualization.virtualmachine', { name: 'follower', cluster: c2, site: s1 })
  await change('virtualization.cluster', c2, { scope_type: 'dcim.site', scope_id: s2 })
  assert.equal((await row('virtualization.virtualmachine', vm))['site_id'], s2)
})

test('machines have a hundredth of a processor at least, and an object as context', async () => {
  const processors = {
    vm: ['virtualmachine', 'vcpus', { cluster: c1 }],
    type: ['virtualmachinetype', 'default_vcpus', {}],
  } as const
  for (const [name, [model, key, more]] of Object.entries(processors)) {
    const [id] = await create(`virtualization.${model}`, { name, slug: name, ...more })
    const set = (value: unknown) => faults(change(`virtualization.${model}`, id, { [key]: value }))
    for (const bad of [0, '0.00', -1]) assert.deepEqual(await set(bad), { [id]: [key] }, `${key} ${bad}`)
    for (const good of [0.01, 1.5, null]) assert.deepEqual(await set(good), {}, `${key} ${good}`)
  }
  const machine = (local_context_data: unknown) =>
    faults(create('virtualization.virtualmachine', { name: `${local_context_data}`, cluster: c1, local_context_data }))
  for (const bad of [[1], 'a', 1]) assert.deepEqual(await machine(bad), { 0: ['local_context_data'] })
  for (const good of [{ a: [1] }, null]) assert.deepEqual(await machine(good), {})
})

test('interfaces of machines', async t => {
  const [vm, other] = await create(
    'virtualization.virtualmachine',
    { name: 'ia', cluster: c1 },
    { name: 'ib', cluster: c1 },
  )
  const [foreign] = await create('virtualization.vminterface', { virtual_machine: other, name: 'eth0' })
  const [abroad] = await create('ipam.vlan', { name: 'abroad', vid: 9, site: s2 })
  const cases: [what: string, sent: object, refused: string[] | undefined][] = [
    ['a parent on another machine', { parent: foreign }, ['parent']],
    ['a bridge on another machine', { bridge: foreign }, ['bridge']],
    ['a VLAN of another site', { mode: 'access', untagged_vlan: abroad }, ['untagged_vlan']],
    ['a tagged VLAN of another site', { mode: 'tagged', tagged_vlans: [abroad] }, ['tagged_vlans']],
    ['a service VLAN without Q-in-Q', { mode: 'access', qinq_svlan: abroad }, ['qinq_svlan']],
    ['nothing special', {}, undefined],
  ]
  for (const [what, sent, expected] of cases)
    await t.test(what, async () =>
      assert.deepEqual(
        (await faults(create('virtualization.vminterface', { virtual_machine: vm, name: what, ...sent })))[0],
        expected,
      ),
    )
  assert.equal((await row('virtualization.virtualmachine', vm))['interface_count'], 1)
  await t.test('an interface is neither part of itself nor bridges to itself', async () => {
    const [one, two] = await create(
      'virtualization.vminterface',
      { virtual_machine: vm, name: 'one' },
      { virtual_machine: vm, name: 'two' },
    )
    for (const key of ['parent', 'bridge']) {
      assert.deepEqual(await faults(change('virtualization.vminterface', one, { [key]: one })), { [one]: [key] })
      assert.deepEqual(await faults(change('virtualization.vminterface', one, { [key]: two })), {})
    }
  })
})

test('mac_address of an interface', async () => {
  const [vm] = await create('virtualization.virtualmachine', { name: 'ma', cluster: c1 })
  const [id] = await create('virtualization.vminterface', {
    virtual_machine: vm,
    name: 'e',
    mac_address: 'aa:bb:cc:00:00:01',
  })
  const primary = async () => {
    const { primary_mac_address_id: mac } = await row('virtualization.vminterface', id)
    return mac && (await row('dcim.macaddress', mac))['mac_address']
  }
  const write = (sent: Record<string, unknown>) => faults(change('virtualization.vminterface', id, { ...sent }))
  assert.equal(await primary(), 'aa:bb:cc:00:00:01')
  await write({ mac_address: 'AA-BB-CC-00-00-02' })
  assert.equal(await primary(), 'aa:bb:cc:00:00:02')
  await write({ mac_address: 'aa:bb:cc:00:00:01' })
  const all = async () => (await db.query<{ id: number }>('select id from dcim_macaddress', [])).length
  assert.deepEqual([await primary(), await all()], ['aa:bb:cc:00:00:01', 2], 'one that is there is not made again')
  const wrong = { [id]: ['mac_address'] }
  assert.deepEqual(await write({ mac_address: 'not-a-mac' }), wrong)
  assert.deepEqual(await write({ mac_address: '' }), wrong)
  assert.deepEqual(await write({ mac_address: 'aa:bb:cc:00:00:03', primary_mac_address: null }), { [id]: ['__all__'] })
  const [unassigned] = await create('dcim.macaddress', { mac_address: 'aa:bb:cc:00:00:04' })
  assert.deepEqual(await write({ primary_mac_address: unassigned }), { [id]: ['__all__'] })
  const [other] = await create('virtualization.vminterface', { virtual_machine: vm, name: 'f' })
  const { primary_mac_address_id: taken } = await row('virtualization.vminterface', id)
  assert.deepEqual(
    await faults(change('virtualization.vminterface', other, { primary_mac_address: taken })),
    { [other]: ['__all__'] },
    'it is the address of another interface',
  )
  await write({ mac_address: null })
  assert.deepEqual([await primary(), await all()], [null, 3])
})

test('interfaces sort by number, have VLANs as their mode does, and take a MAC address that is free', async () => {
  const [vm] = await create('virtualization.virtualmachine', { name: 'ic', cluster: c1 })
  const [untagged_vlan, tagged] = await create('ipam.vlan', { name: 'u', vid: 21 }, { name: 't', vid: 22 })
  const [primary_mac_address] = await create('dcim.macaddress', { mac_address: 'aa:bb:cc:00:01:00' })
  const vlans = { untagged_vlan, tagged_vlans: [tagged] }
  const [ten, nine] = await create(
    'virtualization.vminterface',
    { virtual_machine: vm, name: 'eth10', mode: 'tagged', ...vlans },
    { virtual_machine: vm, name: 'eth9', untagged_vlan, primary_mac_address },
  )
  const sorted = await db.query<{ id: number }>(
    'select id from virtualization_vminterface where virtual_machine_id = $1 order by _name collate "C"',
    [vm],
  )
  assert.deepEqual(
    sorted.map(({ id }) => id),
    [nine, ten],
  )
  const { assigned_object_type, assigned_object_id } = await row('dcim.macaddress', primary_mac_address)
  assert.deepEqual([assigned_object_type, assigned_object_id], ['virtualization.vminterface', nine])

  const has = async (id: number) => {
    const links = await db.query('select from virtualization_vminterface_tagged_vlans where vminterface_id = $1', [id])
    return [(await row('virtualization.vminterface', id))['untagged_vlan_id'], links.length]
  }
  assert.deepEqual(await has(nine), [null, 0], 'without a mode it has no VLAN')
  assert.deepEqual(await has(ten), [untagged_vlan, 1])
  await change('virtualization.vminterface', ten, { mode: 'access' })
  assert.deepEqual(await has(ten), [untagged_vlan, 0])
  await change('virtualization.vminterface', ten, { mode: 'tagged-all', tagged_vlans: [tagged] })
  assert.deepEqual(await has(ten), [untagged_vlan, 1], 'those sent along stay')
  await change('virtualization.vminterface', ten, { mode: null })
  assert.deepEqual(await has(ten), [null, 0])
})

test('mac_address that is not there yet takes the permission to add addresses', async () => {
  const [vm] = await create('virtualization.virtualmachine', { name: 'mb', cluster: c1 })
  const [id] = await create('virtualization.vminterface', { virtual_machine: vm, name: 'e' })
  const [address] = await create('dcim.macaddress', {
    mac_address: 'aa:bb:cc:00:00:09',
    assigned_object_type: 'virtualization.vminterface',
    assigned_object_id: id,
  })
  const grant = (model: string, ...actions: string[]) => ({ model, actions, constraints: null })
  const interfaces = grant('virtualization.vminterface', 'view', 'add', 'change')
  const as = async (...grants: Grant[]) => {
    const user = { id: await grantTo(db, ...grants), superuser: false }
    const permissions = await permissionsOf(db, registry, user, { exemptViewPermissions: [], defaultPermissions: {} })
    return { ...call, permissions }
  }
  const model = registry.model('virtualization.vminterface')
  const set = (writer: WriteCall, mac_address: string | null) =>
    changeRows(writer, model, [{ id, item: { mac_address } }], 'change', { and: [] })
  const denied = ({ refusals: [refusal] }: Refused) => refusal!.status === 403
  const [may, not] = [await as(interfaces, grant('dcim.macaddress', 'add')), await as(interfaces)]
  await assert.rejects(set(not, 'aa:bb:cc:00:00:0a'), denied)
  await assert.rejects(
    createRows(not, model, [{ virtual_machine: vm, name: 'f', mac_address: 'aa:bb:cc:00:00:09' }]),
    denied,
    'what another interface has is none of its own',
  )
  const primary = async () => (await row('virtualization.vminterface', id))['primary_mac_address_id']
  await set(not, 'AA-BB-CC-00-00-09')
  assert.equal(await primary(), address, 'it is there already')
  await set(not, null)
  assert.equal(await primary(), null)
  await set(may, 'aa:bb:cc:00:00:0a')
  assert.notEqual(await primary(), null)
})
