import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import { insertSamples } from '../../../tests/contract/samples.ts'
import { testDatabase } from '../../../tests/database.ts'
import { configContext, mergeAll } from './configcontext.ts'

test('objects merge, all else replaces', () =>
  assert.deepEqual(mergeAll([{ a: { x: 1, y: [1, 2] }, b: 1 }, { a: { y: [3], z: null } }]), {
    a: { x: 1, y: [3], z: null },
    b: 1,
  }))

test('an empty object replaces what was there', () =>
  assert.deepEqual(mergeAll([{ a: { x: 1 } }, { a: {} }]), { a: {} }))

test('an object takes the place of a value, and the other way round', () =>
  assert.deepEqual(
    mergeAll([
      { a: 1, b: { x: 1 } },
      { a: { x: 1 }, b: 1 },
    ]),
    { a: { x: 1 }, b: 1 },
  ))

test('a key that JavaScript knows is a key like any other', () =>
  assert.deepEqual(Object.keys(mergeAll([JSON.parse('{ "a": 1 }'), JSON.parse('{ "__proto__": { "b": 1 } }')])), [
    'a',
    '__proto__',
  ]))

const db = await testDatabase()
const dimensions =
  'regions site_groups sites locations device_types roles platforms cluster_types cluster_groups clusters tenant_groups tenants tags'

// Three devices, each at the site, in the role … of its own number, and three contexts that name nothing.
await insertSamples(db, 3)

async function clear(): Promise<void> {
  for (const name of dimensions.split(' ')) await db.rows(sql`delete from ${sql.table(`extras_configcontext_${name}`)}`)
  await db.rows(sql`update extras_configcontext set is_active = true, weight = 1000, name = 'context ' || id,
    data = jsonb_build_object('last', id, 'context' || id, true)`)
  for (const table of ['dcim_device', 'virtualization_virtualmachine'])
    await db.rows(sql`update ${sql.table(table)} set local_context_data = null, _config_context_data = null`)
}

/** The contexts of the objects with ids 1 to 3. */
async function applied(table = 'dcim_device'): Promise<unknown[]> {
  const model = table.replace('_', '.') as 'dcim.device' | 'virtualization.virtualmachine'
  const { load, as } = configContext(model)
  const rows = await db.rows(sql`select * from ${sql.table(table)} order by id`)
  const found = await db.rows(load!(sql`${[1, 2, 3]}::bigint[]`))
  return rows.map(row => as(row, found.find(({ id }) => id === row['id'])?.['value'], {}))
}

test('a context that names nothing applies to all; the heavier counts last, then the later name', async () => {
  await clear()
  await db.rows(sql`update extras_configcontext set weight = 2000 where id = 1`)
  await db.rows(sql`update extras_configcontext set name = 'zz' where id = 2`)
  assert.deepEqual(await applied(), Array(3).fill({ last: 1, context1: true, context2: true, context3: true }))
})

test('what an object says of itself counts last of all', async () => {
  await clear()
  await db.rows(sql`update dcim_device set local_context_data = '{ "last": "own" }' where id = 2`)
  assert.deepEqual((await applied())[1], { last: 'own', context1: true, context2: true, context3: true })
})

test('a context for a region applies in the regions below it', async () => {
  await clear()
  await db.rows(sql`update extras_configcontext set is_active = id = 1`)
  await db.rows(
    sql`update dcim_region set parent_id = 1, path = '0000000000000000001.0000000000000000002' where id = 2`,
  )
  await db.rows(sql`insert into extras_configcontext_regions (configcontext_id, region_id) values (1, 1)`)
  assert.deepEqual(await applied(), [{ last: 1, context1: true }, { last: 1, context1: true }, {}])
})

test('every dimension that a context names must fit', async () => {
  await clear()
  await db.rows(sql`update extras_configcontext set is_active = id = 1`)
  await db.rows(sql`insert into extras_configcontext_sites (configcontext_id, site_id) values (1, 1), (1, 2)`)
  await db.rows(sql`insert into extras_configcontext_roles (configcontext_id, devicerole_id) values (1, 2), (1, 3)`)
  assert.deepEqual(await applied(), [{}, { last: 1, context1: true }, {}])
})

test('a context for device types does not apply to virtual machines', async () => {
  await clear()
  await db.rows(sql`insert into extras_configcontext_device_types (configcontext_id, devicetype_id) values (1, 1)`)
  assert.deepEqual(
    await applied('virtualization_virtualmachine'),
    Array(3).fill({ last: 3, context2: true, context3: true }),
  )
})
