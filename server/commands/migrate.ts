import type { Command } from 'commander'
import { readConfig } from '../config.ts'

/** `demarc migrate`: bring the database up to date. */
export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description('Bring the database up to date.')
    .action(async () => {
      const config = readConfig(process.env, process.argv)
      const { migrate } = await import('@demarc/engine/schema')
      const { withDatabase } = await import('../connect.ts')
      const { createLog } = await import('../log.ts')
      const { migrations } = await import('../migrations.ts')
      const done = await withDatabase(config, createLog(config.LOG_LEVEL), db => migrate(db, migrations))
      for (const name of done) console.log(name)
      if (!done.length) console.log('The database is up to date.')
    })
}
