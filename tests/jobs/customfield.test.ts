import assert from 'node:assert/strict'
import { test } from 'node:test'
import { provisionField, purgeField, resumeFieldJobs } from '@demarc/engine/customfield'
import { restOf } from '../integrity/app.ts'
import { openShop, until } from './shop.ts'

const shop = await openShop([provisionField, purgeField])
const { db } = shop
const ask = await restOf(db, shop.queue, { BULK_UPDATE_CHUNK_SIZE: 5 })

const region = async (name: string): Promise<Record<string, any>> =>
  (await ask('POST', 'dcim/regions/', { name, slug: name })).body
for (let at = 0; at < 6; at++) await region(`region-${at}`)

const fieldOf = async (id: number) => (await ask('GET', `extras/custom-fields/${id}/`)).body
const make = async (name: string, more: object = {}) => {
  const answer = await ask('POST', 'extras/custom-fields/', {
    name,
    type: 'text',
    object_types: ['dcim.region'],
    default: 'given',
    ...more,
  })
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}
const values = async (name: string): Promise<unknown[]> =>
  (await db.query<{ custom_fields: object }>('select custom_fields from dcim_region order by id', [])).map(row =>
    Object.hasOwn(row.custom_fields, name) ? (row.custom_fields as Record<string, unknown>)[name] : '-',
  )
const jobs = async (name: string) =>
  db.query<{ id: number; status: string }>('select id, status from core_job where name = $1 order by id', [name])
const ended = async (name: string) => shop.ended((await jobs(name)).at(-1)!.id)
/** A worker that takes nothing on yet. */
const appear = () =>
  db.query(
    `insert into job_worker (name, host, pid, queues, started, seen, jobs, succeeded, failed, worked)
     values ('asleep', '', 0, '{default}', now(), now(), '{}', 0, 0, 0)`,
    [],
  )
const vanish = () => db.query(`delete from job_worker where name = 'asleep'`, [])

test('where nobody works, values are written at once', async () => {
  const field = await make('at_once')
  assert.equal(field.status.value, 'active')
  assert.deepEqual(new Set(await values('at_once')), new Set(['given']))
  assert.equal((await ask('DELETE', `extras/custom-fields/${field.id}/`)).status, 204)
  assert.deepEqual(new Set(await values('at_once')), new Set(['-']))
})

test('the default of a field of many objects is written by a job; until then the field is not seen', async () => {
  await appear()
  const explicit = await make('few', { object_types: ['dcim.site'] })
  assert.equal(explicit.status.value, 'active')
  const field = await make('many')
  assert.equal(field.status.value, 'provisioning')
  assert.deepEqual(new Set(await values('many')), new Set(['-']))
  assert.equal(Object.hasOwn((await region('meanwhile'))['custom_fields'], 'many'), false)
  const changed = await ask('PATCH', `extras/custom-fields/${field.id}/`, { label: 'Label' })
  assert.deepEqual([changed.status, Object.keys(changed.body)], [400, ['__all__']])

  const worker = await shop.hire()
  assert.equal((await ended('Custom Field Provisioning: many')).status, 'completed')
  assert.equal((await fieldOf(field.id)).status.value, 'active')
  assert.deepEqual(new Set(await values('many')), new Set(['given']))
  assert.equal((await region('later'))['custom_fields'].many, 'given')
  const log = await ask('GET', 'core/object-changes/?changed_object_type=dcim.region&action=update')
  assert.equal(log.body.count, 0)
  await shop.dismiss(worker)
})

test('the values of a deleted field are removed by a job, and the field after them', async () => {
  const { results } = (await ask('GET', 'extras/custom-fields/?name=many')).body
  const address = `extras/custom-fields/${results[0].id}/`
  const first = await ask('DELETE', address)
  assert.equal(first.status, 204)
  assert.equal((await fieldOf(results[0].id)).status.value, 'deleting')
  assert.equal(Object.hasOwn((await ask('GET', 'dcim/regions/')).body.results[0].custom_fields, 'many'), false)
  const taken = await ask('POST', 'extras/custom-fields/', { name: 'many', type: 'text', object_types: ['dcim.site'] })
  assert.deepEqual([taken.status, Object.keys(taken.body)], [400, ['name']])
  const told = async () =>
    (await ask('GET', `core/object-changes/?changed_object_type=extras.customfield&action=delete&object_repr=Many`))
      .body.count
  assert.equal(await told(), 1)
  assert.equal((await ask('DELETE', address)).status, 204)
  assert.equal(await told(), 1)
  assert.equal((await jobs('Custom Field Purge: many')).length, 2)

  // As a job does that writes what is stored of it.
  const client = await db.pool.connect()
  await client.query('select pg_advisory_lock(726176, $1::int)', [results[0].id])
  const busy = await ask('DELETE', address)
  assert.deepEqual([busy.status, Object.keys(busy.body)], [400, ['detail']])
  await client.query('select pg_advisory_unlock(726176, $1::int)', [results[0].id])
  client.release()

  const worker = await shop.hire(1)
  const outcomes = [] as string[]
  for (const { id } of await jobs('Custom Field Purge: many')) {
    const { status, error } = await shop.ended(id)
    outcomes.push(`${status} ${error}`)
  }
  assert.deepEqual(outcomes, ['completed ', `failed Custom field 'many' no longer exists.`])
  assert.equal((await ask('GET', address)).status, 404)
  assert.deepEqual(new Set(await values('many')), new Set(['-']))
  await shop.dismiss(worker)
})

test('what a worker left behind is taken up again, once', async () => {
  const field = await make('stuck')
  assert.equal(field.status.value, 'provisioning')
  const [lost] = await jobs('Custom Field Provisioning: stuck')
  await db.query(`update core_job set status = 'errored' where id = $1`, [lost!.id])
  await resumeFieldJobs(db, shop.queue)
  await resumeFieldJobs(db, shop.queue)
  assert.equal((await jobs('Custom Field Provisioning: stuck')).length, 2)
  const worker = await shop.hire()
  await until(async () => (await fieldOf(field.id)).status.value === 'active')
  assert.deepEqual(new Set(await values('stuck')), new Set(['given']))
  await shop.dismiss(worker)
  await vanish()
})
