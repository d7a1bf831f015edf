import type { Command } from 'commander'
import { readConfig } from '../config.ts'

/** `demarc trace-paths`: follow every cable path anew. */
export function addTracePaths(program: Command): void {
  program
    .command('trace-paths')
    .description(
      'Forget all cable paths and follow them anew, as after rows were put into the database by other means.',
    )
    .action(async () => {
      const config = readConfig(process.env, process.argv)
      const { inTransaction } = await import('@demarc/engine/database')
      const { Problem } = await import('@demarc/engine/problem')
      const { migrate } = await import('@demarc/engine/schema')
      const { retraceAll } = await import('@demarc/models/dcim/cabling')
      const { withDatabase } = await import('../connect.ts')
      const { createLog } = await import('../log.ts')
      const { migrations } = await import('../migrations.ts')
      const faults: string[] = []
      const stored = await withDatabase(config, createLog('warn'), async db => {
        await migrate(db, migrations)
        return inTransaction(db, tx =>
          retraceAll(tx, {
            onProgress: showProgress,
            onFault: (origins, message) => void faults.push(`From ${origins.join(', ')}: ${message}`),
          }),
        )
      })
      console.log(`Traced ${stored.toLocaleString('en')} paths.`)
      for (const fault of faults) console.error(fault)
      if (faults.length) throw new Problem('untraceable', `${faults.length} paths could not be traced.`)
    })
}

/** A count that moves where a person watches, else a line for each portion. */
function showProgress(done: number, total: number): void {
  const text = `${done.toLocaleString('en')} of ${total.toLocaleString('en')} origins followed`
  process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${text}${done === total ? '\n' : ''}` : `${text}\n`)
}
