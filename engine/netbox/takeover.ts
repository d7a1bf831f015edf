import type { PoolClient } from 'pg'
import type { Database } from '../database/index.ts'
import { featuresOf, type Registry } from '../model/index.ts'
import { Problem } from '../problem/index.ts'
import { purposeOf, tableMappings, type ModelNumbers } from './mapping.ts'
import { storeObjectTypes, storeRows, type SourceRow } from './store.ts'

/** Rows of one table, some at a time. */
export interface Batch {
  readonly table: string
  readonly columns: readonly string[]
  readonly rows: readonly SourceRow[]
}

/** A NetBox database to read from. It is read twice: first the small tables that explain the others. */
export interface Source {
  readonly read: (wanted: (table: string) => boolean) => AsyncIterable<Batch>
  /** The next numbers of tables; found from the rows where absent. */
  readonly sequences?: () => Promise<ReadonlyMap<string, number>>
}

export interface TakeoverOptions {
  readonly db: Database
  readonly registry: Registry
  readonly source: Source
  /** Put it in place of what the database holds. */
  readonly replace?: boolean
  readonly onProgress?: (progress: Progress) => void
}

export interface Progress {
  readonly table: string
  readonly rows: number
}

/** What was taken, and what was not. */
export interface Report {
  /** Rows by table of ours. */
  readonly taken: ReadonlyMap<string, number>
  /** Rows by table that no model of ours stands for. */
  readonly unknown: ReadonlyMap<string, number>
  /** Rows by table that are left out on purpose. */
  readonly leftOut: ReadonlyMap<string, number>
}

/** Take over all of a NetBox database in one transaction: all of it or nothing. */
export async function takeOver({
  db,
  registry,
  source,
  replace = false,
  onProgress,
}: TakeoverOptions): Promise<Report> {
  const mappings = new Map(tableMappings(registry).map(mapping => [mapping.source, mapping]))
  const purpose = (table: string) => purposeOf(mappings, table)
  const { numbers, types, names } = await readNames(source, purpose)
  if (types.length === 0)
    throw new Problem('not-netbox', 'The source holds no NetBox database: it has no table django_content_type.')

  const client = await db.pool.connect()
  const taken = new Map<string, number>()
  const unknown = new Map<string, number>()
  const leftOut = new Map<string, number>()
  const add = (map: Map<string, number>, table: string, rows: number) => map.set(table, (map.get(table) ?? 0) + rows)
  try {
    await client.query('begin')
    await client.query('set constraints all deferred')
    await makeRoom(client, registry, replace)
    await storeObjectTypes(client, types, factsOf(registry))
    taken.set('core_objecttype', types.length)
    for await (const { table, columns, rows } of source.read(table => !['names', 'numbers'].includes(purpose(table)))) {
      const mapping = mappings.get(table)
      if (mapping) {
        await storeRows(client, mapping, columns, rows, { numbers, names })
        add(taken, mapping.target, rows.length)
        onProgress?.({ table, rows: rows.length })
      } else if (rows.length) add(purpose(table) === 'left out' ? leftOut : unknown, table, rows.length)
    }
    await setSequences(client, [...new Set([...mappings.values()].map(mapping => mapping.target)), 'core_objecttype'])
    await client.query('set constraints all immediate')
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
  await db.pool.query('analyze')
  await db.changed(null)
  return { taken, unknown, leftOut }
}

/** The tables that explain others: which number stands for which model, and what applies to which models. */
export async function readNames(source: Source, purpose: (table: string) => string) {
  const types: { id: string; app_label: string; model: string }[] = []
  const links: Batch[] = []
  for await (const batch of source.read(table => ['names', 'numbers'].includes(purpose(table)))) {
    if (batch.table === 'django_content_type') {
      const at = (name: string) => batch.columns.indexOf(name)
      for (const row of batch.rows)
        types.push({ id: row[at('id')]!, app_label: row[at('app_label')]!, model: row[at('model')]! })
    } else if (purpose(batch.table) === 'names') links.push(batch)
  }
  const numbers: ModelNumbers = new Map(types.map(({ id, app_label, model }) => [id, `${app_label}.${model}`]))
  return { types, numbers, names: linkedNames(links, numbers) }
}

/** By table and id of the row that is linked, an array literal of the models it is linked to. */
export function linkedNames(links: readonly Batch[], numbers: ModelNumbers): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string[]>>()
  for (const { table, columns, rows } of links) {
    const type = columns.findIndex(column => column === 'contenttype_id' || column === 'objecttype_id')
    const own = columns.findIndex((column, index) => column !== 'id' && index !== type)
    const byRow = found.get(table) ?? new Map<string, string[]>()
    found.set(table, byRow)
    for (const row of rows) byRow.set(row[own]!, [...(byRow.get(row[own]!) ?? []), numbers.get(row[type]!) ?? ''])
  }
  return new Map(
    [...found].map(([table, byRow]) => [
      table,
      new Map([...byRow].map(([id, list]) => [id, `{${list.filter(Boolean).sort().join()}}`])),
    ]),
  )
}

/** What the registry says of each model, for `core_objecttype`. */
export const factsOf = (registry: Registry) =>
  new Map(
    [...registry.models.values()].map(model => [
      model.name,
      { public: !model.spec.internal, features: featuresOf(model) },
    ]),
  )

/** Empty the tables, or refuse where they hold something that would be lost. */
async function makeRoom(client: PoolClient, registry: Registry, replace: boolean): Promise<void> {
  const tables = [...registry.models.values()].map(model => model.table)
  if (!replace) {
    const holders = tables.filter(
      table => !['core_objecttype', 'users_user', 'users_token', 'users_userconfig'].includes(table),
    )
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

/** New rows get numbers above those taken. */
async function setSequences(client: PoolClient, tables: readonly string[]): Promise<void> {
  await client.query(
    tables
      .map(
        table =>
          `select setval(pg_get_serial_sequence('${table}', 'id'), greatest((select coalesce(max(id), 0) from ${table}), 1), (select count(*) > 0 from ${table}))`,
      )
      .join('; '),
  )
}
