import type { Command } from 'commander'
import { readConfig } from '../config.ts'

/** `demarc rebuild-prefixes`: measure the nesting of prefixes anew. */
export function addRebuildPrefixes(program: Command): void {
  program
    .command('rebuild-prefixes')
    .description('Measure anew how deep prefixes lie and how many they hold. The server may run meanwhile.')
    .action(async () => {
      const config = readConfig(process.env, process.argv)
      const { inTransaction } = await import('@demarc/engine/database')
      const { rebuildNesting } = await import('@demarc/models/ipam')
      const { withDatabase } = await import('../connect.ts')
      const { createLog } = await import('../log.ts')
      const count = await withDatabase(config, createLog('warn'), db => inTransaction(db, rebuildNesting))
      console.log(`${count.toLocaleString('en')} prefixes were wrong.`)
    })
}
