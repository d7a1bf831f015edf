import { sql, type RawBuilder } from 'kysely'
import { customFieldsOf } from '../customfield/index.ts'
import type { Database, Transaction } from '../database/index.ts'
import { isRef, type Model, type Registry } from '../model/index.ts'

type Asks = Pick<Transaction, 'rows' | 'query'>

/** Keep the search index of rows of a model, in the transaction that changes them: two statements. */
export async function indexRows(
  db: Database,
  tx: Asks,
  registry: Registry,
  model: Model,
  ids: readonly number[] | 'all',
): Promise<void> {
  await forgetRows(tx, model, ids)
  await enterRows(db, tx, registry, model, ids)
}

/** Put rows of a model, which are not in it, into the search index. */
export async function enterRows(
  db: Database,
  tx: Asks,
  registry: Registry,
  model: Model,
  ids: readonly number[] | 'all',
): Promise<void> {
  const parts = await entriesOf(db, registry, model, ids)
  if (parts.length === 0) return
  await tx.rows(
    sql`insert into search_entry (object_type, object_id, field, kind, value, weight) ${sql.join(parts, sql` union all `)}`,
  )
}

/** Take rows of a model out of the search index. */
export async function forgetRows(
  tx: Pick<Transaction, 'query'>,
  model: Model,
  ids: readonly number[] | 'all',
): Promise<void> {
  if (!model.spec.search) return
  if (ids === 'all') await tx.query('delete from search_entry where object_type = $1', [model.name])
  else
    await tx.query('delete from search_entry where object_type = $1 and object_id = any($2::bigint[])', [
      model.name,
      ids,
    ])
}

/** One `select` a searched field. Empty texts and zeros are not worth finding. */
async function entriesOf(
  db: Database,
  registry: Registry,
  model: Model,
  ids: readonly number[] | 'all',
): Promise<RawBuilder<unknown>[]> {
  const among = ids === 'all' ? sql`true` : sql`t.id = any(${ids}::bigint[])`
  const entry = (name: string, kind: string, value: RawBuilder<unknown>, weight: number) =>
    sql`select ${model.name}::varchar, t.id, ${name}::varchar, ${kind}::varchar, ${value}::text, ${weight}::smallint from ${sql.table(model.table)} as t where ${among} and coalesce(${value}::text, '') not in ('', '0')`
  const own = Object.entries(model.spec.search ?? {}).flatMap(([name, weight]) => {
    const field = model.fields[name]
    if (!field?.column) return []
    if (isRef(field)) {
      const to = registry.model(field.to)
      return 'name' in to.fields
        ? [
            entry(
              name,
              'str',
              sql`(select name from ${sql.table(to.table)} where id = ${sql.ref(`t.${name}_id`)})`,
              weight,
            ),
          ]
        : []
    }
    const value = field.type === 'mac' ? sql`upper(${sql.ref(`t.${name}`)}::text)` : sql.ref(`t.${name}`)
    return [entry(name, kindOf(field.column.type), value, weight)]
  })
  if (own.length === 0) return own
  const fields = 'custom_fields' in model.fields ? ((await customFieldsOf(db)).get(model.name) ?? []) : []
  const custom = fields.flatMap(field => {
    const kind = customKinds[field.type]
    return kind && field.search_weight > 0
      ? [entry(`cf_${field.name}`, kind, sql`(t.custom_fields ->> ${field.name})`, field.search_weight)]
      : []
  })
  return [...own, ...custom]
}

const customKinds: Readonly<Record<string, string | undefined>> = {
  text: 'str',
  longtext: 'str',
  url: 'str',
  date: 'str',
  integer: 'int',
  decimal: 'float',
}

function kindOf(type: string): string {
  if (type === 'inet' || type === 'cidr') return type
  if (/^(smallint|integer|bigint)$/.test(type)) return 'int'
  return type.startsWith('numeric') ? 'float' : 'str'
}

/** Make the whole index anew, model by model, in one transaction. `onModel` hears of each. */
export async function reindex(
  db: Database,
  tx: Transaction,
  registry: Registry,
  onModel: (model: Model, done: number, of: number) => void = () => undefined,
): Promise<number> {
  const models = [...registry.models.values()].filter(model => model.spec.search)
  await tx.query('truncate search_entry', [])
  for (const [at, model] of models.entries()) {
    onModel(model, at, models.length)
    await indexRows(db, tx, registry, model, 'all')
  }
  const [{ count }] = (await tx.query<{ count: number }>('select count(*) as count from search_entry', [])) as [
    { count: number },
  ]
  return count
}
