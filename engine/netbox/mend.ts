import type { PoolClient } from 'pg'
import type { Registry } from '../model/index.ts'
import { Problem } from '../problem/index.ts'
import { counters, gone, mended, questionable } from './conversions.ts'
import type { Survey } from './survey.ts'

/** Work out the place of every row in its tree, and write those that the source lacked or had wrong. */
export async function mendTrees(client: PoolClient, registry: Registry): Promise<string[]> {
  const notes: string[] = []
  for (const { table, fields } of registry.models.values()) {
    if (!('path' in fields && 'parent' in fields)) continue
    const named = 'sort_path' in fields
    if (named) {
      const { rowCount } = await client.query(
        `update ${table} set name = replace(name, E'\\t', ' ') where strpos(name, E'\\t') > 0`,
      )
      if (rowCount) notes.push(`${table}: a tabulator in the name of ${rowCount} rows is a space now.`)
    }
    const { rows } = await client.query<{ lost: string | null }>(
      `with recursive tree as (
         select id, lpad(id::text, 19, '0')::ltree as path, name::text collate "C" as sort_path from ${table} where parent_id is null
         union all
         select child.id, tree.path || lpad(child.id::text, 19, '0')::ltree, (tree.sort_path || E'\\t' || child.name::text) collate "C"
         from ${table} as child join tree on child.parent_id = tree.id
       ), written as (
         update ${table} as node set path = tree.path${named ? ', sort_path = tree.sort_path' : ''} from tree
         where tree.id = node.id and (node.path <> tree.path${named ? ` or node.sort_path collate "C" <> tree.sort_path` : ''})
       )
       select string_agg(id::text, ', ') as lost
       from (select id from ${table} where id not in (select id from tree) order by id limit 5) as outside`,
    )
    if (rows[0]!.lost)
      throw new Problem(
        'tree-circle',
        `${table}: the parents of row ${rows[0]!.lost} lead in a circle. Give one of them another parent in NetBox first. Nothing was taken over.`,
      )
  }
  return notes
}

/** Put right what older versions kept otherwise, and tell what a person should know or look at. */
export async function mend(client: PoolClient, survey: Survey): Promise<string[]> {
  const notes = [
    ...newerMigrations(survey),
    ...columnsNotTaken(survey),
    ...dataNotDumped(survey),
    ...(await peppersNeeded(client)),
  ]
  if (survey.version === '4.7') return notes
  for (const statement of mended) await client.query(statement)
  for (const { parent, via, counts } of counters) {
    for (const [column, child] of Object.entries(counts)) {
      await client.query(
        `update ${parent} as parent set ${column} = counted.rows
         from (select parent.id, count(child.id) as rows from ${parent} as parent left join ${child} as child on child.${via} = parent.id group by parent.id) as counted
         where counted.id = parent.id and parent.${column} <> counted.rows`,
      )
    }
  }
  for (const { what, sql } of questionable) {
    const { rows } = await client.query<{ name: string }>(sql)
    if (rows.length) notes.push(`Look at ${listed(rows.map(({ name }) => name))}: ${what}.`)
  }
  notes.push('Cable paths are those that the source had, of which an older NetBox may have missed some.')
  return notes
}

const listed = (names: readonly string[]) =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ')

const newerMigrations = ({ newer }: Survey) =>
  newer.length ? [`The source is newer than 4.7.3, but its columns are the same (${listed(newer)}).`] : []

/** Columns that no model has, as a plugin may add them. */
function columnsNotTaken({ columns, mappings, version, counts }: Survey): string[] {
  return [...mappings.values()].flatMap(({ source, columns: known }) => {
    if (!counts.get(source)) return []
    const sources = new Set(['id', ...known.flatMap(column => [column.source, ...(column.instead?.sources ?? [])])])
    return (columns.get(source) ?? [])
      .filter(column => !sources.has(column) && (version === '4.7' || !gone.has(column)))
      .map(column => `The column ${column} of ${source} was not taken: no model of Demarc has it.`)
  })
}

/** Tables that every database of 4.7 has, but whose data a dump may lack. */
function dataNotDumped({ mappings, counts, version }: Survey): string[] {
  if (version !== '4.7') return []
  return [...mappings.keys()]
    .filter(table => !counts.has(table))
    .map(table => `The source holds no data of ${table}: it was left out when it was dumped.`)
}

/** Tokens whose secret was kept with a pepper are only known again by the same pepper. */
async function peppersNeeded(client: PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ pepper: number; tokens: number }>(
    `select pepper_id as pepper, count(*) as tokens from users_token where version = 2 and pepper_id is not null group by 1 order by 1`,
  )
  return rows.map(
    ({ pepper, tokens }) =>
      `${tokens} API token${Number(tokens) === 1 ? '' : 's'} of version 2 need the pepper ${pepper} of NetBox's API_TOKEN_PEPPERS: set it here too.`,
  )
}
