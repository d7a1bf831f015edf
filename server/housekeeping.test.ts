import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openShop } from '../tests/jobs/shop.ts'
import { housekeeping } from './housekeeping.ts'

test('housekeeping removes what is kept no longer, and nothing else', async () => {
  const shop = await openShop([housekeeping], { CHANGELOG_RETENTION: 10, JOB_RETENTION: 10 })
  const { db } = shop
  const sql = (text: string) => db.query(text, [])
  await sql(
    `insert into users_user (id, username, password, is_superuser, is_active, date_joined, first_name, last_name, email)
     overriding system value values (1, 'root', '', true, true, now(), '', '', '')`,
  )
  await sql(
    `insert into users_session (key, user_id, password_digest, created, last_seen, expires)
     values ('ended', 1, '', now(), now(), now() - interval '1 second'), ('open', 1, '', now(), now(), now() + interval '1 hour')`,
  )
  await sql(
    `insert into core_objectchange (time, user_name, request_id, action, changed_object_type, changed_object_id, object_repr, message, consequence)
     select now() - make_interval(days => days), '', gen_random_uuid(), 'create', 'dcim.site', 1, days || ' days', '', false
     from unnest(array[9, 11]) as days`,
  )
  const worker = await shop.hire()
  await sql(
    `insert into core_job (name, status, created, job_id, queue_name, notifications, error, log_entries)
     select status || ' ' || days, status, now() - make_interval(days => days), gen_random_uuid(), 'default', 'always', '', '{}'
     from unnest(array['completed', 'errored', 'scheduled']) as status, unnest(array[9, 11]) as days`,
  )
  await sql(
    `insert into extras_notification (object_type, object_id, user_id, created, event_type, object_repr)
     select 'core.job', id, 1, now(), 'job_completed', name from core_job where name like 'completed%'`,
  )
  const id = await shop.put({ kind: housekeeping, name: 'Housekeeping', input: null })
  const { status, log_entries } = await shop.ended(id)
  assert.equal(status, 'completed')
  assert.deepEqual(
    log_entries.map(entry => entry.message),
    ['Removed 1 expired sessions, 1 entries of the change log, 2 jobs.'],
  )
  const left = async (text: string) => (await db.query<{ name: string }>(text, [])).map(row => row.name)
  assert.deepEqual(await left(`select convert_from(key, 'UTF8') as name from users_session`), ['open'])
  assert.deepEqual(await left('select object_repr as name from core_objectchange'), ['9 days'])
  assert.deepEqual(await left('select name from core_job order by name collate "C"'), [
    'Housekeeping',
    'completed 9',
    'errored 9',
    'scheduled 11',
    'scheduled 9',
  ])
  assert.deepEqual(await left('select object_repr as name from extras_notification'), ['completed 9'])
  await shop.dismiss(worker)
})
