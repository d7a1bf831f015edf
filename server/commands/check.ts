import { Problem } from '@demarc/engine/problem'
import type { Command } from 'commander'
import { readConfig } from '../config.ts'

/** `demarc check`: whether the database is what the models say. */
export function addCheck(program: Command): void {
  program
    .command('check')
    .description('Compare the database with what this release expects, and say what differs.')
    .action(async () => {
      const config = readConfig(process.env, process.argv)
      const { checkSchema } = await import('@demarc/engine/schema')
      const { registry } = await import('@demarc/models')
      const { withDatabase } = await import('../connect.ts')
      const { createLog } = await import('../log.ts')
      const { migrations } = await import('../migrations.ts')
      const log = createLog(config.LOG_LEVEL)
      const found = await withDatabase(config, log, db => checkSchema(db, registry, migrations.extraTables))
      for (const line of found) console.log(line)
      if (found.length) throw new Problem('schema-differs', `The database differs in ${found.length} places.`)
      console.log('The settings are valid and the database is as expected.')
    })
}
