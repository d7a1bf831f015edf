import path from 'node:path'
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
    .argument('<source>', 'the address of its database, as postgres://user:password@host/netbox, or a file of pg_dump')
    .option('--media <folder>', 'its folder of uploaded files, which are copied')
    .option('--replace', 'put it in place of what this database holds')
    .description('Take over everything a NetBox 4.5, 4.6 or 4.7 knows: all of it, or nothing.')
    .action(async (text: string, { media, replace = false }: Options) => {
      const config = readConfig(process.env, process.argv)
      const { importNetbox, openSource, survey } = await import('@demarc/engine/netbox')
      const { inTransaction } = await import('@demarc/engine/database')
      const { migrate } = await import('@demarc/engine/schema')
      const { reindex } = await import('@demarc/engine/search')
      const { registry } = await import('@demarc/models')
      const { withDatabase } = await import('../connect.ts')
      const { showProgress } = await import('../import-progress.ts')
      const { linesOf } = await import('../import-report.ts')
      const { createLog } = await import('../log.ts')
      const { migrations } = await import('../migrations.ts')
      // The source is looked at first: where it is wrong, no database is made.
      const source = await openSource(text)
      try {
        const found = await survey(source, registry)
        console.log(`The source is a NetBox ${found.version}.`)
        const mediaRoot = config.MEDIA_ROOT ?? path.join(config.DATA_DIR, 'media')
        const report = await withDatabase(config, createLog('warn'), async db => {
          await migrate(db, migrations)
          const progress = showProgress(found)
          try {
            const report = await importNetbox({
              db,
              registry,
              survey: found,
              mediaRoot,
              replace,
              ...(media && { media }),
              onProgress: progress.step,
              onStep: progress.say,
            })
            progress.say('indexing for search')
            await inTransaction(db, tx => reindex(db, tx, registry))
            return report
          } finally {
            progress.end()
          }
        })
        for (const line of linesOf(report, mediaRoot)) console.log(line)
      } finally {
        await source.close()
      }
    })
}
