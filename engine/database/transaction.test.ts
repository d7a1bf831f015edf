import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { testDatabase } from '../../tests/database.ts'
import { inTransaction } from './index.ts'

const db = await testDatabase()

test('a connection that breaks within a transaction fails that transaction, and the next has another', async () => {
  const broken = inTransaction(db, async tx => {
    const [{ pid }] = (await tx.query<{ pid: number }>('select pg_backend_pid() as pid', [])) as [{ pid: number }]
    await db.query('select pg_terminate_backend($1)', [pid])
    // Word of it comes while nothing is asked.
    while ((await db.query('select from pg_stat_activity where pid = $1', [pid])).length) await setImmediate()
    for (let turn = 0; turn < 10; turn++) await setImmediate()
    await tx.query('select 1', [])
  })
  await assert.rejects(broken)
  assert.deepEqual(await inTransaction(db, tx => tx.query('select 1 as one', [])), [{ one: 1 }])
})
