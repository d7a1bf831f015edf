import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../database.ts'
import { restOf } from '../integrity/app.ts'

const db = await testDatabase()
const ask = await restOf(db)
const path = 'extras/dashboard/'

test('everyone has a dashboard of their own, made when it is first written', async () => {
  assert.deepEqual((await ask('GET', path)).body, { layout: null, config: null })
  assert.equal((await ask('DELETE', path)).status, 404)
  const layout = [{ id: 'a', x: 0, y: 0, w: 4, h: 2 }]
  const made = await ask('PATCH', path, { layout })
  assert.deepEqual([made.status, made.body], [200, { layout, config: {} }])
  const config = { a: { class: 'extras.NoteWidget', title: 'Note', config: { content: 'x' } } }
  assert.deepEqual((await ask('PUT', path, { config })).body, { layout, config })
  const refused = await ask('PUT', path, { layout: null })
  assert.deepEqual([refused.status, refused.body], [400, { layout: ['This field may not be null.'] }])
  assert.equal((await ask('DELETE', path)).status, 204)
  assert.deepEqual((await ask('GET', path)).body, { layout: null, config: null })
  assert.equal((await ask('POST', path, {})).status, 405)
})

test('a dashboard takes the permission on dashboards', async () => {
  const [{ id }] = (await db.query<{ id: number }>(
    `insert into users_user (username, password, is_superuser, is_active, date_joined, first_name, last_name, email)
     values ('reader', '', false, true, now(), '', '', '') returning id`,
    [],
  )) as [{ id: number }]
  assert.equal((await ask('GET', path, undefined, id)).status, 403)
  const grant = { name: 'Look', object_types: ['extras.dashboard'], actions: ['view'], users: [id] }
  assert.equal((await ask('POST', 'users/permissions/', grant)).status, 201)
  assert.equal((await ask('GET', path, undefined, id)).status, 200)
  assert.equal((await ask('PATCH', path, { layout: [] }, id)).status, 403)
})

test('the address is documented, but not told among those of the app', async () => {
  assert.ok(!('dashboard' in (await ask('GET', 'extras/')).body))
})
