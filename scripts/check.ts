import { spawnSync } from 'node:child_process'
import path from 'node:path'

const root = path.dirname(import.meta.dirname)
const bin = (name: string) => path.join(root, 'node_modules/.bin', name)
const typed = process.argv.includes('--types') || Boolean(process.env.CI)

type Check = readonly [name: string, command: string, args: readonly string[]]

const checks: readonly Check[] = [
  ['format', bin('oxfmt'), ['--check']],
  ['lint', bin('oxlint'), typed ? ['--type-aware'] : []],
  ['types', bin('tsc'), ['--noEmit']],
  ['types of web', bin('tsc'), ['--noEmit', '-p', 'web']],
  ['unused code', bin('knip'), ['--no-progress']],
  ['generated pages', process.execPath, [path.join(root, 'scripts/generate.ts'), '--check']],
]

const failed: string[] = []
for (const [name, command, args] of checks) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 27,
  })
  const well = status === 0
  console.log(`${well ? 'ok    ' : 'FAILED'} ${name}`)
  if (well) continue
  failed.push(name)
  console.log(`${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`.trimEnd())
}
if (failed.length) console.log(`\nfailed: ${failed.join(', ')}`)
process.exit(failed.length ? 1 : 0)
