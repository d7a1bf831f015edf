import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bulkImport } from '@demarc/engine/csv'
import { restOf } from '../integrity/app.ts'
import { openShop } from './shop.ts'

const shop = await openShop([bulkImport])
const ask = await restOf(shop.db, shop.queue)
const load = (data: string, more: object = {}, user?: number) =>
  ask('POST', '/ui/import/dcim.region', { data, background: true, ...more }, user)

test('an import is left to a worker only where there is one, and a trial never is', async () => {
  assert.equal((await load('name,slug\nA,a\n')).status, 503)
  const trial = await load('name,slug\nA,a\n', { dry_run: true })
  assert.deepEqual([trial.status, trial.body.created], [200, 1])
})

test('a worker imports a file as it would have been at once, its message and request kept', async () => {
  const worker = await shop.hire()
  const sent = await load('name,slug\nNorth,north\nSouth,south\n', { changelog_message: 'From the old list' })
  assert.equal(sent.status, 202)
  await shop.ended(sent.body.job.id)
  const { body: job } = await ask('GET', `core/jobs/${sent.body.job.id}/`)
  assert.deepEqual([job.name, job.status.value, job.user.username], ['Bulk import 2 regions', 'completed', 'root'])
  assert.deepEqual([job.data.status_code, job.data.data.created], [200, 2])
  const { body: changes } = await ask('GET', `core/object-changes/?request_id=${sent.request}`)
  assert.deepEqual(changes.results.map((change: any) => [change.object_repr, change.message]).toSorted(), [
    ['North', 'From the old list'],
    ['South', 'From the old list'],
  ])
  await shop.dismiss(worker)
})

test('a file that is refused makes the job fail, with all that is wrong with it', async () => {
  const worker = await shop.hire()
  const sent = await load('name,slug\nEast,east\nWest,not a slug\n')
  const job = await shop.ended(sent.body.job.id)
  assert.equal(job.status, 'failed')
  assert.match(job.error, /^Record 2 slug: Enter a valid "slug"/)
  assert.deepEqual([job.data.status_code, job.data.data.errors[0].row], [400, 2])
  assert.equal((await ask('GET', 'dcim/regions/?name=East')).body.count, 0)
  await shop.dismiss(worker)
})

test('a file that cannot be read, or a message that is too long, is refused at once', async () => {
  assert.deepEqual((await load('nothing to see')).body.errors, [
    { row: 0, message: 'Unable to detect data format. Please specify.' },
  ])
  const long = await load('name,slug\nA,a\n', { changelog_message: 'x'.repeat(201) })
  assert.deepEqual([long.status, long.body.errors[0].field], [400, 'changelog_message'])
})

test('whoever may not add any more by the time has imported nothing', async () => {
  const [{ id }] = (await shop.db.query<{ id: number }>(
    `insert into users_user (username, password, is_superuser, is_active, date_joined, first_name, last_name, email)
     values ('editor', '', false, true, now(), '', '', '') returning id`,
    [],
  )) as [{ id: number }]
  const grant = { name: 'Add', object_types: ['dcim.region'], actions: ['add'], users: [id] }
  const { body: permission } = await ask('POST', 'users/permissions/', grant)
  await shop.db.query(
    `insert into job_worker (name, host, pid, queues, started, seen, jobs, succeeded, failed, worked)
     values ('asleep', '', 0, '{default}', now(), now(), '{}', 0, 0, 0)`,
    [],
  )
  const sent = await load('name,slug\nLate,late\n', {}, id)
  assert.equal(sent.status, 202)
  await ask('DELETE', `users/permissions/${permission.id}/`)
  await shop.hire()
  const job = await shop.ended(sent.body.job.id)
  assert.deepEqual([job.status, job.error], ['failed', 'You may not add any region.'])
})
