import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import test, { after } from 'node:test'
import pg from 'pg'
import { holderOf, isAlive, takeLock } from './lock.ts'
import { runningPostgres, startPostgres } from './postgres.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'demarc-postgres-'))
fs.chmodSync(folder, 0o711)
const dir = path.join(folder, 'deep/down')
const options = { dir, settings: { fsync: 'off' } }
after(() => fs.rmSync(folder, { recursive: true, force: true }))

async function ask(url: string, query: string): Promise<any> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query(query)).rows[0]
  } finally {
    await client.end()
  }
}

test('a data folder holds a database that outlives its server', async () => {
  const first = await startPostgres(options)
  assert.equal(runningPostgres(dir), first.url)
  await ask(first.url, 'create table kept as select 1 as one')
  const { encoding } = await ask(first.url, 'show server_encoding').then(row => ({ encoding: row.server_encoding }))
  assert.equal(encoding, 'UTF8')
  await first.stop()
  await first.exited
  assert.equal(runningPostgres(dir), undefined)
  const second = await startPostgres(options)
  assert.deepEqual(await ask(second.url, 'select one from kept'), { one: 1 })
  await second.stop()
})

test('a second server on the same folder is refused, naming the first', async () => {
  const postgres = await startPostgres(options)
  const message = new RegExp(`is in use by another Demarc server, process ${process.pid}\\.$`)
  await assert.rejects(startPostgres(options), { name: 'Problem', code: 'data-in-use', message })
  assert.deepEqual(await ask(postgres.url, 'select 1 as one'), { one: 1 })
  await postgres.stop()
})

test('a server that was killed is forgotten, and its PostgreSQL with it', async () => {
  const script = `
    const { startPostgres } = await import(${JSON.stringify(path.join(import.meta.dirname, 'postgres.ts'))})
    await startPostgres(${JSON.stringify(options)})
    console.log('up')
    setInterval(() => {}, 1000)`
  // Without a PATH there is no setpriv, so that PostgreSQL does not notice the end of its parent.
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env: { PATH: '/nonexistent' } })
  await new Promise<void>((resolve, reject) => {
    child.stdout.once('data', () => resolve())
    child.once('exit', code => reject(new Error(`exit ${code}`)))
  })
  const orphan = Number(fs.readFileSync(path.join(dir, 'data/postmaster.pid'), 'utf8').split('\n')[0])
  child.removeAllListeners('exit')
  child.kill('SIGKILL')
  await new Promise(resolve => child.once('exit', resolve))
  assert.ok(isAlive(orphan))
  const postgres = await startPostgres(options)
  assert.ok(!isAlive(orphan))
  await postgres.stop()
})

test('a pid file whose number another program has now does not stop a start', async () => {
  fs.writeFileSync(path.join(dir, 'data/postmaster.pid'), `${process.pid}\n${dir}/data\n`)
  await (await startPostgres(options)).stop()
})

test('data of another PostgreSQL release is left alone', async () => {
  const file = path.join(dir, 'data/PG_VERSION')
  const version = fs.readFileSync(file)
  fs.writeFileSync(file, '12\n')
  await assert.rejects(startPostgres(options), {
    code: 'database-version',
    message: /is of PostgreSQL 12; this release/,
  })
  fs.writeFileSync(file, version)
  assert.equal(holderOf(path.join(dir, 'server.lock')), null)
})

test('a folder that cannot be made is one clear line', async () => {
  const file = path.join(folder, 'file')
  fs.writeFileSync(file, '')
  await assert.rejects(startPostgres({ dir: file }), { code: 'data-not-folder' })
  await assert.rejects(startPostgres({ dir: '/proc/demarc' }), { code: 'data-not-folder' })
})

test('a lock of a process that is gone, or of an earlier one of the same number, is taken over', () => {
  const file = path.join(folder, 'some.lock')
  for (const holder of ['{"pid":4194304,"started":"1"}', `{"pid":${process.pid},"started":"1"}`, '{"pid"']) {
    fs.writeFileSync(file, holder)
    const { taken } = takeLock(file)
    assert.ok(taken, holder)
    assert.deepEqual(takeLock(file), { pid: process.pid })
    taken.release()
    assert.ok(!fs.existsSync(file))
  }
})
