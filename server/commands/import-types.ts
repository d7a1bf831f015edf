import type { Command } from 'commander'
import { readConfig } from '../config.ts'

/** `demarc import-types`: create the device, module and rack types of a library. */
export function addImportTypes(program: Command): void {
  program
    .command('import-types')
    .argument('<source>', 'the folder of a library of types, or an archive of it (.tar.gz)')
    .description('Create the device, module and rack types that a library describes in YAML, and their manufacturers.')
    .action(async (source: string) => {
      const config = readConfig(process.env, process.argv)
      const { migrate } = await import('@demarc/engine/schema')
      const { registry } = await import('@demarc/models')
      const { withDatabase } = await import('../connect.ts')
      const { createLog } = await import('../log.ts')
      const { migrations } = await import('../migrations.ts')
      const { importLibrary } = await import('../typelibrary.ts')
      const began = Date.now()
      const report = await withDatabase(config, createLog('warn'), async db => {
        await migrate(db, migrations)
        return importLibrary(source, {
          db,
          registry,
          settings: config as unknown as Record<string, unknown>,
          onProgress: (folder, done, total) => {
            const text = `${folder}: ${done.toLocaleString('en')} of ${total.toLocaleString('en')}`
            process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${text}${done < total ? '' : '\n'}` : `${text}\n`)
          },
        })
      })
      console.log(`Manufacturers created: ${report.manufacturers.toLocaleString('en')}`)
      for (const { folder, files, created, known, components } of report.folders)
        console.log(
          `${folder}: ${files.toLocaleString('en')} files, ${created.toLocaleString('en')} created with ${components.toLocaleString('en')} components, ${known.toLocaleString('en')} there before`,
        )
      for (const { file, reasons } of report.refused) console.log(`Refused ${file}: ${reasons.slice(0, 5).join(' · ')}`)
      console.log(`Done in ${((Date.now() - began) / 1000).toFixed(1)} s.`)
      if (report.refused.length) process.exitCode = 1
    })
}
