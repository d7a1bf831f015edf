import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { pino } from 'pino'
import { testDatabase } from '../../tests/database.ts'
import { createApp, type HttpConfig } from '../http/index.ts'
import { createRegistry } from '../model/index.ts'
import { ObjectPermission } from '../permission/index.ts'
import {
  authRoutes,
  createIdentify,
  changePassword,
  createSuperuser,
  createToken,
  Group,
  MintError,
  Owner,
  OwnerGroup,
  Token,
  User,
  UserConfig,
  type AuthConfig,
} from './index.ts'

const models = [User, Group, ObjectPermission, Token, Owner, OwnerGroup, UserConfig]
const registry = createRegistry([{ name: 'users', label: 'Users', models }])
const password = 'Correct Horse 9'
const pepper = 'p'.repeat(50)

const defaults: HttpConfig & AuthConfig = {
  BASE_PATH: '',
  ALLOWED_HOSTS: ['*'],
  CORS_ORIGIN_ALLOW_ALL: false,
  CORS_ORIGIN_WHITELIST: [],
  CORS_ORIGIN_REGEX_WHITELIST: [],
  DATA_UPLOAD_MAX_MEMORY_SIZE: 100_000,
  FILE_UPLOAD_MAX_MEMORY_SIZE: 100_000,
  HTTP_CLIENT_IP_HEADERS: ['HTTP_X_REAL_IP', 'REMOTE_ADDR'],
  METRICS_ENABLED: false,
  SECURE_HSTS_SECONDS: 0,
  SECURE_HSTS_INCLUDE_SUBDOMAINS: false,
  SECURE_HSTS_PRELOAD: false,
  SECURE_SSL_REDIRECT: false,
  LOGIN_TIMEOUT: 1000,
  LOGIN_PERSISTENCE: false,
  LOGOUT_REDIRECT_URL: 'home',
  SESSION_COOKIE_NAME: 'sessionid',
  SESSION_COOKIE_SECURE: false,
  CSRF_COOKIE_NAME: 'csrftoken',
  CSRF_COOKIE_SECURE: false,
  CSRF_TRUSTED_ORIGINS: ['https://tools.example', 'https://*.trusted.example'],
  API_TOKEN_PEPPERS: { 1: 'o'.repeat(50), 7: pepper },
  DEFAULT_USER_PREFERENCES: { pagination: { per_page: 25 } },
  REMOTE_AUTH_ENABLED: false,
  REMOTE_AUTH_HEADER: 'HTTP_REMOTE_USER',
  REMOTE_AUTH_USER_EMAIL: 'HTTP_REMOTE_USER_EMAIL',
  REMOTE_AUTH_USER_FIRST_NAME: 'HTTP_REMOTE_USER_FIRST_NAME',
  REMOTE_AUTH_USER_LAST_NAME: 'HTTP_REMOTE_USER_LAST_NAME',
  REMOTE_AUTH_AUTO_CREATE_USER: false,
  REMOTE_AUTH_AUTO_CREATE_GROUPS: false,
  REMOTE_AUTH_DEFAULT_GROUPS: [],
  REMOTE_AUTH_DEFAULT_PERMISSIONS: {},
  REMOTE_AUTH_GROUP_SYNC_ENABLED: false,
  REMOTE_AUTH_GROUP_HEADER: 'HTTP_REMOTE_USER_GROUP',
  REMOTE_AUTH_GROUP_SEPARATOR: '|',
  REMOTE_AUTH_SUPERUSERS: [],
  REMOTE_AUTH_SUPERUSER_GROUPS: [],
}

const db = await testDatabase()
const ada = await createSuperuser(db, { username: 'ada', email: 'ada@example.com', password })

describe('who asks', () => {
  const build = (settings: Partial<AuthConfig> = {}): FastifyInstance => {
    const config = { ...defaults, ...settings }
    const identify = createIdentify({ db, config })
    const whoami = (app: FastifyInstance) => {
      for (const path of ['/api/who/', '/ui/who/', '/who/', '/graphql/'])
        app.all(path, async request => {
          const { user, via, writes } = await identify(request)
          return { name: user?.username ?? null, superuser: user?.superuser ?? false, via, writes }
        })
    }
    const routes = [authRoutes({ db, registry, config, identify }), whoami]
    return createApp({ config, logger: pino({ level: 'silent' }), routes })
  }

  const call = async (
    app: FastifyInstance,
    method: 'GET' | 'POST' | 'PUT' | 'PATCH',
    url: string,
    headers: Record<string, string> = {},
    payload?: object,
  ) => {
    const answer = await app.inject({ method, url, headers: { host: 'demarc.example', ...headers }, payload: payload! })
    const type = answer.headers['content-type'] ?? ''
    return { status: answer.statusCode, headers: answer.headers, body: type.includes('json') ? answer.json() : null }
  }

  const login = async (app: FastifyInstance, username = 'ada') => {
    const answer = await app.inject({ method: 'POST', url: '/ui/login', payload: { username, password } })
    assert.equal(answer.statusCode, 204)
    const cookies = Object.fromEntries(answer.cookies.map(one => [one.name, one.value]))
    return {
      cookie: `sessionid=${cookies['sessionid']}; csrftoken=${cookies['csrftoken']}`,
      csrf: cookies['csrftoken']!,
      set: answer.cookies,
    }
  }

  const addUser = async (username: string, stored = '!', active = true) => {
    const [row] = await db.rows<{ id: number }>(sql`
      insert into users_user (username, password, first_name, last_name, email, is_active, date_joined, is_superuser)
      values (${username}, ${stored}, '', '', '', ${active}, now(), false) returning id`)
    return row!.id
  }

  describe('by session', () => {
    test('logging in sets an HttpOnly cookie, notes the time and forgets capitals', async () => {
      const app = build({ SESSION_COOKIE_SECURE: true })
      const { cookie, set } = await login(app, 'ADA')
      const session = set.find(one => one.name === 'sessionid')!
      assert.deepEqual(
        { ...session, value: '' },
        { name: 'sessionid', value: '', path: '/', httpOnly: true, secure: true, sameSite: 'Lax', maxAge: 1000 },
      )
      const { body } = await call(app, 'GET', '/api/who/', { cookie })
      assert.deepEqual(body, { name: 'ada', superuser: true, via: 'session', writes: true })
      const [user] = await db.rows(sql`select last_login > now() - interval '1 minute' as fresh from users_user`)
      assert.equal(user!['fresh'], true)
      const [row] = await db.rows<any>(sql`select key from users_session order by created desc limit 1`)
      assert.ok(!Buffer.from(session.value, 'base64url').equals(row.key))
    })

    test('a wrong password, an unknown name and an inactive user are answered alike', async () => {
      const app = build()
      await addUser('gone', '!', false)
      for (const username of ['ada', 'nobody', 'gone', 'a\0da']) {
        const { status, body } = await call(app, 'POST', '/ui/login', {}, { username, password: 'wrong' })
        assert.equal(status, 403)
        assert.deepEqual(body, { detail: 'Invalid username/password' })
      }
      const missing = await call(app, 'POST', '/ui/login', {}, { username: 'ada' })
      assert.deepEqual([missing.status, missing.body], [400, { password: ['This field is required.'] }])
    })

    test('a new password ends the sessions that were begun with the old one', async () => {
      const app = build()
      await createSuperuser(db, { username: 'zoe', email: '', password })
      const { cookie } = await login(app, 'zoe')
      assert.equal((await call(app, 'GET', '/api/who/', { cookie })).body.name, 'zoe')
      assert.equal(await changePassword(db, 'ZOE', 'Another Horse 10'), 'zoe')
      assert.equal((await call(app, 'GET', '/api/who/', { cookie })).body.name, null)
      const again = { username: 'zoe', password: 'Another Horse 10' }
      assert.equal((await call(app, 'POST', '/ui/login', {}, again)).status, 204)
      await assert.rejects(changePassword(db, 'nobody', password), /There is no user called nobody/)
    })

    test('a form logs in, too, and leads nowhere but to a page of this server', async () => {
      const app = build()
      const post = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
        app.inject({
          method: 'POST',
          url: '/login/',
          headers: { host: 'demarc.example', 'content-type': 'application/x-www-form-urlencoded', ...headers },
          payload: new URLSearchParams(fields).toString(),
        })
      const right = { username: 'ada', password }
      for (const [next, location] of [
        ['/dcim/sites/', '/dcim/sites/'],
        ['https://evil.example/', '/'],
        ['//evil.example/', '/'],
        ['/\\evil.example/', '/'],
        ['/\t/evil.example/', '/'],
        ['', '/'],
      ] as const) {
        const answer = await post({ ...right, next })
        assert.deepEqual([answer.statusCode, answer.headers.location], [302, location])
        assert.ok(answer.cookies.some(one => one.name === 'sessionid'))
      }
      for (const wrong of [await post({ ...right, password: 'x' }), await post({ username: 'ada' })]) {
        assert.deepEqual([wrong.statusCode, wrong.cookies], [200, []])
        assert.match(wrong.body, /Please enter a correct username and password/)
      }
      const forged = await post(right, { origin: 'https://evil.example' })
      assert.deepEqual([forged.statusCode, forged.cookies], [403, []])
    })

    test('too many wrong tries have to wait', async () => {
      const app = build()
      for (let at = 0; at < 10; at++) {
        assert.equal((await call(app, 'POST', '/ui/login', {}, { username: 'eve', password: 'x' })).status, 403)
      }
      const { status, headers, body } = await call(app, 'POST', '/ui/login', {}, { username: 'Eve', password: 'x' })
      assert.equal(status, 429)
      assert.equal(headers['retry-after'], '1')
      assert.deepEqual(body, { detail: 'Too many failed logins. Try again in 1 second.' })
      await login(app)
    })

    test('a hash of NetBox is replaced at login, and other sessions go on', async () => {
      const old = 'pbkdf2_sha256$1000$seasaltseasaltseasalt$cRH98Hsi7N8NX+nZnymkvbuIZCVWYkv0OjOKY8Iycdc='
      const id = await addUser('moved', old)
      const app = build()
      const enter = () => call(app, 'POST', '/ui/login', {}, { username: 'moved', password: 'correct horse' })
      assert.equal((await enter()).status, 204)
      const [user] = await db.rows<any>(sql`select password from users_user where id = ${id}`)
      assert.match(user.password, /^\$argon2id\$/)
      assert.equal((await enter()).status, 204)
    })

    test('logging out ends the session', async () => {
      const app = build()
      for (const [method, url, status] of [
        ['POST', '/ui/logout', 204],
        ['GET', '/logout/', 302],
      ] as const) {
        const { cookie } = await login(app)
        const answer = await call(app, method, url, { cookie, 'sec-fetch-site': 'same-origin' })
        assert.equal(answer.status, status)
        assert.match(String(answer.headers['set-cookie']), /sessionid=; Max-Age=0/)
        assert.equal((await call(app, 'GET', '/api/who/', { cookie })).body.via, 'nobody')
      }
    })

    test('a session ends with its time, its user and its password', async () => {
      const app = build()
      const who = async (cookie: string) => (await call(app, 'GET', '/api/who/', { cookie })).body.name
      const [kept] = await db.rows<any>(sql`select password from users_user where id = ${ada}`)
      const { cookie } = await login(app)
      await db.rows(sql`update users_user set is_active = false where id = ${ada}`)
      assert.equal(await who(cookie), null)
      await db.rows(sql`update users_user set is_active = true, password = '!' where id = ${ada}`)
      assert.equal(await who(cookie), null)
      await db.rows(sql`update users_user set password = ${kept.password} where id = ${ada}`)
      assert.equal(await who(cookie), 'ada')
      await db.rows(sql`update users_session set expires = now()`)
      assert.equal(await who(cookie), null)
      assert.equal(await who('sessionid=%00; csrftoken=x'), null)
    })

    test('LOGIN_PERSISTENCE renews a session', async () => {
      const app = build({ LOGIN_PERSISTENCE: true })
      const { cookie } = await login(app)
      await db.rows(sql`update users_session set last_seen = now() - interval '1 minute'`)
      assert.match(String((await call(app, 'GET', '/who/', { cookie })).headers['set-cookie']), /Max-Age=1000/)
      assert.equal((await call(build(), 'GET', '/who/', { cookie })).headers['set-cookie'], undefined)
    })

    test('a page of another origin cannot change anything', async () => {
      const app = build()
      const { cookie, csrf } = await login(app)
      const post = async (headers: Record<string, string>) => {
        const { status, body } = await call(app, 'POST', '/api/who/', { cookie, ...headers })
        return status === 200 ? 'ok' : body.detail
      }
      const origin = (name: string) =>
        `CSRF Failed: Origin checking failed - ${name} does not match any trusted origins.`
      assert.equal(await post({ 'sec-fetch-site': 'same-origin' }), 'ok')
      assert.equal(await post({ origin: 'http://demarc.example' }), 'ok')
      assert.equal(await post({ referer: 'http://demarc.example/dcim/' }), 'ok')
      assert.equal(await post({ origin: 'https://demarc.example', 'x-forwarded-proto': 'https' }), 'ok')
      assert.equal(await post({ origin: 'https://tools.example', 'sec-fetch-site': 'cross-site' }), 'ok')
      assert.equal(await post({ origin: 'https://a.trusted.example' }), 'ok')
      assert.equal(await post({ 'x-csrftoken': csrf }), 'ok')
      assert.equal(await post({ origin: 'https://eviltrusted.example' }), origin('https://eviltrusted.example'))
      assert.equal(await post({ origin: 'https://evil.example', 'x-csrftoken': csrf }), origin('https://evil.example'))
      assert.equal(await post({ origin: 'null' }), origin('null'))
      assert.equal(
        await post({ origin: 'http://demarc.example', 'sec-fetch-site': 'same-site' }),
        origin('http://demarc.example'),
      )
      assert.match(await post({ 'sec-fetch-site': 'cross-site' }), /^CSRF Failed: /)
      assert.equal(await post({}), 'CSRF Failed: CSRF token missing.')
      assert.match(await post({ 'x-csrftoken': 'x' }), /incorrect/)
      assert.equal((await call(app, 'GET', '/api/who/', { cookie, 'sec-fetch-site': 'cross-site' })).status, 200)
      assert.equal((await call(app, 'POST', '/graphql/', { cookie })).status, 200)
      const forged = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
      assert.equal((await call(app, 'POST', '/ui/login', forged, { username: 'ada', password })).status, 403)
    })
  })

  describe('by token', () => {
    const ask = async (app: FastifyInstance, authorization: string, more: Record<string, string> = {}) => {
      const { status, body } = await call(app, 'GET', '/api/who/', { authorization, ...more })
      return status === 200 ? body.name : `${status} ${body.detail}`
    }

    test('both versions work with both words, in any case', async () => {
      const app = build()
      const v1 = await createToken(db, { userId: ada, version: 1 })
      const v2 = await createToken(db, { userId: ada, peppers: defaults.API_TOKEN_PEPPERS })
      assert.match(v2.plaintext, /^nbt_[A-Za-z0-9]{12}\.[A-Za-z0-9]{40}$/)
      for (const { plaintext } of [v1, v2])
        for (const word of ['Token', 'Bearer', 'bearer', 'TOKEN'])
          assert.equal(await ask(app, `${word} ${plaintext}`), 'ada')
      const [row] = await db.rows<any>(sql`select * from users_token where id = ${v2.id}`)
      assert.deepEqual([row.pepper_id, row.plaintext, row.hmac_digest.length], [7, null, 64])
      assert.equal(
        await ask(build({ API_TOKEN_PEPPERS: { 1: 'o'.repeat(50) } }), `Bearer ${v2.plaintext}`),
        '403 Invalid v2 token',
      )
    })

    test('a version 2 token needs a pepper, a chosen secret 40 letters and digits', async () => {
      await assert.rejects(createToken(db, { userId: ada }), MintError)
      await assert.rejects(createToken(db, { userId: ada, version: 1, secret: 'short' }), MintError)
      const secret = 'a'.repeat(40)
      assert.deepEqual((await createToken(db, { userId: ada, version: 1, secret })).plaintext, secret)
    })

    const shape = '403 Invalid authorization header: Must be in the form "Bearer <key>.<token>" or "Token <token>"'
    const wrong: [header: string, answer: string | null][] = [
      ['Basic YTpi', null],
      ['Token', shape],
      ['Token a b', shape],
      ['Token \xff', '403 Invalid authorization header: Token contains invalid characters'],
      [
        'Bearer nbt_abc',
        "403 Invalid authorization header: Could not parse key from v2 token. Did you mean to use 'Token' instead of 'Bearer'?",
      ],
      [`Token ${'x'.repeat(40)}`, '403 Invalid v1 token'],
      [`Bearer nbt_${'x'.repeat(12)}.${'x'.repeat(40)}`, '403 Invalid v2 token'],
    ]
    for (const [header, answer] of wrong)
      test(`"${header.slice(0, 20)}" is answered ${answer}`, async () =>
        assert.equal(await ask(build(), header), answer))

    test('a wrong secret is told like an unknown key', async () => {
      const { key } = await createToken(db, { userId: ada, peppers: defaults.API_TOKEN_PEPPERS })
      assert.equal(await ask(build(), `Bearer nbt_${key}.${'x'.repeat(40)}`), '403 Invalid v2 token')
    })

    test('address, enabled, expiry and user are looked at in this order', async () => {
      const app = build()
      const userId = await addUser('idle', '!', false)
      const { id, plaintext } = await createToken(db, {
        userId,
        version: 1,
        enabled: false,
        expires: '2020-01-01T00:00:00Z',
        allowed_ips: ['10.0.0.0/8', '2001:db8::/32'],
      })
      const from = (address: string) => ask(app, `Token ${plaintext}`, { 'x-real-ip': address })
      const refusal = (address: string) => `403 Source IP ${address} is not permitted to authenticate using this token.`
      assert.equal(await from('192.0.2.1'), refusal('192.0.2.1'))
      assert.equal(await from('2001:db9::1'), refusal('2001:db9::1'))
      assert.match(await from('unknown'), /could not be determined/)
      assert.equal(await from('2001:db8::1'), '403 Token disabled')
      assert.equal(await from('10.1.2.3:4711'), '403 Token disabled')
      await db.rows(sql`update users_token set enabled = true where id = ${id}`)
      assert.equal(await from('10.1.2.3'), '403 Token expired')
      await db.rows(sql`update users_token set expires = null where id = ${id}`)
      assert.equal(await from('10.1.2.3'), '403 User inactive')
      await db.rows(sql`update users_user set is_active = true where id = ${userId}`)
      assert.equal(await from('10.1.2.3'), 'idle')
    })

    test('a token that may not write may read, and ask GraphQL', async () => {
      const app = build()
      const { plaintext } = await createToken(db, { userId: ada, version: 1, write_enabled: false })
      const headers = { authorization: `Token ${plaintext}` }
      assert.equal((await call(app, 'GET', '/api/who/', headers)).body.writes, false)
      assert.equal((await call(app, 'POST', '/graphql/', headers)).status, 200)
      for (const url of ['/api/who/', '/ui/who/']) {
        const { status, body } = await call(app, 'POST', url, headers)
        assert.deepEqual([status, body], [403, { detail: 'You do not have permission to perform this action.' }], url)
      }
    })

    test('its last use is noted once a minute, by one statement more', async () => {
      const app = build()
      const { id, plaintext } = await createToken(db, { userId: ada, version: 1 })
      const texts: string[] = []
      const stop = db.watch(text => texts.push(text))
      await ask(app, `Token ${plaintext}`)
      await db.rows(sql`select pg_sleep(0.05)`)
      const [row] = await db.rows<any>(sql`select last_used from users_token where id = ${id}`)
      assert.ok(row.last_used)
      texts.length = 0
      await ask(app, `Token ${plaintext}`)
      assert.equal(texts.length, 1)
      stop()
    })

    test('a session wins over a token', async () => {
      const app = build()
      const { cookie } = await login(app)
      assert.equal(await ask(app, 'Token wrong', { cookie }), 'ada')
      assert.equal(await ask(app, 'Token wrong', { cookie: 'sessionid=old' }), '403 Invalid v1 token')
    })
  })

  describe('by a header of a proxy', () => {
    const remote = { 'remote-user': 'Grace' }
    const groupsOf = async (username: string) => {
      const rows = await db.rows<any>(sql`
        select g.name from users_group g join users_user_groups m on m.group_id = g.id
        join users_user u on u.id = m.user_id where u.username = ${username} order by g.name`)
      return rows.map(row => row.name)
    }

    test('it is ignored unless trusted, and names no one who does not exist', async () => {
      assert.equal((await call(build(), 'GET', '/api/who/', { 'remote-user': 'ada' })).body.name, null)
      const app = build({ REMOTE_AUTH_ENABLED: true })
      assert.equal((await call(app, 'GET', '/api/who/', { 'remote-user': 'ADA' })).body.via, 'remote')
      assert.equal((await call(app, 'GET', '/api/who/', remote)).body.name, null)
    })

    test('a new user gets the names, default groups and default permissions', async () => {
      await db.rows(sql`insert into users_group (name, description) values ('Everyone', '')`)
      const app = build({
        REMOTE_AUTH_ENABLED: true,
        REMOTE_AUTH_AUTO_CREATE_USER: true,
        REMOTE_AUTH_DEFAULT_GROUPS: ['Everyone', 'Nowhere'],
        REMOTE_AUTH_DEFAULT_PERMISSIONS: { 'dcim.view_site': { status: 'active' }, 'dcim.add_site': null },
      })
      const headers = { ...remote, 'remote-user-email': 'g@example.com', 'remote-user-first-name': 'Gr\xc3\xa5ce' }
      const first = await call(app, 'GET', '/api/who/', headers)
      assert.deepEqual(first.body, { name: 'Grace', superuser: false, via: 'remote', writes: true })
      const [user] = await db.rows<any>(
        sql`select email, first_name, password from users_user where username = 'Grace'`,
      )
      assert.deepEqual([user.email, user.first_name, user.password[0]], ['g@example.com', 'Gråce', '!'])
      assert.deepEqual(await groupsOf('Grace'), ['Everyone'])
      const permissions = await db.rows<any>(
        sql`select name, object_types, actions, constraints from users_objectpermission order by name`,
      )
      assert.deepEqual(permissions, [
        { name: 'dcim.add_site', object_types: ['dcim.site'], actions: ['add'], constraints: null },
        { name: 'dcim.view_site', object_types: ['dcim.site'], actions: ['view'], constraints: { status: 'active' } },
      ])
    })

    test('a new user who asks for several things at once is made once', async () => {
      const app = build({ REMOTE_AUTH_ENABLED: true, REMOTE_AUTH_AUTO_CREATE_USER: true })
      const answers = await Promise.all(
        [1, 2, 3, 4].map(() => call(app, 'GET', '/api/who/', { 'remote-user': 'barbara' })),
      )
      assert.deepEqual(
        answers.map(({ body }) => body.name),
        ['barbara', 'barbara', 'barbara', 'barbara'],
      )
    })

    test('group synchronisation replaces groups and gives and takes superuser rights', async () => {
      await addUser('linus')
      const app = build({
        REMOTE_AUTH_ENABLED: true,
        REMOTE_AUTH_GROUP_SYNC_ENABLED: true,
        REMOTE_AUTH_AUTO_CREATE_GROUPS: true,
        REMOTE_AUTH_SUPERUSER_GROUPS: ['admins'],
      })
      const ask = async (groups: string) => {
        const { body } = await call(app, 'GET', '/api/who/', { 'remote-user': 'linus', 'remote-user-group': groups })
        return [body.superuser, await groupsOf('linus')]
      }
      assert.deepEqual(await ask('admins|net ops'), [true, ['admins', 'net ops']])
      assert.deepEqual(await ask('net ops'), [false, ['net ops']])
      assert.deepEqual(await ask(''), [false, []])
    })

    test('a page begins a session, which another name ends', async () => {
      await addUser('ken')
      const app = build({ REMOTE_AUTH_ENABLED: true })
      const begun = await app.inject({ url: '/who/', headers: { 'remote-user': 'ken' } })
      const cookie = `sessionid=${begun.cookies.find(one => one.name === 'sessionid')!.value}`
      const who = async (headers: Record<string, string>) => {
        const { body } = await call(app, 'GET', '/api/who/', { cookie, ...headers })
        return `${body.name} ${body.via}`
      }
      assert.equal(await who({}), 'ken session')
      assert.equal(await who({ 'remote-user': 'KEN' }), 'ken session')
      assert.equal(await who({ 'remote-user': 'ada' }), 'ada remote')
      assert.equal(await who({}), 'null nobody')
    })

    test('a page of another origin cannot change anything', async () => {
      const app = build({ REMOTE_AUTH_ENABLED: true })
      const headers = { 'remote-user': 'ada', 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
      assert.equal((await call(app, 'POST', '/api/who/', headers)).status, 403)
      assert.equal((await call(app, 'POST', '/api/who/', { 'remote-user': 'ada' })).status, 200)
    })
  })

  describe('provisioning', () => {
    const url = '/api/users/tokens/provision/'

    test('a name and password make a token that works', async () => {
      const app = build()
      const sent = { username: 'ada', password, description: 'CI', allowed_ips: ['127.0.0.0/8'], write_enabled: false }
      const { status, body } = await call(app, 'POST', url, {}, sent)
      assert.equal(status, 201)
      const keys =
        'id,url,display_url,display,version,user,key,created,expires,last_used,enabled,write_enabled,description'
      assert.equal(Object.keys(body).join(), `${keys},allowed_ips,token`)
      assert.equal(body.url, `http://demarc.example/api/users/tokens/${body.id}/`)
      assert.equal(body.user.username, 'ada')
      assert.deepEqual([body.version, body.description, body.write_enabled], [2, 'CI', false])
      assert.deepEqual(body.allowed_ips, ['127.0.0.0/8'])
      assert.match(body.token, /^[A-Za-z0-9]{40}$/)
      const headers = { authorization: `Bearer nbt_${body.key}.${body.token}` }
      assert.equal((await call(app, 'GET', '/api/who/', headers)).body.name, 'ada')
      const old = await call(app, 'POST', url, {}, { username: 'ada', password, version: 1 })
      assert.deepEqual([old.body.version, old.body.key], [1, null])
    })

    test('what is wrong is said', async () => {
      const app = build()
      const post = async (sent: object) => {
        const { status, body } = await call(app, 'POST', url, { authorization: 'Token wrong' }, sent)
        return [status, body]
      }
      assert.deepEqual(await post({ username: 'ada', password: 'x' }), [403, { detail: 'Invalid username/password' }])
      assert.deepEqual(await post({}), [
        400,
        { username: ['This field is required.'], password: ['This field is required.'] },
      ])
      const [status, body] = (await post({
        username: 'ada',
        password,
        version: 3,
        enabled: 'maybe',
        expires: '2020-01-01',
        allowed_ips: ['10.0.0.0/8', 'x'],
      })) as [number, any]
      assert.equal(status, 400)
      assert.deepEqual(Object.keys(body), ['version', 'expires', 'enabled', 'allowed_ips'])
      assert.deepEqual(body.allowed_ips, { 1: ['Invalid IP address format: x'] })
      const [, past] = (await post({ username: 'ada', password, expires: '2020-01-01T00:00Z' })) as [number, any]
      assert.match(past.expires[0], /^Expiration time must be in the future\. Current server time is .* \(UTC\)\.$/)
      const bare = await call(build({ API_TOKEN_PEPPERS: {} }), 'POST', url, {}, { username: 'ada', password })
      assert.deepEqual(bare.body, { __all__: ['Unable to save v2 tokens: API_TOKEN_PEPPERS is not defined.'] })
      assert.equal((await call(app, 'GET', url)).status, 405)
    })
  })

  describe('preferences', () => {
    const url = '/api/users/config/'

    test('they begin with the defaults and are merged key by key', async () => {
      const app = build()
      const { plaintext } = await createToken(db, { userId: ada, version: 1 })
      const headers = { authorization: `Token ${plaintext}` }
      assert.deepEqual((await call(app, 'GET', url, headers)).body, { pagination: { per_page: 25 } })
      const change = { tables: { sites: { columns: ['name'] } }, pagination: { placement: 'top' } }
      const merged = { pagination: { per_page: 25, placement: 'top' }, tables: { sites: { columns: ['name'] } } }
      const changed = await call(app, 'PATCH', url, headers, change)
      assert.deepEqual([changed.status, changed.body], [200, merged])
      await call(app, 'PATCH', url, headers, { tables: { sites: { columns: ['id'] } }, ['__proto__']: { x: 1 } })
      const { body } = await call(app, 'GET', url, headers)
      assert.deepEqual(body.tables, { sites: { columns: ['id'] } })
      assert.equal(({} as any).x, undefined)
    })

    test('they are for users only, and only read and changed', async () => {
      const app = build()
      const nobody = await call(app, 'GET', url)
      assert.deepEqual([nobody.status, nobody.body], [403, { detail: 'Authentication credentials were not provided.' }])
      const { plaintext } = await createToken(db, { userId: ada, version: 1 })
      const headers = { authorization: `Token ${plaintext}` }
      assert.equal((await call(app, 'PUT', url, headers, {})).status, 405)
      assert.equal((await call(app, 'PATCH', url, headers, [])).status, 400)
    })
  })

  test('a superuser has a name that no one has, however capitalised', async () => {
    const taken = createSuperuser(db, { username: 'ADA', email: '', password })
    await assert.rejects(taken, { name: 'Problem', code: 'username-taken' })
    await assert.rejects(createSuperuser(db, { username: 'a da', email: '', password }), { code: 'username' })
  })
})
