import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { startPostgres } from '../server/postgres.ts'

const root = path.dirname(import.meta.dirname)
const args = process.argv.slice(2)
const browser = args.includes('--e2e')
const wanted = args.filter(argument => !argument.startsWith('--'))
const options = args.filter(argument => argument.startsWith('--') && argument !== '--e2e')

const files = collect()
if (!files.length) {
  console.log('0 passed, 0 failed')
  process.exit(wanted.length ? 1 : 0)
}

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'demarc-test-'))
fs.chmodSync(dir, 0o711)
// Every file has a database of its own until all have run, each with a connection that hears of changes.
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '400' }
const postgres = await startPostgres({ dir, settings })
let code = 1
try {
  code = await run(files, postgres.url)
} finally {
  await postgres.stop()
  fs.rmSync(dir, { recursive: true, force: true })
}
process.exit(code)

/** Test files of the whole repository, or those that the arguments name: a file, a folder, or a part of a path. */
function collect(): string[] {
  const folders = browser ? ['tests/e2e'] : ['libs', 'engine', 'models', 'server', 'web', 'scripts', 'tests']
  const all = folders
    .flatMap(folder => fs.globSync(`${folder}/**/*.test.ts`, { cwd: root }))
    .filter(file => !file.includes('node_modules') && file.startsWith('tests/e2e/') === browser)
    .sort()
  if (!wanted.length) return all
  const narrow = wanted.map(name => path.relative(root, path.resolve(name)))
  return all.filter(file => narrow.some((name, index) => file.startsWith(name) || file.includes(wanted[index]!)))
}

/** Runs the files in one process of `node --test` and ends with the line that counts them. */
async function run(files: string[], url: string): Promise<number> {
  const summary = path.join(dir, 'summary.tap')
  const reporters = [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    `--test-reporter=${path.join(import.meta.dirname, 'count.ts')}`,
    `--test-reporter-destination=${summary}`,
  ]
  const child = spawn(
    process.execPath,
    ['--test', '--test-isolation=none', '--test-force-exit', ...reporters, ...options, ...files],
    {
      cwd: root,
      stdio: 'inherit',
      env: {
        ...process.env,
        DEMARC_TEST_POSTGRES: url,
        FORCE_COLOR: colour(),
        ...(!wanted.length && { DEMARC_TEST_WHOLE: '1' }),
      },
    },
  )
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
  const status = await new Promise<number>(resolve => child.on('exit', code => resolve(code ?? 1)))
  const counted = fs.existsSync(summary) ? fs.readFileSync(summary, 'utf8').trim() : ''
  const [passed, failed] = counted ? counted.split(' ').map(Number) : [0, 1]
  const broken = status !== 0 && failed === 0 ? 1 : failed!
  console.log(`${passed} passed, ${broken} failed`)
  return broken ? 1 : 0
}

function colour(): string {
  return process.env.FORCE_COLOR ?? (process.stdout.isTTY ? '1' : '0')
}
