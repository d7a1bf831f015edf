import { textOf, type Transaction } from '../database/index.ts'
import type { Change, Model } from '../model/index.ts'
import { quote } from '../schema/index.ts'
import { ownColumns, same } from './row.ts'

/** Numbers for new rows, drawn from the table's sequence. One statement. */
export async function drawIds(tx: Transaction, model: Model, count: number): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `select nextval(pg_get_serial_sequence($1, 'id')) as id from generate_series(1, $2::int)`,
    [model.table, count],
  )
  return rows.map(row => row.id)
}

/** Insert new rows with the ids that they were given. One statement. */
export async function insertRows(
  tx: Transaction,
  model: Model,
  rows: readonly Readonly<Record<string, any>>[],
): Promise<void> {
  if (rows.length === 0) return
  const columns = [{ name: 'id', type: 'bigint' }, ...ownColumns(model)]
  const { lists, values, selected, names } = unnested(columns, rows)
  await tx.query(
    `insert into ${model.table} (${columns.map(column => quote(column.name)).join(', ')}) overriding system value select ${selected} from unnest(${lists}) as v(${names})`,
    values,
  )
  tx.touch(model.table)
}

/** Write the columns of rows that differ from before. One statement. */
export async function updateRows(
  tx: Transaction,
  model: Model,
  changes: readonly Pick<Change, 'row' | 'before' | 'id'>[],
): Promise<void> {
  const differing = ownColumns(model).filter(({ name }) =>
    changes.some(({ row, before }) => !same(row[name], before![name])),
  )
  if (differing.length === 0) return
  const columns = [{ name: 'id', type: 'bigint' }, ...differing]
  const { lists, values, names } = unnested(
    columns,
    changes.map(({ row, id }) => ({ ...row, id })),
  )
  const set = differing.map((column, at) => `${quote(column.name)} = v.c${at + 1}::${column.type}`).join(', ')
  await tx.query(
    `update ${model.table} as t set ${set} from unnest(${lists}) as v(${names}) where t.id = v.c0::bigint`,
    values,
  )
  tx.touch(model.table)
}

function unnested(
  columns: readonly { readonly name: string; readonly type: string }[],
  rows: readonly Readonly<Record<string, any>>[],
) {
  return {
    lists: columns.map((_, at) => `$${at + 1}::text[]`).join(', '),
    names: columns.map((_, at) => `c${at}`).join(', '),
    selected: columns.map(({ type }, at) => `c${at}::${type}`).join(', '),
    values: columns.map(({ name, type }) => rows.map(row => textOf(row[name], type))),
  }
}
