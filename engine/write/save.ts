import { textArray, textOf, type Transaction } from '../database/index.ts'
import type { Change, Model } from '../model/index.ts'
import { quote } from '../schema/index.ts'
import { ownColumns, same } from './row.ts'

/** Numbers for new rows, drawn from the table's sequence. One statement. */
export async function drawIds(tx: Transaction, model: Model, count: number): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `select nextval(s.name) as id
      from (select pg_get_serial_sequence($1, 'id')::regclass as name offset 0) as s, generate_series(1, $2::int)`,
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
  const { from, values, terms } = unnested(columns, rows)
  await tx.query(
    `insert into ${model.table} (${columns.map(column => quote(column.name)).join(', ')}) overriding system value select ${terms.join(', ')} from ${from}`,
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
  const { from, values, terms } = unnested(
    columns,
    changes.map(({ row, id }) => ({ ...row, id })),
  )
  const set = differing.map((column, at) => `${quote(column.name)} = ${terms[at + 1]}`).join(', ')
  await tx.query(`update ${model.table} as t set ${set} from ${from} where t.id = ${terms[0]}`, values)
  tx.touch(model.table)
}

/** Rows as arrays of texts, column by column; a column that is the same in all of them is sent once. */
function unnested(
  columns: readonly { readonly name: string; readonly type: string }[],
  rows: readonly Readonly<Record<string, any>>[],
): { from: string; terms: string[]; values: unknown[] } {
  const texts = columns.map(({ name, type }, at) => {
    const first = rows[0]![name]
    if (at > 0 && rows.every(row => row[name] === first)) return [textOf(first, type)]
    return rows.map(row => textOf(row[name], type))
  })
  const varies = texts.map((list, at) => at === 0 || list.some(text => text !== list[0]))
  const lists = texts.flatMap((_, at) => (varies[at] ? [`$${at + 1}::text[]`] : []))
  const names = texts.flatMap((_, at) => (varies[at] ? [`c${at}`] : []))
  return {
    from: `unnest(${lists.join(', ')}) as v(${names.join(', ')})`,
    terms: columns.map(({ type }, at) => (varies[at] ? `v.c${at}::${type}` : `$${at + 1}::text::${type}`)),
    values: texts.map((list, at) => (varies[at] ? textArray(list) : list[0])),
  }
}
