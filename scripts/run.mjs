// Runs a TypeScript file of this repository: installs what package-lock.json asks for, builds the web pages where they
// are needed, and uses the Node this repository pins. Plain JavaScript, because any Node from 20 on must be able to read it.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import module from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const modules = path.join(root, 'node_modules')
const compileCache = path.join(modules, '.cache/compile')

try {
  const [file, ...args] = process.argv.slice(2)
  if (!file) throw new Error('usage: node scripts/run.mjs FILE [ARGUMENT…]')
  await install()
  if (needsPages(file, args)) await buildWeb()
  await run(path.join(root, file), args)
} catch (error) {
  console.error(`demarc: ${error.message}`)
  process.exit(1)
}

function needsPages(file, args) {
  if (file === 'scripts/test.ts') return args.includes('--e2e')
  return file === 'server/main.ts' && ['start', 'serve'].includes(args[0])
}

/** `npm ci`, unless node_modules already holds what package-lock.json asks for. */
async function install() {
  if (isInstalled()) return
  await alone('install', () => {
    if (isInstalled()) return
    console.error('demarc: installing dependencies …')
    const cli = process.env.npm_execpath
    const [command, before] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []]
    const env = { ...process.env, ...(!isWritable(os.homedir()) && { npm_config_cache: temporary() }) }
    must('npm ci', command, [...before, 'ci', '--no-audit', '--no-fund'], { cwd: root, env })
  })
}

/** Compares the lock file with the one npm leaves in node_modules when an installation is complete. */
function isInstalled() {
  const wanted = readJson(path.join(root, 'package-lock.json'))
  const present = readJson(path.join(modules, '.package-lock.json'))
  if (!wanted) throw new Error(`${path.join(root, 'package-lock.json')} is missing or damaged`)
  if (!present) return false
  return Object.entries(wanted.packages).every(([name, entry]) => {
    if (!name.includes('node_modules/') || (process.env.NODE_ENV === 'production' && entry.dev)) return true
    const here = present.packages[name]
    if (here) return here.version === entry.version && here.integrity === entry.integrity
    return entry.dev && isProduction(present) ? true : entry.optional && !isForThisMachine(entry)
  })
}

function isProduction(present) {
  return !('node_modules/typescript' in present.packages)
}

function isForThisMachine({ os: systems, cpu, libc }) {
  const glibc = Boolean(process.report?.getReport().header.glibcVersionRuntime)
  return Boolean(
    systems?.includes(process.platform) &&
    cpu?.includes(process.arch) &&
    (!libc || libc.includes(glibc ? 'glibc' : 'musl')),
  )
}

/** `vite build`, unless web/dist was built from the very files that are there. */
async function buildWeb() {
  const web = path.join(root, 'web')
  if (!fs.existsSync(path.join(web, 'index.html'))) return
  const stamp = path.join(web, 'dist/.stamp')
  const vite = path.join(modules, 'vite/bin/vite.js')
  const hash = () => hashOf([web, path.join(root, 'engine/meta'), path.join(root, 'package-lock.json')])
  const isFresh = () => fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === hash()
  if (isFresh() || (!fs.existsSync(vite) && fs.existsSync(stamp))) return
  await alone('build', () => {
    if (isFresh()) return
    console.error('demarc: building the web pages …')
    const before = hash()
    const draft = path.join(web, 'dist.new')
    must('vite build', nodeForUs(), [vite, 'build', '--outDir', draft, '--emptyOutDir', '--logLevel', 'error'], {
      cwd: web,
    })
    fs.writeFileSync(path.join(draft, '.stamp'), before)
    fs.rmSync(path.join(web, 'dist'), { recursive: true, force: true })
    fs.renameSync(draft, path.join(web, 'dist'))
  })
}

function hashOf(paths) {
  const hash = createHash('sha256')
  const add = at => {
    if (fs.statSync(at).isDirectory()) {
      const names = fs.readdirSync(at).filter(name => !/^(node_modules|dist|dist\.new|\..*)$/.test(name))
      for (const name of names.sort()) add(path.join(at, name))
    } else {
      hash.update(path.relative(root, at)).update('\0').update(fs.readFileSync(at))
    }
  }
  for (const at of paths) add(at)
  return hash.digest('hex')
}

/** In this process when its Node is new enough, else under the pinned one. */
async function run(file, args) {
  const node = nodeForUs()
  if (node === process.execPath) {
    module.enableCompileCache?.(compileCache)
    process.argv = [node, file, ...args]
    await import(pathToFileURL(file).href)
    return
  }
  const env = { ...process.env, NODE_COMPILE_CACHE: compileCache }
  if (process.execve) process.execve(node, [node, file, ...args], env)
  const child = spawn(node, [file, ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', error => {
    console.error(`demarc: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (code, signal) => process.exit(code ?? 128 + os.constants.signals[signal]))
}

function nodeForUs() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 24 || (major === 24 && minor >= 12)) return process.execPath
  const pinned = path.join(modules, '.bin/node')
  if (fs.existsSync(pinned)) return fs.realpathSync(pinned)
  throw new Error(`Node 24.12 or newer is needed; this is ${process.versions.node}`)
}

/** Lets one process at a time do a piece of work; a lock whose process is gone is taken over. */
async function alone(name, work) {
  const folder = path.join(root, '.demarc')
  const lock = path.join(folder, `${name}.lock`)
  fs.mkdirSync(folder, { recursive: true })
  const draft = `${lock}.${process.pid}`
  fs.writeFileSync(draft, String(process.pid))
  try {
    for (let waiting = false; ; waiting = true) {
      try {
        fs.linkSync(draft, lock)
        break
      } catch (error) {
        if (error.code !== 'EEXIST') throw error
      }
      const holder = Number(read(lock))
      if (holder && !isRunning(holder) && read(lock) === String(holder)) fs.rmSync(lock, { force: true })
      else if (!waiting) console.error(`demarc: waiting for process ${holder} to ${name} …`)
      await new Promise(resolve => setTimeout(resolve, 200))
    }
    try {
      return work()
    } finally {
      fs.rmSync(lock, { force: true })
    }
  } finally {
    fs.rmSync(draft, { force: true })
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function must(what, command, args, options) {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 2, 2], ...options })
  if (error) throw new Error(`${what} could not be run: ${error.message}`)
  if (status !== 0) throw new Error(`${what} failed (exit code ${status})`)
}

function isWritable(folder) {
  try {
    fs.accessSync(folder || '/nonexistent', fs.constants.W_OK)
    return true
  } catch {
    return false
  }
}

function temporary() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'demarc-npm-'))
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }))
  return folder
}

function read(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

function readJson(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
