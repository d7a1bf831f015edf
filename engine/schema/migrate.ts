import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Database } from '../database/index.ts'
import type { Registry } from '../model/index.ts'
import { Problem } from '../problem/index.ts'
import { describeSchema, type ExtraTable, type Schema } from './describe.ts'
import { diffSchemas } from './diff.ts'
import { startsIn } from './start.ts'

/** Where migrations lie, and which tables there are besides the models'. */
export interface MigrationSource {
  readonly folder: string
  readonly extraTables: readonly ExtraTable[]
}

/** Any constant: whoever holds this advisory lock migrates, the others wait. */
const lockKey = 726_173

/**
 * Apply the migrations that a database lacks, one process at a time, all in one transaction. Returns their names. Throws a
 * {@link Problem} for a database of NetBox, of a newer release, or that was made by migrations with another text.
 */
export async function migrate(db: Database, { folder }: MigrationSource): Promise<string[]> {
  const client = await db.pool.connect()
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock($1)', [lockKey])
    const { rows: tables } = await client.query<{ ours: boolean; django: boolean }>(
      `select to_regclass('demarc_migration') is not null as ours, to_regclass('django_migrations') is not null as django`,
    )
    if (tables[0]!.django)
      throw new Problem(
        'database-of-netbox',
        'This database belongs to NetBox. Give Demarc one of its own and take the data over with: npm run demarc -- import-netbox <address>',
      )
    await client.query(
      `create table if not exists demarc_migration (name text primary key, applied timestamptz not null default now());
       alter table demarc_migration add column if not exists checksum text not null default ''`,
    )
    const { rows } = await client.query<Applied>('select name, checksum from demarc_migration order by name')
    const done = new Set(rows.map(row => row.name))
    const names = migrationsIn(folder)
    const unknown = [...done].find(name => !names.includes(name))
    if (unknown)
      throw new Problem(
        'database-newer',
        `The database has the migration ${unknown}, which this release does not know: it was made by a newer one.`,
      )
    const texts = new Map(names.map(name => [name, readFileSync(join(folder, `${name}.sql`), 'utf8')]))
    // Releases before this one kept no checksums; what they applied is taken at its word.
    for (const { name } of rows.filter(({ checksum }) => !checksum))
      await client.query('update demarc_migration set checksum = $2 where name = $1', [
        name,
        checksumOf(texts.get(name)!),
      ])
    const other = rows.find(({ name, checksum }) => checksum && checksum !== checksumOf(texts.get(name)!))
    if (other)
      throw new Problem(
        'migration-differs',
        `The migration ${other.name} had another text when it was applied to this database, so its tables are not those that this release works with. Go back to the release that made the database, or give this one an empty one: another DATABASE_URL, or another DATA_DIR.`,
      )
    const missing = names.filter(name => !done.has(name))
    for (const name of missing) {
      const text = texts.get(name)!
      await client.query(text)
      await client.query('insert into demarc_migration (name, checksum) values ($1, $2)', [name, checksumOf(text)])
    }
    await client.query('commit')
    return missing
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

interface Applied {
  readonly name: string
  readonly checksum: string
}

/** What tells the text of a migration from any other, wherever it was checked out. */
const checksumOf = (text: string) => createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex')

/** Write the migration that brings the last snapshot to what the models say. Returns its file, or null where there is nothing to do. */
export function makeMigration(
  registry: Registry,
  { folder, extraTables }: MigrationSource,
  name: string,
): string | null {
  const snapshot = join(folder, 'snapshot.json')
  const names = migrationsIn(folder)
  const before: Schema = names.length ? (JSON.parse(readFileSync(snapshot, 'utf8')) as Schema) : { tables: {} }
  const after = describeSchema(registry, extraTables)
  const statements = diffSchemas(before, after, startsIn(registry))
  if (statements.length === 0) return null
  if (names.length === 0) statements.unshift(...foundations)
  const number = String(names.length + 1).padStart(4, '0')
  const file = join(folder, `${number}_${names.length === 0 ? 'initial' : name}.sql`)
  writeFileSync(file, `${statements.join('\n\n')}\n`)
  writeFileSync(snapshot, `${JSON.stringify(after, null, 1)}\n`)
  return file
}

const foundations = [
  'create extension if not exists ltree;',
  'create extension if not exists pg_trgm;',
  `create collation if not exists natural_sort (provider = icu, locale = 'und-u-kn-true');`,
]

const migrationsIn = (folder: string) =>
  readdirSync(folder)
    .filter(file => /^\d{4}_\w+\.sql$/.test(file))
    .map(file => file.slice(0, -4))
    .sort()
