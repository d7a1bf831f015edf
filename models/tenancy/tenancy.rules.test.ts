import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/database.ts'
import { restOf } from '../../tests/integrity/app.ts'
import { testWriter } from '../../tests/writer.ts'

const db = await testDatabase()
const { create, change, remove, faults } = await testWriter(db)

const tenant = (name: string, group: number | null = null) => ({ name, slug: name.toLowerCase(), group })
const group = (name: string, parent: number | null = null) => ({ name, slug: name.toLowerCase(), parent })

test('names of tenants are unique in a group, and without one', async () => {
  const [g] = await create('tenancy.tenantgroup', group('G'))
  await create('tenancy.tenant', tenant('A'), tenant('A', g))
  assert.deepEqual(await faults(create('tenancy.tenant', tenant('A'))), { 0: ['__all__'] })
  assert.deepEqual(await faults(create('tenancy.tenant', tenant('B'), tenant('B'))), { 1: ['__all__'] })
})

test('a group goes only if the tenants it leaves differ from all others without a group', async () => {
  const [top] = await create('tenancy.tenantgroup', group('top'))
  const [below, other, fine] = await create('tenancy.tenantgroup', group('below', top), group('other'), group('fine'))
  await create('tenancy.tenant', tenant('X', below), tenant('X', other), tenant('Y', fine))
  await remove('tenancy.tenantgroup', fine)
  assert.deepEqual(await faults(remove('tenancy.tenantgroup', top, other)), { [other]: ['__all__'] }, 'the second')
  await create('tenancy.tenant', tenant('X'))
  assert.deepEqual(await faults(remove('tenancy.tenantgroup', top)), { [top]: ['__all__'] }, 'for a tenant below')
})

test('groups list by the names above them, also after one is renamed', async () => {
  const [z, a] = await create('tenancy.tenantgroup', group('ZZ1'), group('ZZ0'))
  await create('tenancy.tenantgroup', group('b', a), group('c', a), group('a', z))
  const order = async () =>
    (
      await db.query<{ name: string }>(
        `select name from tenancy_tenantgroup where sort_path ~ '^(ZZ|zz)' order by sort_path`,
        [],
      )
    ).map(({ name }) => name)
  assert.deepEqual(await order(), ['ZZ0', 'b', 'c', 'ZZ1', 'a'])
  await change('tenancy.tenantgroup', a, { name: 'ZZ2' })
  assert.deepEqual(await order(), ['ZZ1', 'a', 'ZZ2', 'b', 'c'])
  assert.deepEqual(await faults(create('tenancy.tenantgroup', { name: 'a\tb', slug: 'ab' })), { 0: ['name'] })
})

test('contacts are assigned in a role, to what can have contacts, once', async () => {
  const [contact] = await create('tenancy.contact', { name: 'N' })
  const [role] = await create('tenancy.contactrole', { name: 'R', slug: 'r' })
  const [site] = await create('dcim.site', { name: 'S', slug: 's' })
  const [rir] = await create('ipam.rir', { name: 'I', slug: 'i' })
  const assign = (object_type: string, object_id: number | undefined, more: object = { role }) =>
    faults(create('tenancy.contactassignment', { object_type, object_id, contact, ...more }))
  assert.deepEqual(await assign('dcim.site', site, {}), { 0: ['role'] })
  assert.deepEqual(await assign('ipam.rir', rir), { 0: ['__all__'] })
  assert.deepEqual(await assign('dcim.site', site), {})
  assert.deepEqual(await assign('dcim.site', site, { role, priority: 'primary' }), { 0: ['__all__'] })
})

test('a contact in several groups below one counts there once', async () => {
  const [top] = await create('tenancy.contactgroup', group('top'))
  const groups = await create('tenancy.contactgroup', group('left', top), group('right', top))
  await create('tenancy.contact', { name: 'both', groups }, { name: 'one', groups: [groups[0]] })
  const ask = await restOf(db)
  const { body } = await ask(
    'GET',
    `tenancy/contact-groups/?ordering=id&${[top, ...groups].map(id => `id=${id}`).join('&')}`,
  )
  assert.deepEqual(
    body.results.map((one: { contact_count: number }) => one.contact_count),
    [2, 2, 1],
  )
})
