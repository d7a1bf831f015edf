import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase, type Database } from '@demarc/engine/database'
import { createApp } from '@demarc/engine/http'
import { restRoutes } from '@demarc/engine/rest'
import { migrate } from '@demarc/engine/schema'
import { registry } from '@demarc/models'
import { pino } from 'pino'
import { readConfig } from '../../server/config.ts'
import { migrations } from '../../server/migrations.ts'
import { startPostgres } from '../../server/postgres.ts'
import { measureCabling } from './cabling.ts'
import { seed, standard } from './seed.ts'
import { measureWriting } from './writing.ts'

/** Measures what reading and writing cost, each figure as a ratio to another taken in the same run. `--devices N` sets the size. */
const devices = Number(process.argv[process.argv.indexOf('--devices') + 1]) || standard.devices
const size = { ...standard, devices, addresses: devices * 10, prefixes: devices }

const dir = mkdtempSync(join(tmpdir(), 'demarc-bench-'))
const postgres = await startPostgres({
  dir: join(dir, 'postgres'),
  settings: { fsync: 'off', synchronous_commit: 'off', shared_buffers: '512MB' },
})
const db = openDatabase({ url: postgres.url, poolSize: 4 })
try {
  await migrate(db, migrations)
  console.log(
    `seeding ${size.devices} devices, ${size.devices * size.interfacesPerDevice} interfaces, ${size.addresses} addresses, ${size.prefixes} prefixes …`,
  )
  await seed(db, size)
  await measure(db)
} finally {
  await db.close()
  await postgres.stop()
  rmSync(dir, { recursive: true, force: true })
}

async function measure(db: Database): Promise<void> {
  const config = { ...readConfig({}), ALLOWED_HOSTS: ['*'] }
  const { rows: users } = await db.pool.query(
    `insert into users_user (username, password, is_superuser, is_active, first_name, last_name, email, date_joined)
      values ('bench', '', true, true, '', '', '', now()) returning id`,
  )
  const identify = async () =>
    ({ user: { id: Number(users[0].id), username: 'bench', superuser: true }, via: 'session', writes: true }) as const
  const app = createApp({
    config,
    logger: pino({ level: 'silent' }),
    routes: [restRoutes({ db, registry, config, identify }), app => void app.get('/hello/', async () => 'hello')],
  })
  await app.ready()
  const get = async (url: string) => {
    const answer = await app.inject({ url, headers: { host: 'bench', 'accept-encoding': 'identity' } })
    if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${answer.body.slice(0, 300)}`)
    return answer
  }

  const post = async (url: string, body: unknown) => {
    const answer = await app.inject({ method: 'POST', url, headers: { host: 'bench' }, payload: body as object })
    if (answer.statusCode !== 201) throw new Error(`${url}: ${answer.statusCode} ${answer.body.slice(0, 300)}`)
    return answer.json() as unknown
  }

  /** Statements of one request, and how long PostgreSQL takes for them alone. */
  async function statementsOf(url: string) {
    const seen: { text: string; values: unknown[] }[] = []
    const stop = db.watch((text, values) => void seen.push({ text, values: [...values] }))
    await get(url)
    stop()
    return seen
  }
  async function replay(statements: readonly { text: string; values: unknown[] }[], rounds: number) {
    const client = await db.pool.connect()
    const raw = { getTypeParser: () => (value: unknown) => value }
    const run = async () => {
      for (const [at, { text, values }] of statements.entries())
        await client.query({
          text,
          values,
          name: at === 0 ? undefined : `bench${text.length}_${at}`,
          rowMode: 'array',
          types: raw as never,
        } as never)
    }
    const ms = await timed(run, rounds)
    client.release()
    return ms
  }
  const wall = (url: string, rounds: number) => timed(() => get(url), rounds)

  const rows: [string, string, string][] = []
  const row = (what: string, figure: number, target: string) => rows.push([what, figure.toFixed(2), target])

  const list50 = '/api/dcim/devices/?limit=50'
  const list1000 = '/api/dcim/devices/?limit=1000'
  const one = `/api/dcim/devices/${Math.round(devices / 2)}/`
  const hello = await timed(() => app.inject({ url: '/hello/', headers: { host: 'bench' } }), 400)
  const [oneWall, onePg] = [await wall(one, 200), await replay(await statementsOf(one), 200)]
  row('one device: wall / PostgreSQL', oneWall / onePg, '≤ 1.8')
  row('one device: statements', (await statementsOf(one)).length, '≤ 6')
  const [wall50, pg50] = [await wall(list50, 60), await replay(await statementsOf(list50), 60)]
  row('50 devices: wall / PostgreSQL', wall50 / pg50, '≤ 1.8')
  row('50 devices: statements', (await statementsOf(list50)).length, '≤ 6')
  const [wall1000, pg1000] = [await wall(list1000, 8), await replay(await statementsOf(list1000), 8)]
  row('1,000 devices: wall / PostgreSQL', wall1000 / pg1000, '≤ 2.0')
  row('one device: requests per hello', hello / oneWall, '≥ 0.10')
  row('50 devices: requests per hello', hello / wall50, '≥ 0.018')
  const page50 = (await statementsOf(list50)).slice(0, 1)
  row('50 devices: wall / page rows alone', wall50 / (await replay(page50, 60)), '≤ 4')
  const filtered = (await statementsOf('/api/dcim/devices/?limit=50&site_id=7')).filter(one =>
    / limit 50/.test(one.text),
  )
  row('filter by site: page / unfiltered page', (await replay(filtered, 100)) / (await replay(page50, 100)), '≤ 1.5')
  const deep = (await statementsOf(`/api/dcim/devices/?limit=50&offset=${devices - 100}`)).filter(one =>
    / offset /.test(one.text),
  )
  row(`offset ${devices - 100}: page / first page`, (await replay(deep, 10)) / (await replay(page50, 60)), '≤ 25')
  const cursor = (await statementsOf(`/api/dcim/devices/?limit=50&start=${devices - 100}`)).slice(0, 1)
  row(`cursor at ${devices - 100}: page / first page`, (await replay(cursor, 60)) / (await replay(page50, 60)), '≤ 2')
  row('1,000 interfaces, seconds', (await wall('/api/dcim/interfaces/?limit=1000', 5)) / 1000, '≤ 0.5')
  row('1,000 interfaces: statements', (await statementsOf('/api/dcim/interfaces/?limit=1000')).length, '≤ 6')
  row('50 addresses, ms', await wall('/api/ipam/ip-addresses/?limit=50', 20), '')
  row('50 prefixes, ms', await wall('/api/ipam/prefixes/?limit=50', 20), '')
  row('50 devices, ms', wall50, '')
  row('one device, ms', oneWall, '')
  await measureWriting(db, post, row)
  const remove = async (url: string) => {
    const answer = await app.inject({ method: 'DELETE', url, headers: { host: 'bench' } })
    if (answer.statusCode !== 204) throw new Error(`${url}: ${answer.statusCode} ${answer.body.slice(0, 300)}`)
  }
  await measureCabling(db, { post, remove, count: async url => (await statementsOf(url)).length }, row)
  await app.close()

  const widths = [0, 1, 2].map(at => Math.max(...rows.map(row => row[at as 0].length)))
  for (const row of rows)
    console.log(row.map((text, at) => (at === 0 ? text.padEnd(widths[at]!) : text.padStart(widths[at]!))).join('  '))
}

/** Milliseconds of one run, as the median of many, after some to warm up. */
async function timed(run: () => Promise<unknown>, rounds: number): Promise<number> {
  for (let at = 0; at < Math.min(10, rounds); at++) await run()
  const times: number[] = []
  for (let at = 0; at < rounds; at++) {
    const begun = performance.now()
    await run()
    times.push(performance.now() - begun)
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)]!
}
