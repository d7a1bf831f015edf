import type { Command } from 'commander'
import { readConfig } from '../config.ts'

interface Options {
  readonly media?: string
  readonly replace?: boolean
}

/** `demarc import-netbox`: take over everything a NetBox knows. */
export function addImportNetbox(program: Command): void {
  program
    .command('import-netbox')
    .argument('<source>', 'the address of its database, or a file that pg_dump wrote')
    .option('--media <folder>', 'its folder of uploaded files')
    .option('--replace', 'delete what this database holds first')
    .description('Take over the data of a NetBox.')
    .action(async (source: string, { media, replace = false }: Options) => {
      const config = readConfig(process.env, process.argv)
      const { importNetbox } = await import('@demarc/engine/netbox')
      const { migrate } = await import('@demarc/engine/schema')
      const { registry } = await import('@demarc/models')
      const { withDatabase } = await import('../connect.ts')
      const { createLog } = await import('../log.ts')
      const { migrations } = await import('../migrations.ts')
      const log = createLog(config.LOG_LEVEL)
      await withDatabase(config, log, async db => {
        await migrate(db, migrations)
        await importNetbox({ db, registry, source, media, replace, log })
      })
    })
}
