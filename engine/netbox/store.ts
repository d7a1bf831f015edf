import type { PoolClient } from 'pg'
import { quote } from '../schema/index.ts'
import type { ColumnMapping, ModelNumbers, TableMapping } from './mapping.ts'
import type { SourceRow } from './source.ts'

/** What the conversion of a row needs besides the row. */
export interface Conversion {
  readonly numbers: ModelNumbers
  /** By table of links and id of the row: array literal of model names. */
  readonly names: ReadonlyMap<string, ReadonlyMap<string, string>>
}

/** Insert rows of one of NetBox's tables, converted, with one statement. */
export async function storeRows(
  client: PoolClient,
  mapping: TableMapping,
  columns: readonly string[],
  rows: readonly SourceRow[],
  conversion: Conversion,
): Promise<void> {
  if (rows.length === 0) return
  const at = new Map(columns.map((column, index) => [column, index]))
  const values = mapping.columns.map(column => {
    const valueOf = readerOf(column, at, conversion)
    return column.nullable ? rows.map(valueOf) : rows.map(row => valueOf(row) ?? column.fallback)
  })
  const targets = mapping.columns.map(column => quote(column.target)).join(', ')
  const selected = mapping.columns.map((column, index) => `c${index}::${column.type}`).join(', ')
  const lists = mapping.columns.map((_, index) => `$${index + 1}::text[]`).join(', ')
  const names = mapping.columns.map((_, index) => `c${index}`).join(', ')
  await client.query(
    `insert into ${mapping.target} (${targets}) overriding system value select ${selected} from unnest(${lists}) as row(${names})`,
    values,
  )
}

/** How a column's value is read from a row whose columns stand at the places given. */
function readerOf(
  { source, names, convert, instead, fallback }: ColumnMapping,
  at: ReadonlyMap<string, number>,
  conversion: Conversion,
): (row: SourceRow) => string | null {
  const index = at.get(source)
  if (index === undefined) {
    const others = instead?.sources.map(name => at.get(name))
    if (!others?.every(other => other !== undefined)) return () => fallback
    return row => instead!.convert(others.map(other => row[other]!))
  }
  if (names) {
    const byRow = conversion.names.get(names.table)
    return row => byRow?.get(row[index]!) ?? '{}'
  }
  return convert ? row => convert(row[index]!, conversion.numbers) : row => row[index]!
}

/** A row of `core_objecttype`, as text. */
export interface ObjectTypeRow {
  readonly id: string
  readonly app_label: string
  readonly model: string
  readonly public: string
  /** An array literal. */
  readonly features: string
}

/** Insert the object types with the numbers that NetBox gave them. */
export async function storeObjectTypes(client: PoolClient, types: readonly ObjectTypeRow[]): Promise<void> {
  await client.query(
    `insert into core_objecttype (id, app_label, model, public, features) overriding system value
     select id::bigint, app_label, model, public::boolean, features::varchar[] from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) as row(id, app_label, model, public, features)`,
    (['id', 'app_label', 'model', 'public', 'features'] as const).map(name => types.map(type => type[name])),
  )
}
