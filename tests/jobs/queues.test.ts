import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { defineJob, JobFailed } from '@demarc/engine/job'
import { restOf } from '../integrity/app.ts'
import { openShop, until } from './shop.ts'

let runs = 0
let sound = false
const kind = defineJob<{ password: string }>('kind', {
  run: async () => {
    runs++
    if (!sound) throw new JobFailed('Not yet.')
  },
})
const long = defineJob<null>('long', {
  queue: 'high',
  run: async ({ signal }) => {
    for (;;) {
      signal.throwIfAborted()
      await wait(20)
    }
  },
})
const shop = await openShop([kind, long])
const { db } = shop
const ask = await restOf(db, shop.queue)
const core = (path: string) => `core/background-${path}`
const get = async (path: string) => (await ask('GET', core(path))).body
const taskOf = async (job: number) => (await shop.job(job))!.job_id
const input = { password: 'Secret-of-a-request-1' }

test('only superusers see queues, workers and tasks, or touch them', async () => {
  const [user] = await db.query<{ id: number }>(
    `insert into users_user (username, password, is_superuser, is_active, date_joined, first_name, last_name, email)
     values ('someone', '', false, true, now(), '', '', '') returning id`,
    [],
  )
  const task = await taskOf(await shop.put({ kind, name: 'Seen by none', input }))
  for (const path of ['queues/', 'queues/default/', 'workers/', 'tasks/', `tasks/${task}/`])
    assert.equal((await ask('GET', core(path), undefined, user!.id)).status, 403, path)
  for (const action of ['delete', 'requeue', 'enqueue', 'stop'])
    assert.equal((await ask('POST', core(`tasks/${task}/${action}/`), undefined, user!.id)).status, 403, action)
  assert.equal((await ask('DELETE', core(`tasks/${task}/`), undefined, user!.id)).status, 403)
  assert.equal((await ask('DELETE', core(`tasks/${task}/`))).status, 204)
})

test('what waits is counted and listed, without what it was given', async () => {
  const waiting = await shop.put({ kind, name: 'Waits for a worker', input })
  const due = new Date(Date.now() + 3_600_000)
  const planned = await shop.put({ kind, name: 'Waits for its time', input, due })
  const { jobs, scheduled_jobs, workers, oldest_job_timestamp } = await get('queues/default/')
  assert.deepEqual([jobs, scheduled_jobs, workers], [1, 1, 0])
  assert.match(oldest_job_timestamp, /^\d{4}-/)
  assert.deepEqual(
    (await get('queues/')).results.map((queue: any) => queue.name),
    ['default', 'high', 'low'],
  )

  const { count, results } = await get('tasks/')
  assert.equal(count, 1)
  const [task] = results
  assert.deepEqual(
    [task.id, task.description, task.func_name, task.status, task.is_queued, task.position, task.worker_name],
    [await taskOf(waiting), 'Waits for a worker', 'kind', 'queued', true, 0, null],
  )
  const later = await get(`tasks/${await taskOf(planned)}/`)
  assert.deepEqual([later.status, later.is_scheduled, later.enqueued_at], ['scheduled', true, due.toISOString()])
  assert.doesNotMatch(JSON.stringify([results, later]), /Secret/)
  for (const path of [`tasks/${crypto.randomUUID()}/`, 'tasks/nonsense/', 'queues/none/', 'workers/none/'])
    assert.equal((await ask('GET', core(path))).status, 404, path)
  assert.equal((await ask('POST', core(`tasks/${crypto.randomUUID()}/stop/`))).status, 404)

  for (const job of [waiting, planned]) {
    assert.equal((await ask('POST', core(`tasks/${await taskOf(job)}/delete/`))).status, 200)
    const { status, error } = (await shop.job(job))!
    assert.deepEqual([status, error], ['failed', 'The job was taken out of its queue.'])
  }
  assert.deepEqual([(await get('queues/default/')).jobs, (await get('tasks/')).count], [0, 0])
})

test('a task that failed is done once more; one that waits for its time is done at once', async () => {
  const worker = await shop.hire()
  const failed = await shop.put({ kind, name: 'Fails at first', input })
  assert.equal((await shop.ended(failed)).status, 'failed')
  const task = await taskOf(failed)
  await until(async () => (await get(`tasks/${task}/`)).is_failed)
  sound = true
  assert.equal((await ask('POST', core(`tasks/${task}/requeue/`))).status, 200)
  await until(async () => (await shop.job(failed))!.status === 'completed')

  const due = new Date(Date.now() + 3_600_000)
  const planned = await shop.put({ kind, name: 'In an hour', input, due })
  assert.equal((await ask('POST', core(`tasks/${await taskOf(planned)}/enqueue/`))).status, 200)
  assert.equal((await shop.ended(planned)).status, 'completed')
  assert.equal(runs, 3)

  const [shown, ...others] = (await get('workers/')).results
  assert.deepEqual(
    [shown.name, shown.pid, shown.successful_job_count, shown.failed_job_count, others],
    [worker.name, String(process.pid), 2, 1, []],
  )
  assert.equal((await get(`workers/${worker.name}/`)).name, worker.name)
  assert.equal((await ask('GET', 'status/')).body['rq-workers-running'], 1)
  await shop.dismiss(worker)
})

test('a job that runs can be stopped, one that does not cannot', async () => {
  const waiting = await shop.put({ kind: long, name: 'Waits', input: null })
  assert.equal((await ask('POST', core(`tasks/${await taskOf(waiting)}/stop/`))).status, 204)
  const worker = await shop.hire()
  await until(async () => (await get(`tasks/${await taskOf(waiting)}/`)).worker_name === worker.name)
  assert.equal((await get(`workers/${worker.name}/`)).state, 'busy')
  assert.equal((await ask('POST', core(`tasks/${await taskOf(waiting)}/stop/`))).status, 200)
  const { status, error } = await shop.ended(waiting)
  assert.deepEqual([status, error], ['failed', 'The job was stopped.'])
  await until(async () => (await get(`workers/${worker.name}/`)).state === 'idle')
  await shop.dismiss(worker)
})
