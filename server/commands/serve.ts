import { Problem } from '@demarc/engine/problem'
import type { Command } from 'commander'
import { readConfig } from '../config.ts'

/** `demarc serve`: for operators who run PostgreSQL themselves. */
export function addServe(program: Command): void {
  program
    .command('serve')
    .description('Bring the database of DATABASE_URL up to date, and serve.')
    .action(async () => {
      const config = readConfig(process.env, process.argv)
      if (!config.DATABASE_URL) {
        throw new Problem('database-url', 'serve needs DATABASE_URL; "demarc start" brings a database of its own.')
      }
      const { serve } = await import('../serve.ts')
      await serve(config, { embedded: false, welcome: false })
    })
}
