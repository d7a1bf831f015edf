import type { Command } from 'commander'
import { readConfig } from '../config.ts'

/** `demarc start`: everything in one command. */
export function addStart(program: Command): void {
  program
    .command('start')
    .description('Start the database, bring it up to date, and serve; with DATABASE_URL, use that database instead.')
    .action(async () => {
      const config = readConfig(process.env, process.argv)
      const { serve } = await import('../serve.ts')
      await serve(config, { embedded: !config.DATABASE_URL, welcome: true })
    })
}
