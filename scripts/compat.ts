import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startServer, stopServer, superuserToken } from '../tests/integrity/server.ts'

/** Runs what is written with pynetbox against a whole server of its own, and prints how many of its steps passed. */
const root = join(import.meta.dirname, '..')
const compat = join(root, 'tests/compat')
const python = findEnvironment()

const dir = mkdtempSync(join(tmpdir(), 'demarc-compat-'))
chmodSync(dir, 0o711)
let status = 1
try {
  const server = await startServer(dir)
  try {
    status = await run(python, [join(compat, 'pynetbox_journey.py'), server.url, superuserToken])
  } finally {
    await stopServer(server)
  }
} finally {
  rmSync(dir, { recursive: true, force: true })
}
process.exit(status)

/** The Python of a virtual environment that holds what tests/compat/requirements.txt asks for; made where it is not there. */
function findEnvironment(): string {
  const folder = join(root, '.demarc/compat')
  const own = join(folder, 'bin/python')
  const stamp = join(folder, 'requirements.txt')
  const wanted = readFileSync(join(compat, 'requirements.txt'), 'utf8')
  if (existsSync(own) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return own
  const from = ['python3', 'python'].find(name => spawnSync(name, ['-c', 'import venv, ensurepip']).status === 0)
  if (!from) {
    console.error('compat needs Python 3 with its venv module (as in the packages python3 and python3-venv).')
    process.exit(1)
  }
  console.error(`compat: installing ${wanted.trim()} into ${folder} …`)
  mkdirSync(folder, { recursive: true })
  must(from, ['-m', 'venv', '--clear', folder])
  must(own, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', join(compat, 'requirements.txt')])
  writeFileSync(stamp, wanted)
  return own
}

function must(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 2, 2] })
  if (status === 0) return
  console.error(`compat: ${command} ${args.join(' ')} failed.`)
  process.exit(1)
}

function run(command: string, args: readonly string[]): Promise<number> {
  const child = spawn(command, args, { stdio: 'inherit' })
  return new Promise(resolve => child.on('exit', code => resolve(code ?? 1)))
}
