import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { testDatabase } from '../../tests/database.ts'
import { Problem } from '../problem/index.ts'
import { migrate } from './index.ts'

const db = await testDatabase()
const folder = mkdtempSync(join(tmpdir(), 'demarc-migrations-'))
after(() => rmSync(folder, { recursive: true }))
const write = (name: string, text: string) => writeFileSync(join(folder, `${name}.sql`), text)
const run = () => migrate(db, { folder, extraTables: [] })
const refused = (code: string, said: RegExp) =>
  assert.rejects(run(), (error: unknown) => error instanceof Problem && error.code === code && said.test(error.message))

test('migrations are applied once, in order, and only as they were', async () => {
  await db.query('drop table demarc_migration', [])
  write('0001_initial', 'create table one (id int);\n')
  assert.deepEqual(await run(), ['0001_initial'])
  write('0002_more', 'alter table one add more text;\n')
  assert.deepEqual(await run(), ['0002_more'])
  assert.deepEqual(await run(), [])

  write('0001_initial', 'create table one (id int);\r\n')
  assert.deepEqual(await run(), [])

  write('0003_last', 'drop table one;\n')
  write('0001_initial', 'create table one (id bigint);\n')
  await refused('migration-differs', /The migration 0001_initial had another text .* DATABASE_URL/)
  assert.deepEqual(await db.query('select id, more from one', []), [])
})

test('what was applied by an unknown release is not worked with', async () => {
  await db.query(`update demarc_migration set name = '0009_future' where name = '0002_more'`, [])
  await refused('database-newer', /0009_future/)
  await db.query(`update demarc_migration set name = '0002_more' where name = '0009_future'`, [])
  write('0001_initial', 'create table one (id int);\n')
})

test('what a release applied that kept no checksums is taken at its word, and watched from then on', async () => {
  await db.query('alter table demarc_migration drop checksum', [])
  assert.deepEqual(await run(), ['0003_last'])
  write('0001_initial', 'create table one (id bigint);\n')
  await refused('migration-differs', /0001_initial/)
})
