import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { startServer, stopServer, superuserToken, type Server } from '../tests/integrity/server.ts'

/**
 * Runs what is written with clients of NetBox against a whole server of its own: `npm run compat` what is written with
 * pynetbox, `npm run compat -- --ansible` a playbook and an inventory of Ansible's collection, some 500 MB to install.
 */
const root = join(import.meta.dirname, '..')
const compat = join(root, 'tests/compat')
const journey = process.argv.includes('--ansible') ? ansible : pynetbox

const dir = mkdtempSync(join(tmpdir(), 'demarc-compat-'))
chmodSync(dir, 0o711)
let status = 1
try {
  const server = await startServer(dir)
  try {
    status = await journey(server)
  } finally {
    await stopServer(server)
  }
} finally {
  rmSync(dir, { recursive: true, force: true })
}
process.exit(status)

async function pynetbox({ url }: Server): Promise<number> {
  const bin = environmentOf(compat)
  return (await run(join(bin, 'python'), [join(compat, 'pynetbox_journey.py'), url, superuserToken])).status
}

/** A playbook that writes, and writes nothing a second time; an inventory that finds what it wrote. */
async function ansible({ url }: Server): Promise<number> {
  const folder = join(compat, 'ansible')
  const bin = environmentOf(folder)
  const env = {
    NETBOX_API: url,
    NETBOX_TOKEN: superuserToken,
    ANSIBLE_PYTHON_INTERPRETER: join(bin, 'python'),
    ANSIBLE_LOCALHOST_WARNING: 'false',
    ANSIBLE_INVENTORY_UNPARSED_WARNING: 'false',
    ANSIBLE_NOCOLOR: '1',
  }
  const play = () => run(join(bin, 'ansible-playbook'), [join(folder, 'playbook.yml')], env)
  const inventory = () =>
    run(join(bin, 'ansible-inventory'), ['-i', join(folder, 'inventory.netbox.yml'), '--graph'], env)
  const steps: readonly (readonly [what: string, ran: { status: number; output: string }, wanted: RegExp])[] = [
    ['the playbook runs', await play(), /failed=0/],
    ['a second run changes nothing', await play(), /changed=0 .*failed=0/],
    [
      'the inventory finds the devices by role, site, rack and maker',
      await inventory(),
      /@device_roles_leaf:\s+\|  \|--leaf1\s+\|  \|--leaf2/,
    ],
  ]
  const failed = steps.filter(([, { status, output }, wanted]) => status !== 0 || !wanted.test(output))
  for (const [what, { output }] of failed) console.error(`\n✖ ${what}\n${output}`)
  console.log(`${steps.length - failed.length} passed, ${failed.length} failed`)
  return failed.length ? 1 : 0
}

/** The programs of a virtual environment that holds what a folder's requirements.txt asks for; made where it is not there. */
function environmentOf(folder: string): string {
  const name = basename(folder)
  const environment = join(root, '.demarc', name === 'compat' ? name : `compat-${name}`)
  const bin = join(environment, 'bin')
  const stamp = join(environment, 'requirements.txt')
  const wanted = readFileSync(join(folder, 'requirements.txt'), 'utf8')
  if (existsSync(join(bin, 'python')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return bin
  const from = ['python3', 'python'].find(name => spawnSync(name, ['-c', 'import venv, ensurepip']).status === 0)
  if (!from) {
    console.error('compat needs Python 3 with its venv module (as in the packages python3 and python3-venv).')
    process.exit(1)
  }
  console.error(`compat: installing ${wanted.trim().replaceAll('\n', ', ')} into ${environment} …`)
  mkdirSync(environment, { recursive: true })
  must(from, ['-m', 'venv', '--clear', environment])
  const requirements = join(folder, 'requirements.txt')
  must(join(bin, 'python'), ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements])
  writeFileSync(stamp, wanted)
  return bin
}

function must(command: string, args: readonly string[]): void {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 2, 2] })
  if (status === 0) return
  console.error(`compat: ${command} ${args.join(' ')} failed.`)
  process.exit(1)
}

/** Runs a program, shows what it prints, and keeps it. */
function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ status: number; output: string }> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } })
  let output = ''
  child.stdout.on('data', text => {
    output += String(text)
    process.stdout.write(text)
  })
  return new Promise(resolve => child.on('close', code => resolve({ status: code ?? 1, output })))
}
