import { Problem } from '@demarc/engine/problem'
import type { Command } from 'commander'
import { readConfig } from '../config.ts'

/** `demarc worker`: for those who want background jobs done beside the server, here or on other machines. */
export function addWorker(program: Command): void {
  program
    .command('worker')
    .description(
      'Do background jobs, of the database of DATABASE_URL or of the server that runs here. Any number may run.',
    )
    .action(async () => {
      const config = readConfig(process.env, process.argv)
      const { postgresFolder } = await import('../connect.ts')
      const { runningPostgres } = await import('../postgres.ts')
      const url = config.DATABASE_URL ?? runningPostgres(postgresFolder(config))
      if (!url) {
        throw new Problem('database-url', 'worker needs DATABASE_URL, or a server that was begun by "demarc start".')
      }
      const { runWorker } = await import('../serve.ts')
      await runWorker(config, url)
    })
}
