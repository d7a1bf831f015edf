import path from 'node:path'
import type { MigrationSource } from '@demarc/engine/schema'

/** Where the migrations of the server lie. */
export const migrations: MigrationSource = {
  folder: path.join(import.meta.dirname, 'migrations'),
  extraTables: [],
}
