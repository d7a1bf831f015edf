import type { PoolClient } from 'pg'
import { inTransaction, type Database } from '../database/index.ts'
import type { Registry } from '../model/index.ts'
import { Problem } from '../problem/index.ts'
import { explain } from './explain.ts'
import { leftOut, namesColumn } from './mapping.ts'
import { mend, mendTrees } from './mend.ts'
import type { Batch, SourceRow } from './source.ts'
import { storeObjectTypes, storeRows, type ObjectTypeRow } from './store.ts'
import { factsOf, type Survey } from './survey.ts'

export interface TakeoverOptions {
  readonly db: Database
  readonly registry: Registry
  readonly survey: Survey
  /** Put it in place of what the database holds. */
  readonly replace?: boolean
  readonly onProgress?: (progress: Progress) => void
  /** What is done once all rows are in. */
  readonly onStep?: (what: string) => void
}

/** So many more rows of a table are in. */
export interface Progress {
  readonly table: string
  readonly rows: number
}

/** Rows of one table, as NetBox has them and as they are here now. */
export interface Taken {
  readonly table: string
  readonly before: number
  readonly after: number
}

/** A table of which nothing was taken. */
export interface NotTaken {
  readonly table: string
  readonly rows: number
  readonly reason: string
}

/** What was taken, and what was not. */
export interface Report {
  readonly version: string
  readonly taken: readonly Taken[]
  readonly notTaken: readonly NotTaken[]
  /** What was put right on the way, and what a person should look at. */
  readonly notes: readonly string[]
}

/** Rows go in by so many, or by so many characters if those come first. */
const portion = { rows: 4000, characters: 8 << 20 }

const settings = `set local lock_timeout = '30s'; set local statement_timeout = 0; set local work_mem = '64MB'; set constraints all deferred`

/** Take over all of a NetBox database in one transaction: all of it or nothing. */
export async function takeOver(options: TakeoverOptions): Promise<Report> {
  const { db } = options
  const client = await db.pool.connect()
  let broken: Error | undefined
  let report: Report
  try {
    report = await takeAll(client, options)
  } catch (error) {
    broken = error as Error
    await client.query('rollback').catch(() => undefined)
    throw explain(error)
  } finally {
    // A connection that failed in the middle is not used again.
    client.release(broken)
  }
  options.onStep?.('gathering statistics')
  // What was taken over is safe; statistics come later by themselves where they cannot be gathered now.
  await db.pool.query('analyze').catch(() => undefined)
  await db.changed(null)
  return report
}

async function takeAll(
  client: PoolClient,
  { registry, survey, replace = false, onProgress, onStep }: TakeoverOptions,
): Promise<Report> {
  await client.query('begin')
  await client.query(settings)
  await makeRoom(client, registry, replace)
  await storeObjectTypes(client, typesOf(survey, registry))
  await storeAll(client, survey, onProgress)
  onStep?.('checking that everything hangs together')
  await client.query('set constraints all immediate')
  onStep?.('putting right and counting')
  const mends = await mend(client, survey)
  const trees = await mendTrees(client, registry)
  const report = await reportOf(client, survey, [...mends, ...trees])
  await addMissingTypes(client, registry)
  await setSequences(client, survey)
  await client.query('commit')
  return report
}

/** The source says what its own models can; of an older one's, the registry knows better. */
function typesOf({ objectTypes, version }: Survey, registry: Registry): readonly ObjectTypeRow[] {
  if (version === '4.7') return objectTypes
  const facts = factsOf(registry)
  return objectTypes.map(type => {
    const known = facts.get(`${type.app_label}.${type.model}`)
    return known ? { ...type, public: String(known.public), features: `{${known.features.join()}}` } : type
  })
}

/** Reads and stores at once: while rows go in, the next are read. */
async function storeAll(client: PoolClient, survey: Survey, onProgress?: (progress: Progress) => void): Promise<void> {
  let storing: Promise<void> = Promise.resolve()
  for await (const { table, columns, rows } of portions(survey)) {
    await storing
    storing = storeRows(client, survey.mappings.get(table)!, columns, rows, survey)
    // Its failure is said by the next await, not by the process.
    storing.catch(() => {})
    onProgress?.({ table, rows: rows.length })
  }
  await storing
}

/** Batches of a size that suits a statement. */
async function* portions({ source, mappings }: Survey): AsyncGenerator<Batch> {
  let table = ''
  let columns: readonly string[] = []
  let held: SourceRow[] = []
  let characters = 0
  for await (const batch of source.read(name => mappings.has(name))) {
    if (batch.table !== table || batch.columns !== columns) {
      if (held.length) yield { table, columns, rows: held }
      table = batch.table
      columns = batch.columns
      held = []
      characters = 0
    }
    for (const row of batch.rows) {
      held.push(row)
      for (const value of row) characters += value?.length ?? 0
      if (held.length < portion.rows && characters < portion.characters) continue
      yield { table, columns, rows: held }
      held = []
      characters = 0
    }
  }
  if (held.length) yield { table, columns, rows: held }
}

/** Tables that a server fills when it first starts, before anyone has done anything with it. */
const filledAtStart = new Set([
  'core_objecttype',
  'dcim_moduletypeprofile',
  'users_user',
  'users_token',
  'users_userconfig',
])

/** Empty the tables, or refuse where they hold something that would be lost. */
async function makeRoom(client: PoolClient, registry: Registry, replace: boolean): Promise<void> {
  const tables = [...registry.models.values()].map(model => model.table)
  if (!replace) {
    const holders = tables.filter(table => !filledAtStart.has(table))
    const { rows } = await client.query<{ full: string | null }>(
      `select string_agg(name, ', ') as full from (${holders.map(table => `select '${table}' as name where exists (select from ${table})`).join(' union all ')}) as held`,
    )
    if (rows[0]!.full)
      throw new Problem(
        'not-empty',
        `The database is not empty (${rows[0]!.full.split(', ').slice(0, 3).join(', ')}). Say --replace to put the taken data in its place.`,
      )
  }
  await client.query(`truncate ${tables.join(', ')} cascade`)
}

/** Give numbers to the models of this server that have none, as each of a new database; a server does it at its start. */
export async function completeObjectTypes(db: Database, registry: Registry): Promise<void> {
  await inTransaction(db, async tx => {
    await tx.query('lock table core_objecttype in share row exclusive mode', [])
    await addMissingTypes(tx.client, registry)
    tx.touch('core_objecttype')
  })
}

/** Models that the source does not list, as those of a later version, are object types here all the same. */
async function addMissingTypes(client: PoolClient, registry: Registry): Promise<void> {
  const { rows } = await client.query<{ id: number; name: string }>(
    `select id, app_label || '.' || model as name from core_objecttype`,
  )
  const known = new Set(rows.map(({ name }) => name))
  let last = Math.max(0, ...rows.map(({ id }) => Number(id)))
  const missing = [...factsOf(registry)].filter(([name]) => !known.has(name))
  await storeObjectTypes(
    client,
    missing.map(([name, facts]) => {
      const [app_label, model] = name.split('.') as [string, string]
      return {
        id: String(++last),
        app_label,
        model,
        public: String(facts.public),
        features: `{${facts.features.join()}}`,
      }
    }),
  )
}

/** Sequences of tables that were renamed keep their old names. */
const renamed: Readonly<Record<string, string>> = { core_configrevision: 'extras_configrevision' }

/** New rows get numbers that no row has or had. */
async function setSequences(client: PoolClient, { source, mappings }: Survey): Promise<void> {
  const last = await source.sequences()
  const sources = new Map([...mappings.values()].map(mapping => [mapping.target, mapping.source]))
  sources.set('core_objecttype', 'django_content_type')
  const statements = [...sources].map(([target, table]) => {
    const given = last.get(`${renamed[table] ?? table}_id_seq`) ?? 0
    return `select setval(pg_get_serial_sequence('${target}', 'id'), greatest(last, 1), last > 0)
            from (select greatest(coalesce(max(id), 0), ${given}) as last from ${target}) as numbers`
  })
  await client.query(statements.join('; '))
}

/** Counts what is there now, before it is made final; fewer rows than were read are a reason to take none. */
async function reportOf(client: PoolClient, { version, counts, mappings }: Survey, notes: string[]): Promise<Report> {
  const counting: string[] = []
  const notTaken: NotTaken[] = []
  for (const [table, rows] of counts) {
    const names = namesColumn(mappings, table)
    const target = mappings.get(table)?.target ?? (table === 'core_objecttype' && table)
    if (target) counting.push(`select '${table}' as name, count(*) as rows from ${target}`)
    else if (names)
      counting.push(`select '${table}', coalesce(sum(cardinality(${names.column})), 0) from ${names.table}`)
    else if (rows > 0) notTaken.push({ table, rows, reason: leftOut.get(table) ?? 'no model of Demarc stands for it' })
  }
  const { rows } = await client.query<{ name: string; rows: number }>(counting.join(' union all '))
  const taken = rows.map(row => ({ table: row.name, before: counts.get(row.name)!, after: Number(row.rows) }))
  const lost = taken.find(({ before, after }) => before !== after)
  if (lost)
    throw new Problem(
      'rows-lost',
      `${lost.table} has ${lost.before} rows in the source, but ${lost.after} were stored. Nothing was taken over.`,
    )
  return { version, taken, notTaken, notes }
}
