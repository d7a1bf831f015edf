import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../tests/database.ts'
import { totalOf } from './total.ts'

const db = await testDatabase()
const site = { table: 'dcim_site' }

let counted = 0
const finding = (count: number) => async () => {
  counted += 1
  return count
}

test('a large total is remembered until rows of the table change', async () => {
  assert.equal(await totalOf(db, site, finding(200_000)), 200_000)
  assert.equal(await totalOf(db, site, finding(1)), 200_000)
  await db.changed('dcim_rack')
  assert.equal(await totalOf(db, site, finding(1)), 200_000)
  await db.changed('dcim_site')
  assert.equal(await totalOf(db, site, finding(200_001)), 200_001)
  await db.changed(null)
  assert.equal(await totalOf(db, site, finding(200_002)), 200_002)
  assert.equal(counted, 3)
})

test('a total is not remembered where rows changed while they were counted', async () => {
  for (const table of ['dcim_site', null]) {
    await db.changed(null)
    await totalOf(db, site, async () => {
      await db.changed(table)
      return 300_000
    })
    assert.equal(await totalOf(db, site, finding(300_001)), 300_001)
  }
})

test('a small total is counted each time', async () => {
  await db.changed(null)
  assert.equal(await totalOf(db, site, finding(10)), 10)
  assert.equal(await totalOf(db, site, finding(11)), 11)
})
