import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { inTransaction } from '@demarc/engine/database'
import { defineJob, enqueue, JobFailed, liveWorkers, openQueue, plan } from '@demarc/engine/job'
import { pino } from 'pino'
import { testDatabase } from '../database.ts'
import { addressOf, openShop, until } from './shop.ts'

const runs: string[] = []
const plain = defineJob<string>('plain', {
  run: async ({ input, log }) => {
    runs.push(input)
    await log('info', `ran ${input}`)
    return { ran: input }
  },
})
const failing = defineJob<null>('failing', {
  run: async () => {
    throw new JobFailed('Nothing to be done.', { seen: 3 })
  },
})
const faulty = defineJob<null>('faulty', {
  run: async () => {
    throw new TypeError('no such thing')
  },
})
/** Goes on until it is broken off. */
const endless = defineJob<null>('endless', {
  timeout: 1,
  run: ({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('broken')))),
})
let held = true
/** Goes on until it is broken off or no longer held. */
const patient = defineJob<string>('patient', {
  run: async ({ input, signal }) => {
    while (held) {
      signal.throwIfAborted()
      await wait(20)
    }
    runs.push(input)
  },
})

const shop = await openShop([plain, failing, faulty, endless, patient])
const { db } = shop
await db.pool.query(
  `insert into users_user (id, username, password, is_superuser, is_active, date_joined, first_name, last_name, email)
   overriding system value values (1, 'root', '', true, true, now(), '', '', '')`,
)
const notices = async (job: number) =>
  (
    await db.query<{ event_type: string; user_id: number }>(
      `select event_type, user_id from extras_notification where object_type = 'core.job' and object_id = $1`,
      [job],
    )
  ).map(({ event_type, user_id }) => `${event_type} ${user_id}`)

describe('a job', () => {
  test('that was enqueued in a transaction that is undone is never done', async () => {
    const worker = await shop.hire()
    const undone = inTransaction(db, async tx => {
      await enqueue(tx, shop.queue, { kind: plain, name: 'Undone', input: 'undone' })
      throw new Error('changed my mind')
    })
    await assert.rejects(undone, /changed my mind/)
    const after = await shop.put({ kind: plain, name: 'Kept', input: 'kept' })
    await shop.ended(after)
    assert.deepEqual(runs.splice(0), ['kept'])
    assert.deepEqual(
      (await db.query<{ name: string }>('select name from core_job', [])).map(job => job.name),
      ['Kept'],
    )
    await shop.dismiss(worker)
  })

  test('tells what came of it: in its row, its log and a notification', async () => {
    const worker = await shop.hire()
    const good = await shop.put({ kind: plain, name: 'Good', input: 'good', user: 1 })
    const bad = await shop.put({ kind: failing, name: 'Bad', input: null, user: 1, notifications: 'on_failure' })
    const worse = await shop.put({ kind: faulty, name: 'Worse', input: null, user: 1, notifications: 'never' })

    const done = await shop.ended(good)
    assert.equal(done.status, 'completed')
    assert.deepEqual(done.data, { ran: 'good' })
    assert.deepEqual(
      done.log_entries.map(entry => `${entry.level} ${entry.message}`),
      ['info ran good'],
    )
    assert.deepEqual(await notices(good), ['job_completed 1'])

    const failed = await shop.ended(bad)
    assert.deepEqual([failed.status, failed.error, failed.data], ['failed', 'Nothing to be done.', { seen: 3 }])
    assert.deepEqual(await notices(bad), ['job_failed 1'])

    const errored = await shop.ended(worse)
    assert.deepEqual([errored.status, errored.error], ['errored', 'no such thing'])
    assert.match(errored.log_entries[0]!.message, /TypeError: no such thing\n.*life\.test\.ts/)
    assert.doesNotMatch(errored.log_entries[0]!.message, new RegExp(import.meta.dirname))
    assert.deepEqual(await notices(worse), [])

    const [entry] = await liveWorkers(db)
    assert.deepEqual([entry!.succeeded, entry!.failed, entry!.jobs], [1, 2, []])
    await shop.dismiss(worker)
    assert.deepEqual(await liveWorkers(db), [])
  })

  test('is broken off when its time is up', async () => {
    const worker = await shop.hire()
    const id = await shop.put({ kind: endless, name: 'Endless', input: null })
    const { status, error } = await shop.ended(id)
    assert.deepEqual([status, error], ['errored', 'The job exceeded its time of 1 seconds.'])
    await shop.dismiss(worker)
  })

  test('that is deleted before it begins is not done; one that runs is broken off', async () => {
    const waiting = await shop.put({ kind: plain, name: 'Waiting', input: 'waiting' })
    await db.query('delete from core_job where id = $1', [waiting])
    held = true
    const worker = await shop.hire()
    const running = await shop.put({ kind: patient, name: 'Running', input: 'running' })
    await until(async () => (await shop.job(running))!.status === 'running')
    await db.query('delete from core_job where id = $1', [running])
    await until(async () => (await liveWorkers(db))[0]!.jobs.length === 0)
    assert.deepEqual(runs.splice(0), ['good'])
    await shop.dismiss(worker)
  })

  test('whose worker has to stop is done by another one', async () => {
    held = true
    const first = await shop.hire()
    const id = await shop.put({ kind: patient, name: 'Patient', input: 'patient' })
    await until(async () => (await shop.job(id))!.status === 'running')
    await shop.dismiss(first)
    const back = (await shop.job(id))!
    assert.deepEqual([back.status, back.started], ['pending', null])
    held = false
    const second = await shop.hire()
    assert.equal((await shop.ended(id)).status, 'completed')
    assert.deepEqual(runs.splice(0), ['patient'])
    await shop.dismiss(second)
  })

  test('is waited for by a worker that is told to stop in time', async () => {
    held = true
    const worker = await shop.hire()
    const id = await shop.put({ kind: patient, name: 'Waited for', input: 'waited for' })
    await until(async () => (await shop.job(id))!.status === 'running')
    setTimeout(() => (held = false), 300)
    await shop.dismiss(worker, 10)
    assert.equal((await shop.job(id))!.status, 'completed')
    assert.deepEqual(runs.splice(0), ['waited for'])
  })

  test('is done once, however many workers there are', async () => {
    const workers = [await shop.hire(), await shop.hire(), await shop.hire()]
    const names = Array.from({ length: 60 }, (_, at) => `job ${at}`)
    const ids = await inTransaction(db, async tx => {
      const made: number[] = []
      for (const name of names) made.push(await enqueue(tx, shop.queue, { kind: plain, name, input: name }))
      return made
    })
    for (const id of ids) assert.equal((await shop.ended(id)).status, 'completed')
    assert.deepEqual(runs.splice(0).sort(), [...names].sort())
    for (const worker of workers) await shop.dismiss(worker)
  })
})

test('processes that start at once make the tables of the queue together', async () => {
  const db = await testDatabase()
  const open = () => openQueue({ url: addressOf(db), log: pino({ level: 'silent' }), timeout: 60, served: false })
  const queues = await Promise.all([open(), open(), open(), open()])
  await inTransaction(db, tx => enqueue(tx, queues[3]!, { kind: plain, name: 'First', input: 'first' }))
  assert.deepEqual(
    (await queues[0]!.waiting('default')).map(task => task.input),
    ['first'],
  )
  for (const queue of queues) await queue.close()
})

test('a job that waits though the queue does not know it is marked, as it came with a database that was taken over', async () => {
  const [stray] = await db.query<{ id: number }>(
    `insert into core_job (name, status, created, job_id, queue_name, notifications, error, log_entries)
     values ('Stray', 'scheduled', now(), gen_random_uuid(), 'default', 'always', '', '{}') returning id`,
    [],
  )
  const planned = await shop.put({
    kind: plain,
    name: 'An hour ahead',
    input: '',
    due: new Date(Date.now() + 3_600_000),
  })
  const worker = await shop.hire()
  const { status, error } = (await shop.job(stray!.id))!
  assert.deepEqual([status, error], ['errored', 'The queue does not know of this job.'])
  assert.equal((await shop.job(planned))!.status, 'scheduled')
  await shop.dismiss(worker)
})

describe('a job that recurs', () => {
  const planned = (name: string) =>
    db.query<{ id: number; status: string; interval: number | null; seconds: number }>(
      `select id, status, interval, extract(epoch from scheduled - now())::float8 as seconds from core_job
       where name = $1 order by id`,
      [name],
    )

  test('is planned anew when it ends, whatever the outcome', async () => {
    const worker = await shop.hire()
    const first = await shop.put({ kind: failing, name: 'Hourly', input: null, user: 1, interval: 60 })
    await shop.ended(first)
    const [, next, ...more] = await planned('Hourly')
    assert.deepEqual([next!.status, next!.interval, more], ['scheduled', 60, []])
    assert.ok(Math.abs(next!.seconds - 3600) < 60, `next run in ${next!.seconds} seconds`)
    await shop.dismiss(worker)
  })

  test('is not begun before its time', async () => {
    const worker = await shop.hire()
    const due = new Date(Date.now() + 1500)
    const id = await shop.put({ kind: plain, name: 'Later', input: 'later', due })
    assert.equal((await shop.job(id))!.status, 'scheduled')
    const { started } = await shop.ended(id)
    assert.ok(new Date(started!) >= due, `${started} is before ${due.toISOString()}`)
    runs.splice(0)
    await shop.dismiss(worker)
  })

  test('is planned once, and anew when the interval changes', async () => {
    const want = (interval: number | null) =>
      inTransaction(db, tx => plan(tx, shop.queue, { kind: plain, name: 'Planned', input: 'planned', interval }))
    await Promise.all([want(60), want(60), want(60)])
    const [first, ...others] = await planned('Planned')
    assert.deepEqual(others, [])
    await want(1440)
    const after = await planned('Planned')
    assert.deepEqual(
      after.map(job => job.interval),
      [1440],
    )
    assert.notEqual(after[0]!.id, first!.id)
    await want(null)
    assert.deepEqual(await planned('Planned'), [])
    const worker = await shop.hire()
    const last = await shop.put({ kind: plain, name: 'Last', input: 'last' })
    await shop.ended(last)
    assert.deepEqual(runs.splice(0), ['last'])
    await shop.dismiss(worker)
  })
})

test('a job outlives its connections to the database, and ends once there are new ones', async () => {
  held = true
  const worker = await shop.hire()
  const id = await shop.put({ kind: patient, name: 'Cut off', input: 'cut off' })
  await until(async () => (await shop.job(id))!.status === 'running')
  const cut = () =>
    db.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid()`,
      [],
    )
  await cut()
  held = false
  await cut()
  assert.equal((await shop.ended(id)).status, 'completed')
  const next = await shop.put({ kind: plain, name: 'After it', input: 'after it' })
  assert.equal((await shop.ended(next)).status, 'completed')
  assert.deepEqual(runs.splice(0), ['cut off', 'after it'])
  await shop.dismiss(worker)
})

test('a worker that was taken for dead is on the roster again once it stirs', async () => {
  const worker = await shop.hire()
  await db.query('delete from job_worker where name = $1', [worker.name])
  await until(async () => (await liveWorkers(db)).some(row => row.name === worker.name))
  await shop.dismiss(worker)
  assert.deepEqual(await liveWorkers(db), [])
})
