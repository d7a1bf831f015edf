import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { bulkWrite } from '@demarc/engine/rest'
import { restOf } from '../integrity/app.ts'
import { addressOf, openShop, until } from './shop.ts'

const shop = await openShop([bulkWrite])
const { db } = shop
const ask = await restOf(db, shop.queue)

/** An active user who may do these things to regions. */
async function user(actions: readonly string[], constraints: unknown = null): Promise<number> {
  const [made] = await db.query<{ id: number }>(
    `insert into users_user (username, password, is_superuser, is_active, date_joined, first_name, last_name, email)
     select 'user ' || count(*), '', false, true, now(), '', '', '' from users_user returning id`,
    [],
  )
  const grant = await ask('POST', 'users/permissions/', {
    name: `of ${made!.id}`,
    object_types: ['dcim.region'],
    actions,
    constraints,
    users: [made!.id],
  })
  assert.equal(grant.status, 201)
  return made!.id
}

const regions = async (): Promise<string[]> =>
  (await ask('GET', 'dcim/regions/?limit=0')).body.results.map(
    (region: { name: string; description: string }) => `${region.name}: ${region.description}`,
  )

async function make(name: string): Promise<number> {
  const { body } = await ask('POST', 'dcim/regions/', { name, slug: name.toLowerCase() })
  return body.id
}

const background = 'dcim/regions/?background=true'

describe('a list that is left to a worker', () => {
  test('is refused by whoever cannot have it, in the order of what weighs most', async () => {
    const list = [{ name: 'A', slug: 'a' }]
    const reader = await user(['view'])
    assert.equal((await ask('POST', background, list, reader)).status, 403)
    const token = await ask('PATCH', 'users/tokens/?background=true', [{ id: 1 }], undefined, { 'if-match': 'x' })
    assert.deepEqual(token.body, { detail: 'Background processing is not supported for this endpoint.' })
    const matched = await ask('POST', background, list, undefined, { 'if-match': 'x' })
    assert.deepEqual(
      [matched.status, matched.body],
      [400, ['The If-Match header is not supported with background processing.']],
    )
    const nobody = await ask('POST', background, list)
    assert.deepEqual(
      [nobody.status, nobody.body],
      [503, { detail: 'Unable to process request: RQ worker process not running.' }],
    )
    assert.equal((await ask('POST', 'dcim/regions/?background=TRUE', list)).status, 503)
    assert.equal((await ask('POST', 'dcim/regions/?background=1', list)).status, 201)
    assert.equal((await ask('POST', background, { name: 'B', slug: 'b' })).status, 201)
    assert.equal((await ask('GET', 'core/jobs/')).body.count, 0)
  })

  test('is written by the worker, as the client would have been answered', async () => {
    const worker = await shop.hire()
    const sent = await ask('POST', `${background}&omit=created`, [
      { name: 'C', slug: 'c' },
      { name: 'D', slug: 'd' },
    ])
    assert.equal(sent.status, 202)
    const { id, url, status } = sent.body.job
    assert.deepEqual([url, status], [`http://demarc.test/api/core/jobs/${id}/`, 'pending'])
    assert.equal(sent.location, url)
    await shop.ended(id)

    const { body: job } = await ask('GET', `core/jobs/${id}/`)
    assert.deepEqual(
      [job.name, job.status.value, job.object, job.queue_name, job.user.username, job.error],
      ['Bulk create regions', 'completed', null, 'default', 'root', ''],
    )
    assert.equal(job.data.status_code, 201)
    assert.deepEqual(
      job.data.data.map((region: object) => [Object.hasOwn(region, 'created'), region]),
      [
        [false, { ...job.data.data[0], name: 'C', url: `http://demarc.test/api/dcim/regions/${job.data.data[0].id}/` }],
        [false, { ...job.data.data[1], name: 'D' }],
      ],
    )
    const changes = await ask('GET', `core/object-changes/?request_id=${sent.request}`)
    assert.deepEqual(changes.body.results.map((change: any) => change.object_repr).sort(), ['C', 'D'])

    const gone = await ask(
      'DELETE',
      background,
      job.data.data.map((region: { id: number }) => ({ id: region.id })),
    )
    await shop.ended(gone.body.job.id)
    const { body: end } = await ask('GET', `core/jobs/${gone.body.job.id}/`)
    assert.deepEqual([end.name, end.data], ['Bulk delete regions', { status_code: 204, data: null }])
    await shop.dismiss(worker)
  })

  test('is written whole or not at all', async () => {
    const worker = await shop.hire()
    const id = await make('Whole')
    const sent = await ask('PATCH', background, [
      { id, description: 'changed' },
      { id: 999_999, description: 'changed' },
    ])
    const job = await shop.ended(sent.body.job.id)
    assert.deepEqual(
      [job.status, job.error, job.data.status_code],
      ['failed', '1 of 2 objects could not be found.', 400],
    )
    assert.deepEqual(job.data.data.errors, [{ id: 999_999, errors: { id: ['Object with ID 999999 does not exist'] } }])
    assert.ok((await regions()).includes('Whole: '))
    await shop.dismiss(worker)
  })

  test('is judged by the rights that its user has when it is written', async () => {
    const id = await make('Rights')
    const users = {
      deactivated: await user(['view', 'change']),
      deleted: await user(['view', 'change']),
      robbed: await user(['view', 'change']),
      narrowed: await user(['view', 'change']),
    }
    await db.query(
      `insert into job_worker (name, host, pid, queues, started, seen, jobs, succeeded, failed, worked)
       values ('asleep', '', 0, '{default}', now(), now(), '{}', 0, 0, 0)`,
      [],
    )
    const jobs: Record<string, number> = {}
    for (const [what, user] of Object.entries(users)) {
      const sent = await ask('PATCH', background, [{ id, description: what }], user)
      assert.equal(sent.status, 202)
      jobs[what] = sent.body.job.id
    }
    const permission = async (user: number) =>
      (await ask('GET', `users/permissions/?user_id=${user}`)).body.results[0].id as number
    await ask('PATCH', `users/users/${users.deactivated}/`, { is_active: false })
    await ask('DELETE', `users/users/${users.deleted}/`)
    await ask('DELETE', `users/permissions/${await permission(users.robbed)}/`)
    await ask('PATCH', `users/permissions/${await permission(users.narrowed)}/`, { constraints: { name: 'Other' } })

    const worker = await shop.hire()
    const outcome = async (what: string) => {
      const { status, error, data } = await shop.ended(jobs[what]!)
      return [status, error, data?.status_code]
    }
    assert.deepEqual(await outcome('deactivated'), ['failed', 'The requesting user is no longer active.', undefined])
    assert.deepEqual(await outcome('deleted'), ['failed', 'The requesting user no longer exists.', undefined])
    assert.deepEqual(await outcome('robbed'), ['failed', 'You do not have permission to perform this action.', 403])
    assert.deepEqual(await outcome('narrowed'), ['failed', '1 of 1 objects could not be found.', 400])
    assert.ok((await regions()).includes('Rights: '))
    await shop.dismiss(worker)
    await db.query(`delete from job_worker where name = 'asleep'`, [])
  })
})

describe('a worker that is killed', () => {
  const dir = mkdtempSync(join(tmpdir(), 'demarc-worker-'))
  after(() => rmSync(dir, { recursive: true, force: true }))

  /** `demarc worker` in a process of its own. */
  async function startProcess() {
    const child = spawn(process.execPath, ['server/main.ts', 'worker'], {
      cwd: join(import.meta.dirname, '../..'),
      env: { PATH: process.env['PATH'], DATABASE_URL: addressOf(db), DATA_DIR: dir, LOG_LEVEL: 'error' },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const gone = new Promise(resolve => child.once('exit', resolve))
    const worker = await until(async () => {
      const rows = await db.query<{ name: string }>('select name from job_worker where pid = $1', [child.pid])
      return rows[0]?.name
    })
    return { child, gone, worker }
  }

  test('leaves nothing half-written, and its job is marked by another one', async () => {
    const id = await make('Killed')
    const { child, gone, worker } = await startProcess()
    // Whoever writes the region waits for this transaction to end.
    const client = await db.pool.connect()
    await client.query('begin')
    await client.query('select from dcim_region where id = $1 for update', [id])
    const sent = await ask('PATCH', background, [{ id, description: 'by the killed' }])
    await until(async () => (await shop.job(sent.body.job.id))!.status === 'running')
    child.kill('SIGKILL')
    await gone
    await client.query('commit')
    client.release()
    assert.equal((await shop.job(sent.body.job.id))!.status, 'running')

    // As if a minute had passed.
    await db.query(`update job_worker set seen = seen - interval '61 seconds' where name = $1`, [worker])
    const other = await shop.hire()
    const job = await shop.ended(sent.body.job.id)
    assert.deepEqual([job.status, job.error], ['errored', 'The worker that ran this job has died.'])
    assert.ok((await regions()).includes('Killed: '))
    assert.equal((await shop.queue.find('default', job.job_id))!.state, 'failed')
    await shop.dismiss(other)
  })

  test('otherwise ends by itself when it is told to, and takes its name off the roster', async () => {
    const { child, gone, worker } = await startProcess()
    const sent = await ask('POST', background, [{ name: 'By a process', slug: 'by-a-process' }])
    assert.equal((await shop.ended(sent.body.job.id)).status, 'completed')
    child.kill('SIGTERM')
    assert.equal(await gone, 0)
    assert.deepEqual(await db.query('select from job_worker where name = $1', [worker]), [])
  })
})
