import type { Command } from 'commander'
import { readConfig } from '../config.ts'

/** `demarc reindex`: make the index of global search anew. */
export function addReindex(program: Command): void {
  program
    .command('reindex')
    .alias('search')
    .description('Make the index of global search anew. The server may run meanwhile.')
    .action(async () => {
      const config = readConfig(process.env, process.argv)
      const { inTransaction } = await import('@demarc/engine/database')
      const { reindex } = await import('@demarc/engine/search')
      const { registry } = await import('@demarc/models')
      const { withDatabase } = await import('../connect.ts')
      const { createLog } = await import('../log.ts')
      const count = await withDatabase(config, createLog('warn'), db =>
        inTransaction(db, tx =>
          reindex(db, tx, registry, (model, at, of) => console.log(`${at + 1} of ${of}: ${model.name}`)),
        ),
      )
      console.log(`${count.toLocaleString('en')} values can be found.`)
    })
}
