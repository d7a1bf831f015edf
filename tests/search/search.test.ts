import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inTransaction } from '@demarc/engine/database'
import { permissionsOf } from '@demarc/engine/permission'
import { BadTerm, reindex, search, type SearchLookup } from '@demarc/engine/search'
import { registry } from '@demarc/models'
import { testDatabase } from '../database.ts'
import { testWriter } from '../writer.ts'

const db = await testDatabase()
const settings = { exemptViewPermissions: [], defaultPermissions: {} }
const superuser = await permissionsOf(db, registry, { id: 1, superuser: true }, settings)
const { create } = await testWriter(db)
const names = async (term: string, permissions = superuser, lookup: SearchLookup = 'icontains') =>
  (await search(db, registry, permissions, term, { lookup })).map(({ object_type, field }) => `${object_type} ${field}`)

test('search', async t => {
  const [oslo] = await create(
    'dcim.site',
    { name: 'Oslo 1', slug: 'oslo-1', comments: 'near the fjord' },
    { name: 'Bergen', slug: 'bergen', description: 'west of Oslo' },
  )
  await create('ipam.prefix', { prefix: '10.0.0.0/8' }, { prefix: '192.0.2.0/24' })
  await create('ipam.ipaddress', { address: '10.1.2.3/24', dns_name: 'gw.oslo.example' })

  await t.test('finds what was just written, the better match first, each object once', async () =>
    assert.deepEqual(await names('oslo'), ['dcim.site name', 'ipam.ipaddress dns_name', 'dcim.site description']),
  )
  await t.test('an address finds itself under any mask, and the prefixes around it', async () =>
    assert.deepEqual((await names('10.1.2.3')).sort(), ['ipam.ipaddress address', 'ipam.prefix prefix']),
  )
  await t.test('signs of patterns are letters like any other', async () => assert.deepEqual(await names('%'), []))
  await t.test('a regular expression finds what it matches, and has to be one', async () => {
    assert.deepEqual(await names('^OSLO \\d$', superuser, 'iregex'), ['dcim.site name'])
    await assert.rejects(names('(', superuser, 'iregex'), BadTerm)
  })
  await t.test('shows nothing that may not be viewed', async () => {
    const nobody = await permissionsOf(db, registry, { id: 2, superuser: false }, settings)
    assert.deepEqual(await names('oslo', nobody), [])
    const some = await permissionsOf(
      db,
      registry,
      { id: 2, superuser: false },
      { ...settings, defaultPermissions: { 'dcim.view_site': [{ id: oslo }] } },
    )
    assert.deepEqual(await names('oslo', some), ['dcim.site name'])
  })
  await t.test('an index made anew holds the same', async () => {
    const before = await db.pool.query('select * from search_entry order by object_type, object_id, field')
    await inTransaction(db, tx => reindex(db, tx, registry))
    const after = await db.pool.query('select * from search_entry order by object_type, object_id, field')
    assert.deepEqual(after.rows, before.rows)
  })
})
