import { featuresOf, type Registry } from '../model/index.ts'
import { Problem } from '../problem/index.ts'
import { purposeOf, tableMappings, type ModelNumbers, type TableMapping } from './mapping.ts'
import type { Batch, Source, SourceRow } from './source.ts'
import type { ObjectTypeRow } from './store.ts'
import { versionOf, type Migration, type NetboxVersion } from './version.ts'

/** What was learnt about a NetBox database before anything of it is taken. */
export interface Survey {
  readonly source: Source
  readonly version: NetboxVersion
  /** Migrations of after 4.7.3 that left every column as it was. */
  readonly newer: readonly string[]
  readonly mappings: ReadonlyMap<string, TableMapping>
  /** Rows by table. */
  readonly counts: ReadonlyMap<string, number>
  readonly columns: ReadonlyMap<string, readonly string[]>
  readonly numbers: ModelNumbers
  readonly objectTypes: readonly ObjectTypeRow[]
  /** By table of links and id of the row: array literal of model names. */
  readonly names: ReadonlyMap<string, ReadonlyMap<string, string>>
}

/** Looks at the whole of a source once; refuses what is no NetBox database, or one of another version. */
export async function survey(source: Source, registry: Registry): Promise<Survey> {
  const mappings = new Map(tableMappings(registry).map(mapping => [mapping.source, mapping]))
  const purpose = (table: string) => purposeOf(mappings, table)
  const counts = new Map<string, number>()
  const columns = new Map<string, readonly string[]>()
  const kept = new Map<string, SourceRow[]>()
  const wanted = (table: string) => table === 'django_migrations' || ['names', 'numbers'].includes(purpose(table))
  for await (const batch of source.look(wanted)) {
    const { table } = batch
    columns.set(table, batch.columns)
    counts.set(table, (counts.get(table) ?? 0) + ('rows' in batch ? batch.rows.length : batch.count))
    if (!('rows' in batch)) continue
    const rows = kept.get(table) ?? []
    kept.set(table, rows)
    for (const row of batch.rows) rows.push(row)
  }
  const tableOf = (table: string): Batch => ({ table, columns: columns.get(table) ?? [], rows: kept.get(table) ?? [] })
  for (const table of ['django_migrations', 'django_content_type'])
    if (!counts.get(table)) throw new Problem('not-netbox', whyNot(table, counts))

  const { version, newer } = versionOf(records<Migration>(tableOf('django_migrations')))
  if (newer.length) refuseNewer(newer, mappings, columns)
  const types = records<ContentType>(tableOf('django_content_type'))
  const numbers = numbersOf(types)
  const links = [...kept.keys()].filter(table => purpose(table) === 'names').map(tableOf)
  return {
    source,
    version,
    newer,
    mappings,
    counts,
    columns,
    numbers,
    objectTypes: objectTypesOf(types, records<ObjectTypeMark>(tableOf('core_objecttype'))),
    names: linkedNames(links, numbers),
  }
}

function whyNot(table: string, counts: ReadonlyMap<string, number>): string {
  const elsewhere = [...counts.keys()].find(name => name.endsWith(`.${table}`))
  if (elsewhere)
    return `The source keeps NetBox's tables in the schema ${elsewhere.slice(0, -table.length - 1)}; of a file, only the schema public can be taken over.`
  return `The source holds no NetBox database: its table ${table} is ${counts.has(table) ? 'empty' : 'missing'}.`
}

/** A patch of 4.7 that only changed indexes is as good as 4.7.3; one whose columns differ is not. */
function refuseNewer(
  newer: readonly string[],
  mappings: ReadonlyMap<string, TableMapping>,
  columns: ReadonlyMap<string, readonly string[]>,
): void {
  const differs = [...mappings.values()].find(({ source, columns: known }) => {
    const found = columns.get(source)
    const sources = new Set(known.map(column => column.source))
    sources.add('id')
    return found && (found.length !== sources.size || found.some(column => !sources.has(column)))
  })
  if (!differs) return
  const more = newer.length > 1 ? ` and ${newer.length - 1} more` : ''
  throw new Problem(
    'netbox-newer',
    `The source is a NetBox newer than 4.7.3 (it has the migration ${newer[0]}${more}, and ${differs.source} has other columns), which this release does not know. Use a newer release of Demarc.`,
  )
}

/** Rows as objects of text. */
function records<R>({ columns, rows }: Batch): R[] {
  return rows.map(row => Object.fromEntries(columns.map((column, index) => [column, row[index]!])) as R)
}

/** A row of `django_content_type`. */
export interface ContentType {
  readonly id: string
  readonly app_label: string
  readonly model: string
}

/** A row of NetBox's `core_objecttype`, which marks a content type as an object type. */
export interface ObjectTypeMark {
  readonly contenttype_ptr_id: string
  readonly public: string
  /** An array literal. */
  readonly features: string
}

/** Which number stands for which model. */
export const numbersOf = (types: readonly ContentType[]): ModelNumbers =>
  new Map(types.map(({ id, app_label, model }) => [id, `${app_label}.${model}`]))

/** NetBox has a row for each content type, and another for those that are object types. */
export function objectTypesOf(types: readonly ContentType[], marks: readonly ObjectTypeMark[]): ObjectTypeRow[] {
  const byId = new Map(types.map(type => [type.id, type]))
  return marks.flatMap(({ contenttype_ptr_id, public: shown, features }) => {
    const type = byId.get(contenttype_ptr_id)
    return type ? [{ id: type.id, app_label: type.app_label, model: type.model, public: shown, features }] : []
  })
}

/** By table and id of the row that is linked, an array literal of the models it is linked to. */
export function linkedNames(links: readonly Batch[], numbers: ModelNumbers): Map<string, Map<string, string>> {
  return new Map(
    links.map(({ table, columns, rows }) => {
      const type = columns.findIndex(column => column === 'contenttype_id' || column === 'objecttype_id')
      const own = columns.findIndex((column, index) => column !== 'id' && index !== type)
      const byRow = Map.groupBy(rows, row => row[own]!)
      const namesOf = (list: readonly SourceRow[]) => list.map(row => numbers.get(row[type]!) ?? row[type]!).sort()
      return [table, new Map([...byRow].map(([id, list]) => [id, `{${namesOf(list).join()}}`]))]
    }),
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
