import type { PoolClient } from 'pg'
import { quote } from '../schema/index.ts'
import type { ModelNumbers, TableMapping } from './mapping.ts'

/** A row of text values, in the order of its table's columns. */
export type SourceRow = readonly (string | null)[]

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
    const index = at.get(column.source)
    if (index === undefined) return rows.map(() => column.fallback)
    if (column.names) {
      const names = conversion.names.get(column.names.table)
      return rows.map(row => names?.get(row[index]!) ?? '{}')
    }
    const { convert } = column
    return convert ? rows.map(row => convert(row[index]!, conversion.numbers)) : rows.map(row => row[index]!)
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

/** Insert the object types with the numbers that NetBox gave them. */
export async function storeObjectTypes(
  client: PoolClient,
  types: readonly { id: string; app_label: string; model: string }[],
  facts: ReadonlyMap<string, { public: boolean; features: readonly string[] }>,
): Promise<void> {
  const factsOf = (type: { app_label: string; model: string }) =>
    facts.get(`${type.app_label}.${type.model}`) ?? { public: false, features: [] }
  await client.query(
    `insert into core_objecttype (id, app_label, model, public, features) overriding system value
     select id::bigint, app_label, model, public::boolean, features::varchar[] from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[]) as row(id, app_label, model, public, features)`,
    [
      types.map(t => t.id),
      types.map(t => t.app_label),
      types.map(t => t.model),
      types.map(t => String(factsOf(t).public)),
      types.map(t => `{${factsOf(t).features.join()}}`),
    ],
  )
}
