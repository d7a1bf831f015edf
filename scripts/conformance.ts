import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Replays the recorded answers of the peer, where they lie beside the project, and prints how many agree. */
const folder = process.env['DEMARC_CONFORMANCE'] ?? join(import.meta.dirname, '../../shared/conformance')
if (!existsSync(join(folder, 'run.mjs'))) {
  console.error(`There are no recordings in ${folder}; set DEMARC_CONFORMANCE to the folder that holds them.`)
  process.exit(1)
}
const { status } = spawnSync(
  process.execPath,
  [join(folder, 'run.mjs'), '--adapter', './tests/conformance/adapter.ts', ...process.argv.slice(2)],
  { stdio: 'inherit' },
)
process.exit(status ?? 1)
