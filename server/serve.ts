import { randomInt } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { createSuperuser, createToken } from '@demarc/engine/auth'
import type { Database } from '@demarc/engine/database'
import { followJobs } from '@demarc/engine/event'
import { setChoices } from '@demarc/engine/field'
import { createApp } from '@demarc/engine/http'
import { openQueue, type QueueOptions } from '@demarc/engine/job'
import { completeObjectTypes } from '@demarc/engine/netbox'
import { Problem } from '@demarc/engine/problem'
import { migrate } from '@demarc/engine/schema'
import { demandsIn } from '@demarc/engine/validation'
import { registry } from '@demarc/models'
import { sql } from 'kysely'
import type { Logger } from 'pino'
import { mediaFolder, type Config } from './config.ts'
import { connect, postgresFolder } from './connect.ts'
import { createLog } from './log.ts'
import { migrations } from './migrations.ts'
import { withPeppers } from './peppers.ts'
import { startPostgres } from './postgres.ts'
import { addProfiles } from './profiles.ts'
import { report } from './report.ts'
import { routesOf } from './routes.ts'
import { work } from './work.ts'

export interface ServeOptions {
  /** Bring a PostgreSQL of our own. */
  readonly embedded: boolean
  /** Say in plain words where the server is and how to log in. */
  readonly welcome: boolean
}

/** Runs the server until it is told to stop. */
export async function serve(given: Config, { embedded, welcome }: ServeOptions): Promise<void> {
  const log = createLog(given.LOG_LEVEL)
  const closers: (() => unknown)[] = []
  const close = async () => {
    for (let closer = closers.pop(); closer; closer = closers.pop()) await closer()
  }
  stopOnSignal(log, close)
  try {
    const postgres = embedded ? await startPostgres({ dir: postgresFolder(given) }) : null
    if (postgres) closers.push(() => postgres.stop())
    const config = withPeppers(given)
    fs.mkdirSync(mediaFolder(config), { recursive: true })
    applySettings(config)
    const url = postgres?.url ?? config.DATABASE_URL!
    const db = await connect(url, config, log)
    closers.push(() => db.close())
    const migrated = await migrate(db, migrations)
    for (const name of migrated) log.info({ migration: name }, 'migrated')
    await completeObjectTypes(db, registry)
    if (migrated.some(name => name.startsWith('0001_'))) await addProfiles(db)
    const account = await createFirstUser(db, config)
    const queue = await openQueue(queueOptions(db, url, config, log, config.WORKER))
    closers.push(() => queue.close())
    if (config.WORKER) closers.push(await work(db, queue, config, log))

    const app = createApp({
      config,
      logger: log,
      routes: routesOf({ config, db, registry, queue }),
      ready: () => isReady(db),
      web: path.join(import.meta.dirname, '../web/dist'),
      pool: db.pool,
    })
    closers.push(() => closeApp(app))
    await listen(app, config)
    postgres?.exited.then(() => {
      if (closers.length) failLate(new Problem('database-lost', 'The embedded PostgreSQL has ended.'), close)
    })

    const { port } = app.server.address() as { port: number }
    if (welcome) console.log(`\nDemarc is ready at ${addressOf(config, port)}`)
    if (account) console.log(`Log in as ${account.username} with the password ${account.password}\n`)
  } catch (error) {
    await close()
    throw error
  }
}

/** Does background jobs of the database at an address until told to stop. */
export async function runWorker(given: Config, url: string): Promise<void> {
  const log = createLog(given.LOG_LEVEL)
  const closers: (() => unknown)[] = []
  const close = async () => {
    for (let closer = closers.pop(); closer; closer = closers.pop()) await closer()
  }
  stopOnSignal(log, close)
  try {
    const config = withPeppers(given)
    fs.mkdirSync(mediaFolder(config), { recursive: true })
    applySettings(config)
    const db = await connect(url, config, log)
    closers.push(() => db.close())
    for (const name of await migrate(db, migrations)) log.info({ migration: name }, 'migrated')
    const queue = await openQueue(queueOptions(db, url, config, log, true))
    closers.push(() => queue.close())
    closers.push(await work(db, queue, config, log))
    log.info('working')
  } catch (error) {
    await close()
    throw error
  }
}

/** The queue of jobs, whose beginnings and ends event rules may watch. */
const queueOptions = (db: Database, url: string, config: Config, log: Logger, served: boolean): QueueOptions => ({
  url,
  log,
  served,
  timeout: config.RQ_DEFAULT_TIMEOUT,
  listener: followJobs(db, registry, config),
})

/** Hand to the models what the settings say of them. */
function applySettings(config: Config): void {
  demandsIn('CUSTOM_VALIDATORS', config.CUSTOM_VALIDATORS)
  demandsIn('PROTECTION_RULES', config.PROTECTION_RULES)
  const [unknown] = setChoices(registry.choices, config.FIELD_CHOICES)
  if (unknown) throw new Problem('wrong-setting', `FIELD_CHOICES knows no field ${unknown.replace(/\+$/, '')}.`)
}

/** A database without users gets one; a password that nobody chose is returned, to be shown this once. */
async function createFirstUser(db: Database, config: Config): Promise<{ username: string; password: string } | null> {
  const [found] = await db.rows<{ any: boolean }>(sql`select exists (select from users_user) as any`)
  if (found!.any) return null
  const username = config.SUPERUSER_NAME
  const password = config.SUPERUSER_PASSWORD ?? randomPassword()
  const id = await createSuperuser(db, { username, email: config.SUPERUSER_EMAIL, password })
  if (config.SUPERUSER_API_TOKEN) await createToken(db, { userId: id, version: 1, secret: config.SUPERUSER_API_TOKEN })
  return config.SUPERUSER_PASSWORD ? null : { username, password }
}

/** Twenty letters and digits that are not mistaken for each other; some of each kind, as the policy asks. */
function randomPassword(): string {
  const kinds = ['abcdefghjkmnpqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789']
  for (;;) {
    const password = Array.from({ length: 20 }, () => kinds.join('')[randomInt(kinds.join('').length)]).join('')
    if (kinds.every(kind => [...kind].some(letter => password.includes(letter)))) return password
  }
}

async function isReady(db: Database): Promise<boolean> {
  await db.rows(sql`select 1`)
  return true
}

async function listen(app: ReturnType<typeof createApp>, { HOST, PORT }: Config): Promise<void> {
  try {
    await app.listen({ host: HOST, port: PORT, listenTextResolver: address => `listening at ${address}` })
  } catch (error) {
    const reasons: Record<string, string> = {
      EADDRINUSE: `Port ${PORT} is in use by another program; set PORT to a free one.`,
      EACCES: `Port ${PORT} may not be opened by this user; set PORT to one above 1023.`,
      EADDRNOTAVAIL: `This machine has no address ${HOST}; set HOST to one it has.`,
      ENOTFOUND: `HOST ${HOST} is no address of this machine.`,
    }
    const { code = '' } = error as NodeJS.ErrnoException
    throw reasons[code] ? new Problem('listen', reasons[code], { cause: error }) : error
  }
}

/** Takes no more connections, and gives requests that are under way ten seconds. */
async function closeApp(app: ReturnType<typeof createApp>): Promise<void> {
  const timer = setTimeout(() => app.server.closeAllConnections(), 10_000)
  await app.close()
  clearTimeout(timer)
}

function stopOnSignal(log: Logger, close: () => Promise<void>): void {
  let since = 0
  const stop = (signal: NodeJS.Signals) => {
    // A terminal and a parent process may each send the same signal; a person who means it presses again later.
    if (since) return Date.now() - since > 500 ? process.exit(130) : undefined
    since = Date.now()
    log.info({ signal }, 'stopping')
    close().then(
      () => process.exit(0),
      error => failLate(error, async () => {}),
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)
  // scripts/run.mjs, where it had to start another Node, holds a channel to it that ends with it, even by kill -9.
  process.on('disconnect', () => stop('SIGTERM'))
}

async function failLate(error: unknown, close: () => Promise<void>): Promise<void> {
  report(error)
  await close().catch(() => {})
  process.exit(1)
}

function addressOf({ HOST, BASE_PATH }: Config, port: number): string {
  const everywhere = HOST === '0.0.0.0' || HOST === '::'
  const host = everywhere ? 'localhost' : HOST.includes(':') ? `[${HOST}]` : HOST
  return `http://${host}:${port}/${BASE_PATH && `${BASE_PATH}/`}`
}
