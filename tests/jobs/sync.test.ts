import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, describe, test } from 'node:test'
import { jobs } from '@demarc/models'
import { restOf } from '../integrity/app.ts'
import { openShop, until } from './shop.ts'

const dir = mkdtempSync(join(tmpdir(), 'demarc-sync-'))
after(() => rmSync(dir, { recursive: true, force: true }))
const shop = await openShop(jobs, { DATA_DIR: join(dir, 'own') })
const { db } = shop
const ask = await restOf(db, shop.queue)

const put = (file: string, text: string) => {
  mkdirSync(dirname(join(dir, file)), { recursive: true })
  writeFileSync(join(dir, file), text)
}

async function make(path: string, item: object): Promise<number> {
  const { status, body } = await ask('POST', path, item)
  assert.equal(status, 201, JSON.stringify(body))
  return body.id
}

const local = (name: string, folder: string, more: object = {}) =>
  make('core/data-sources/', { name, type: 'local', source_url: join(dir, folder), ...more })

/** Synchronizes a source; the job's row once it has ended. */
async function sync(source: number) {
  const answer = await ask('POST', `core/data-sources/${source}/sync/`)
  assert.equal(answer.status, 200)
  const [job] = await db.query<{ id: number }>(
    `select id from core_job where object_type = 'core.datasource' and object_id = $1 order by id desc limit 1`,
    [source],
  )
  return shop.ended(job!.id)
}

const contents = async (source: number): Promise<Record<string, string>> =>
  Object.fromEntries(
    (
      await db.query<{ path: string; data: Buffer }>(
        'select path, data from core_datafile where source_id = $1 order by path collate "C"',
        [source],
      )
    ).map(({ path, data }) => [path, data.toString()]),
  )

const statusOf = async (source: number) => (await ask('GET', `core/data-sources/${source}/`)).body.status.value

describe('a folder', () => {
  test('is taken over: what is new, what has changed, what is gone; hidden and ignored files are not', async () => {
    const worker = await shop.hire()
    put('files/a.txt', 'a')
    put('files/deep/b.txt', 'b')
    put('files/deep/.hidden', 'hidden')
    put('files/.git/config', 'hidden')
    put('files/deep/.kept/c.txt', 'c')
    put('files/deep/notes.md', 'ignored by its name')
    put('files/left/d.txt', 'ignored by its path')
    const source = await local('Folder', 'files', { ignore_rules: '*.md\nleft/*\n[!a-z]*\n' })
    assert.equal((await sync(source)).status, 'completed')
    assert.deepEqual(await contents(source), { 'a.txt': 'a', 'deep/.kept/c.txt': 'c', 'deep/b.txt': 'b' })
    const { body } = await ask('GET', `core/data-sources/${source}/`)
    assert.equal(body.status.value, 'completed')
    assert.ok(Date.now() - Date.parse(body.last_synced) < 60_000)
    const before = await ask('GET', `core/data-files/?source_id=${source}`)
    assert.deepEqual(
      before.body.results.map((file: any) => [file.path, file.size, file.hash]),
      [
        ['a.txt', 1, 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'],
        ['deep/.kept/c.txt', 1, '2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6'],
        ['deep/b.txt', 1, '3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d'],
      ],
    )

    put('files/a.txt', 'A, changed')
    put('files/e.txt', '')
    unlinkSync(join(dir, 'files/deep/b.txt'))
    const { log_entries } = await sync(source)
    assert.deepEqual(
      log_entries.map(entry => entry.message),
      ['Files: 1 new, 1 changed, 1 gone.'],
    )
    assert.deepEqual(await contents(source), { 'a.txt': 'A, changed', 'deep/.kept/c.txt': 'c', 'e.txt': '' })
    const after = (await ask('GET', `core/data-files/?source_id=${source}`)).body.results
    const stamps = (files: any[]) => new Map(files.map(file => [file.path, file.last_updated]))
    const [then, now] = [stamps(before.body.results), stamps(after)]
    assert.notEqual(now.get('a.txt'), then.get('a.txt'))
    assert.equal(now.get('deep/.kept/c.txt'), then.get('deep/.kept/c.txt'))
    await shop.dismiss(worker)
  })

  test('gives nothing that lies outside of it, or is the own of the server, wherever links lead', async () => {
    const worker = await shop.hire()
    put('outside/secret.txt', 'secret')
    put('own/token-pepper', 'secret')
    put('links/real.txt', 'real')
    put('links/.git/config', 'secret')
    for (const [from, to] of [
      ['links/inside.txt', 'real.txt'],
      ['links/escape.txt', '../outside/secret.txt'],
      ['links/absolute.txt', join(dir, 'outside/secret.txt')],
      ['links/hidden.txt', '.git/config'],
      ['links/folder', '../outside'],
      ['links/nowhere', 'nothing'],
      ['links/loop', 'loop'],
      ['links/twice.txt', 'escape.txt'],
    ] as const)
      symlinkSync(to, join(dir, from))
    execFileSync('mkfifo', [join(dir, 'links/pipe')])
    const source = await local('Links', 'links')
    const job = await sync(source)
    assert.equal(job.status, 'completed')
    assert.deepEqual(await contents(source), { 'inside.txt': 'real', 'real.txt': 'real' })
    assert.deepEqual(
      job.log_entries
        .map(entry => entry.message)
        .filter(text => text.includes('leads out'))
        .sort(),
      ['absolute', 'escape', 'hidden', 'twice'].map(
        name => `${name}.txt leads out of the data source and was left aside.`,
      ),
    )
    const whole = await make('core/data-sources/', { name: 'Whole', type: 'local', source_url: `file://${dir}` })
    assert.equal((await sync(whole)).status, 'completed')
    assert.deepEqual(
      Object.keys(await contents(whole)).filter(path => path.startsWith('own/')),
      [],
    )
    const own = await local('Own', 'own')
    assert.equal((await sync(own)).status, 'completed')
    assert.deepEqual(await contents(own), {})
    await shop.dismiss(worker)
  })

  test('that is not there fails the job and the source, and leaves what was stored', async () => {
    const worker = await shop.hire()
    put('fleeting/a.txt', 'a')
    const source = await local('Fleeting', 'fleeting')
    await sync(source)
    rmSync(join(dir, 'fleeting'), { recursive: true })
    const job = await sync(source)
    assert.deepEqual([job.status, job.error], ['failed', `There is no folder ${join(dir, 'fleeting')}.`])
    assert.equal(await statusOf(source), 'failed')
    assert.deepEqual(await contents(source), { 'a.txt': 'a' })
    await shop.dismiss(worker)
  })
})

describe('what takes its content from a file', () => {
  test('follows it, each by itself: one that fails holds up no other', async () => {
    const worker = await shop.hire()
    put('follow/good.j2', 'one')
    put('follow/bad.j2', 'one')
    const source = await local('Followed', 'follow')
    await sync(source)
    const files = (await ask('GET', `core/data-files/?source_id=${source}`)).body.results
    const follower = (path: string) =>
      make('extras/export-templates/', {
        name: path,
        object_types: ['dcim.site'],
        template_code: 'until it is taken from the file',
        data_file: files.find((file: any) => file.path === path).id,
        auto_sync_enabled: true,
      })
    const [bad, good] = [await follower('bad.j2'), await follower('good.j2')]
    put('follow/good.j2', 'two')
    put('follow/bad.j2', '')
    const job = await sync(source)
    assert.equal(job.status, 'failed')
    assert.match(
      job.error,
      new RegExp(
        `^Automatic synchronization failed for 1 object\\(s\\):\n- extras.exporttemplate ID ${bad}: ValidationError: `,
      ),
    )
    const code = async (id: number) => (await ask('GET', `extras/export-templates/${id}/`)).body.template_code
    assert.deepEqual([await code(good), await code(bad)], ['two', 'one'])
    assert.equal(await statusOf(source), 'completed')

    unlinkSync(join(dir, 'follow/good.j2'))
    put('follow/bad.j2', 'three')
    assert.equal((await sync(source)).status, 'completed')
    const { body } = await ask('GET', `extras/export-templates/${good}/`)
    assert.deepEqual([body.data_file, body.template_code, await code(bad)], [null, 'two', 'three'])
    await shop.dismiss(worker)
  })
})

describe('synchronizing', () => {
  const someone = async (constraints: unknown, actions = ['sync']) => {
    const [user] = await db.query<{ id: number }>(
      `insert into users_user (username, password, is_superuser, is_active, date_joined, first_name, last_name, email)
       select 'user ' || count(*), '', false, true, now(), '', '', '' from users_user returning id`,
      [],
    )
    await make('users/permissions/', {
      name: `of ${user!.id}`,
      object_types: ['core.datasource'],
      actions,
      constraints,
      users: [user!.id],
    })
    return user!.id
  }

  test('takes the permission to do that, and no other', async () => {
    put('asked/a.txt', 'a')
    const source = await local('Asked', 'asked', { parameters: { branch: 'main', password: 'Secret-1' } })
    const address = `core/data-sources/${source}/sync/`
    const only = await ask('POST', address, undefined, await someone(null))
    assert.deepEqual(
      [only.status, Object.keys(only.body).sort()],
      [200, ['description', 'display', 'id', 'name', 'url']],
    )
    const viewing = await ask('POST', address, undefined, await someone(null, ['view', 'sync']))
    assert.deepEqual([viewing.status, viewing.body.status.value], [200, 'queued'])
    const other = await someone({ name: 'Other' })
    const refused = await ask('POST', address, undefined, other)
    assert.deepEqual(
      [refused.status, refused.body],
      [403, { detail: 'This user does not have permission to synchronize this data source.' }],
    )
    assert.equal((await ask('POST', 'core/data-sources/999999/sync/', undefined, other)).status, 404)
    assert.equal((await ask('POST', address, undefined, await someone(null, ['view', 'change']))).status, 403)
  })

  test('recurs at the interval of an enabled source, until that is taken away', async () => {
    const planned = async (source: number) =>
      (
        await db.query<{ interval: number }>(
          `select interval from core_job where object_id = $1 and object_type = 'core.datasource' and interval is not null
           and status in ('pending', 'scheduled')`,
          [source],
        )
      ).map(job => job.interval)
    put('often/a.txt', 'a')
    const source = await local('Often', 'often', { sync_interval: 60 })
    assert.deepEqual(await planned(source), [60])
    await ask('PATCH', `core/data-sources/${source}/`, { sync_interval: 1440 })
    assert.deepEqual(await planned(source), [1440])
    await ask('PATCH', `core/data-sources/${source}/`, { enabled: false })
    assert.deepEqual(await planned(source), [])
    await ask('PATCH', `core/data-sources/${source}/`, { enabled: true })
    const worker = await shop.hire()
    await until(async () => (await statusOf(source)) === 'completed')
    await until(async () => (await planned(source)).length === 1)
    await ask('PATCH', `core/data-sources/${source}/`, { sync_interval: null })
    assert.deepEqual(await planned(source), [])
    assert.equal((await ask('DELETE', `core/data-sources/${source}/`)).status, 204)
    assert.deepEqual(
      await db.query(`select from core_job where object_type = 'core.datasource' and object_id = $1`, [source]),
      [],
    )
    await shop.dismiss(worker)
  })
})

describe('a git repository', () => {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], {
      cwd: join(dir, 'repository'),
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], HOME: dir, GIT_CONFIG_NOSYSTEM: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  const commit = () => {
    git('add', '--all')
    git('commit', '--quiet', '--message', 'a change')
  }
  const repository = (name: string, more: object = {}) =>
    make('core/data-sources/', { name, type: 'git', source_url: `file://${join(dir, 'repository')}`, ...more })

  test('is taken over at its newest, branch by branch, and nothing beside it', async () => {
    const worker = await shop.hire()
    put('repository/a.txt', 'a')
    put('repository/deep/b.txt', 'b')
    put('secret.txt', 'secret')
    git('init', '--quiet', '--initial-branch=main')
    symlinkSync('/etc/hostname', join(dir, 'repository/host'))
    symlinkSync('.git/config', join(dir, 'repository/config'))
    symlinkSync('deep', join(dir, 'repository/shallow'))
    commit()
    const source = await repository('Repository')
    const first = await sync(source)
    assert.equal(first.status, 'completed', first.error)
    assert.deepEqual(await contents(source), { 'a.txt': 'a', 'deep/b.txt': 'b' })

    put('repository/a.txt', 'a, changed')
    unlinkSync(join(dir, 'repository/deep/b.txt'))
    put('repository/c.txt', 'c')
    commit()
    git('checkout', '--quiet', '-b', 'other')
    put('repository/other.txt', 'other')
    commit()
    git('checkout', '--quiet', 'main')
    await sync(source)
    assert.deepEqual(await contents(source), { 'a.txt': 'a, changed', 'c.txt': 'c' })

    const other = await repository('Other branch', { parameters: { branch: 'other' } })
    await sync(other)
    assert.deepEqual(await contents(other), { 'a.txt': 'a, changed', 'c.txt': 'c', 'other.txt': 'other' })
    for (const branch of ['none', '--upload-pack=touch hacked']) {
      const wrong = await repository(`Branch ${branch}`, { parameters: { branch } })
      const job = await sync(wrong)
      assert.equal(job.status, 'failed')
      assert.match(job.error, /^Fetching the repository failed: /)
    }
    await shop.dismiss(worker)
  })

  test('is not asked for by way of a program', async () => {
    const worker = await shop.hire()
    for (const source_url of [`ext::touch ${join(dir, 'hacked')}`, `--upload-pack=touch ${join(dir, 'hacked')}`]) {
      const job = await sync(await make('core/data-sources/', { name: source_url, type: 'git', source_url }))
      assert.equal(job.status, 'failed')
    }
    assert.throws(() => unlinkSync(join(dir, 'hacked')), { code: 'ENOENT' })
    await shop.dismiss(worker)
  })

  test('is told the credentials of its source, of which nothing else comes to light', async () => {
    // In the place of git stands a program that writes down what it was called with.
    put('bin/git', `#!/bin/sh\nprintf '%s\\n' "$@" >> ${join(dir, 'called')}\nPATH=\${PATH#*:} exec git "$@"\n`)
    chmodSync(join(dir, 'bin/git'), 0o755)
    const path = process.env['PATH']
    process.env['PATH'] = `${join(dir, 'bin')}:${path}`
    after(() => void (process.env['PATH'] = path))
    const asked: (string | undefined)[] = []
    const server = createServer((request, response) => {
      asked.push(request.headers.authorization)
      response.writeHead(request.headers.authorization ? 403 : 401, { 'www-authenticate': 'Basic realm="files"' })
      response.end()
    })
    await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
    after(() => server.close())
    const worker = await shop.hire()
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`
    const password = `Secret'"$(touch hacked)\`1\``

    const apart = await make('core/data-sources/', {
      name: 'Apart',
      type: 'git',
      source_url: `http://${host}/files.git`,
      parameters: { username: 'reader', password },
    })
    const first = await sync(apart)
    assert.equal(first.status, 'failed')
    assert.ok(asked.includes(basic(`reader:${password}`)), JSON.stringify(asked))

    asked.length = 0
    const within = await make('core/data-sources/', {
      name: 'Within',
      type: 'git',
      source_url: `http://writer:other-Secret-2@${host}/files.git`,
      parameters: { username: 'reader', password },
    })
    const second = await sync(within)
    assert.deepEqual([...new Set(asked)], [undefined, basic('writer:other-Secret-2')])

    const told = await db.query(
      `select to_jsonb(j) as row from core_job j union all select to_jsonb(t) from demarc_queue.job t
       union all select to_jsonb(c) - 'object_repr' from core_objectchange c where changed_object_id = $1`,
      [apart],
    )
    assert.doesNotMatch(JSON.stringify([first, second, told]), /Secret/)
    const called = readFileSync(join(dir, 'called'), 'utf8')
    assert.match(called, new RegExp(`^http://${host}/files.git$`, 'm'))
    assert.doesNotMatch(called, /Secret|writer|reader/)
    await shop.dismiss(worker)
  })

  test('that is being fetched by a worker that is lost can be fetched by another one', async () => {
    const sockets = new Set<Socket>()
    const server = createServer(() => undefined).on('connection', socket => void sockets.add(socket))
    await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
    after(() => {
      server.closeAllConnections()
      server.close()
    })
    const lost = await shop.hire()
    const source_url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/silent.git`
    const source = await make('core/data-sources/', { name: 'Silent', type: 'git', source_url })
    await ask('POST', `core/data-sources/${source}/sync/`)
    await until(async () => sockets.size === 1)
    assert.equal(await statusOf(source), 'syncing')
    const [job] = await db.query<{ id: number }>('select id from core_job where object_id = $1', [source])

    await db.query('delete from job_worker where name = $1', [lost.name])
    const other = await shop.hire()
    assert.equal((await shop.ended(job!.id)).error, 'The worker that ran this job has died.')
    assert.equal(await statusOf(source), 'failed')
    // The lost one is not dead, and hears of it: what it had begun ends.
    await until(async () => [...sockets].every(socket => socket.readableEnded || socket.destroyed))
    await ask('PATCH', `core/data-sources/${source}/`, { type: 'local', source_url: join(dir, 'files') })
    assert.equal((await sync(source)).status, 'completed')
    await shop.dismiss(lost)
    await shop.dismiss(other)
  })
})

describe('a bucket', () => {
  const objects: Record<string, string> = {
    'base/a.txt': 'a',
    'base/deep/b c&d+é.txt': 'b',
    'base/deep/': '',
    'base/notes.md': 'ignored',
    'base/.hidden': 'hidden',
    'basement/x.txt': 'beside it',
  }
  const asked: (string | undefined)[] = []
  /** Speaks as S3 does, with a page for each key. */
  const server = createServer((request, response) => {
    asked.push(request.headers.authorization)
    const url = new URL(request.url!, 'http://localhost')
    if (url.pathname !== '/files/') {
      const found = objects[decodeURIComponent(url.pathname.slice('/files/'.length))]
      return void response
        .writeHead(found === undefined ? 404 : 200)
        .end(found ?? '<Error><Code>NoSuchKey</Code></Error>')
    }
    const keys = Object.keys(objects).filter(key => key.startsWith(url.searchParams.get('prefix')!))
    const at = Number(url.searchParams.get('continuation-token')?.slice('page&'.length) ?? 0)
    const more = at + 1 < keys.length ? `<NextContinuationToken>page&amp;${at + 1}</NextContinuationToken>` : ''
    const key = encodeURIComponent(keys[at] ?? '')
      .replaceAll('%2F', '/')
      .replaceAll('%20', '+')
    response.end(`<ListBucketResult>${more}<Contents><Key>${key}</Key></Contents></ListBucketResult>`)
  })
  const bucket = async (name: string, path: string, more: object = {}) => {
    if (!server.listening) await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
    const source_url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`
    return make('core/data-sources/', { name, type: 'amazon-s3', source_url, ...more })
  }
  after(() => server.close())

  test('is taken over below its prefix, page by page', async () => {
    const worker = await shop.hire()
    const parameters = { aws_access_key_id: 'KEY', aws_secret_access_key: 'Secret-of-a-bucket' }
    const source = await bucket('Bucket', 'files/base', { parameters, ignore_rules: '*.md' })
    const first = await sync(source)
    assert.equal(first.status, 'completed', first.error)
    assert.deepEqual(await contents(source), { 'a.txt': 'a', 'deep/b c&d+é.txt': 'b' })
    assert.ok(asked.every(header => header?.startsWith('AWS4-HMAC-SHA256 Credential=KEY/')))
    assert.doesNotMatch(JSON.stringify(first), /Secret/)
    await shop.dismiss(worker)
  })

  test('of which a key leads elsewhere, or that is not there, fails whole', async () => {
    const worker = await shop.hire()
    const source = await bucket('Climbing', 'files/base')
    await sync(source)
    const before = await contents(source)
    objects['base/../../outside.txt'] = 'outside'
    const climbing = await sync(source)
    assert.deepEqual(
      [climbing.status, climbing.error],
      ['failed', 'The key "base/../../outside.txt" leads out of the data source.'],
    )
    assert.deepEqual(await contents(source), before)
    const missing = await sync(await bucket('Missing', 'none'))
    assert.deepEqual([missing.status, missing.error], ['failed', 'The bucket answers with status 404, NoSuchKey.'])
    await shop.dismiss(worker)
  })
})
