import path from 'node:path'
import { sessionTable } from '@demarc/engine/auth'
import { workerTable } from '@demarc/engine/job'
import type { MigrationSource } from '@demarc/engine/schema'
import { searchTable } from '@demarc/engine/search'

/** Where the migrations of the server lie. */
export const migrations: MigrationSource = {
  folder: path.join(import.meta.dirname, 'migrations'),
  extraTables: [searchTable, sessionTable, workerTable],
}
