import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verifyPassword } from '@demarc/engine/auth'
import { permissionsOf } from '@demarc/engine/permission'
import { createRows, type Refused } from '@demarc/engine/write'
import { registry } from '@demarc/models'
import { testDatabase } from '../../tests/database.ts'
import { testWriter } from '../../tests/writer.ts'

const db = await testDatabase()
const { call, create, change, row, faults } = await testWriter(db, {
  API_TOKEN_PEPPERS: { 3: 'p'.repeat(50), 1: 'q'.repeat(50) },
})
const password = 'Correct-Horse-7'

test('a password follows the policy, and only its digest is kept', async () => {
  const [ann] = await create('users.user', { username: 'ann', password })
  const stored = (await row('users.user', ann))['password']
  assert.ok(await verifyPassword(password, stored))
  for (const weak of ['Short-1', 'no-capital-letter-1', 'NO-SMALL-LETTER-1', 'No-digit-in-here'])
    assert.deepEqual(await faults(create('users.user', { username: 'bob', password: weak })), { 0: ['__all__'] }, weak)
  await change('users.user', ann, { first_name: 'Ann' })
  assert.equal((await row('users.user', ann))['password'], stored)
  const joined = async (id: number) => new Date((await row('users.user', id))['date_joined']).getTime()
  assert.ok(Math.abs((await joined(ann)) - Date.now()) < 60_000, 'the user joined just now')
  const [old] = await create('users.user', { username: 'old', password, date_joined: '2001-02-03T04:05:06Z' })
  assert.equal(await joined(old), Date.UTC(2001, 1, 3, 4, 5, 6))
})

test('no two names of users differ in case alone, in the table or in a request', async () => {
  await create('users.user', { username: 'Carl', password })
  const refused = await faults(
    create('users.user', ...['carl', 'Dora', 'dora', 'emil'].map(username => ({ username, password }))),
  )
  assert.deepEqual(refused, { 0: ['__all__'], 2: ['__all__'] })
})

test('the secret of a token is shown once, and the newest pepper is used', async () => {
  const [fred] = await create('users.user', { username: 'fred', password })
  const revealed = new Map<string, Readonly<Record<string, unknown>>>()
  const ids = await createRows(
    { ...call, author: { ...call.author, user: { id: fred, username: 'fred' } }, revealed },
    registry.model('users.token'),
    [
      { user: fred, token: 'A'.repeat(40) },
      { user: fred, version: 1 },
    ],
  )
  const secrets = ids.map(id => revealed.get(`users.token:${id}`)!['token'] as string)
  assert.ok(secrets.every(secret => /^[A-Za-z0-9]{40}$/.test(secret) && secret !== 'A'.repeat(40)))
  assert.equal((await row('users.token', ids[0]!))['pepper_id'], 3)
  assert.equal((await row('users.token', ids[0]!))['plaintext'], null)
  assert.equal((await row('users.token', ids[1]!))['plaintext'], secrets[1])
  const late = { user: fred, expires: '2001-01-01T00:00:00Z' }
  assert.deepEqual(await faults(create('users.token', late)), { 0: ['expires'] })
  assert.deepEqual((await row('users.token', ids[0]!))['allowed_ips'], [], 'it is for every address')
})

test('the pepper of a token is one of those configured, and without any there is no token of version 2', async () => {
  const [user] = await create('users.user', { username: 'jane', password })
  const author = { ...call.author, user: { id: user, username: 'jane' } }
  const token = registry.model('users.token')
  const [id] = (await createRows({ ...call, author }, token, [{ user }])) as [number]
  const says = (text: string) => (error: Refused) => {
    assert.deepEqual(error.refusals[0]!.faults, { __all__: [text] })
    return true
  }
  await assert.rejects(
    change('users.token', id, { pepper_id: 7 }),
    says('Invalid pepper ID: 7. Check configured API_TOKEN_PEPPERS.'),
  )
  await change('users.token', id, { pepper_id: 1 })
  const bare = { ...call, author, settings: {} }
  await assert.rejects(
    createRows(bare, token, [{ user }]),
    says('Unable to save v2 tokens: API_TOKEN_PEPPERS is not defined.'),
  )
  await createRows(bare, token, [{ user, version: 1 }])
})

test('permissions are about objects that clients can reach, and some that scripts can', async () => {
  const permission = (type: string) =>
    faults(create('users.objectpermission', { name: type, object_types: [type], actions: ['view'] }))
  for (const type of ['core.objecttype', 'dcim.cablepath'])
    assert.deepEqual(await permission(type), { 0: ['object_types'] })
  for (const type of ['dcim.site', 'users.user', 'core.managedfile', 'extras.taggeditem'])
    assert.deepEqual(await permission(type), {})
})

test('a token for someone else takes a grant that speaks of the user alone', async () => {
  const [gina, hugo, ida] = await create(
    'users.user',
    ...['gina', 'hugo', 'ida'].map(username => ({ username, password })),
  )
  const cases: [constraints: unknown, may: number[]][] = [
    [null, [hugo!, ida!]],
    [{ user__username: 'hugo' }, [hugo!]],
    [
      [{ user: ida }, { user__username__startswith: 'h' }],
      [hugo!, ida!],
    ],
    [{ description: '' }, []],
    [{ user: '$user' }, []],
  ]
  const [permission] = await create('users.objectpermission', {
    name: 'tokens',
    object_types: ['users.token'],
    actions: ['add', 'grant'],
    users: [gina],
  })
  for (const [constraints, may] of cases) {
    await db.query('update users_objectpermission set constraints = $1::jsonb where id = $2', [
      constraints === null ? null : JSON.stringify(constraints),
      permission,
    ])
    // What is granted must not stand in the way of adding.
    await db.query(
      `insert into users_objectpermission (name, description, enabled, object_types, actions) select 'add', '', true, '{users.token}', '{add}' where not exists (select from users_objectpermission where name = 'add')`,
      [],
    )
    await db.query(
      `insert into users_user_object_permissions (user_id, objectpermission_id) select $1, id from users_objectpermission where name = 'add' on conflict do nothing`,
      [gina],
    )
    const permissions = await permissionsOf(
      db,
      registry,
      { id: gina!, superuser: false },
      { exemptViewPermissions: [], defaultPermissions: {} },
    )
    const author = { ...call.author, user: { id: gina!, username: 'gina' } }
    const token = registry.model('users.token')
    for (const user of [gina, hugo, ida]) {
      const made = createRows({ ...call, author, permissions }, token, [{ user }])
      if (user === gina || may.includes(user!)) await made
      else await assert.rejects(made, (error: Refused) => error.refusals[0]!.status === 403)
    }
  }
})

test('constraints of a permission lead somewhere on every type', async () => {
  const permission = (object_types: string[], constraints: unknown) => ({
    name: 'p',
    object_types,
    actions: ['view'],
    constraints,
  })
  const sites = ['dcim.site']
  const cases: [constraints: unknown, types: string[], good: boolean][] = [
    [{ region__name__in: ['EU', 'US'] }, sites, true],
    [[{ status: 'active' }, { name__startswith: 'x' }], sites, true],
    [{ custom_field_data__env: 'prod' }, sites, true],
    [{ id: '$user' }, sites, true],
    [{ regions__name: 'EU' }, sites, false],
    [{ name__regexp: 'x' }, sites, false],
    [{ id: 'x' }, sites, false],
    [{ tenant__isnull: 'yes' }, sites, false],
    [{ status: 'active' }, ['dcim.site', 'dcim.region'], false],
    ['status', sites, false],
  ]
  for (const [constraints, types, good] of cases)
    assert.deepEqual(
      await faults(create('users.objectpermission', permission(types, constraints))),
      good ? {} : { 0: ['constraints'] },
      JSON.stringify(constraints),
    )
})
