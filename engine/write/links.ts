import { sql } from 'kysely'
import type { Transaction } from '../database/index.ts'
import type { Refs } from '../field/index.ts'
import { isRefs, linkOf, type Derived, type Model, type Registry } from '../model/index.ts'

/** Ids behind every many-to-many field of rows and all else that the change log keeps of them, and the names of their tags: one statement for all of them. */
export interface Links {
  readonly fields: Map<string, number[]>
  readonly tags: { readonly id: number; readonly name: string }[]
}

/** Read what rows of a model are linked to. */
export async function readLinks(
  tx: Transaction,
  registry: Registry,
  model: Model,
  ids: readonly number[],
): Promise<Map<number, Links>> {
  const found = new Map<number, Links>(ids.map(id => [id, { fields: new Map(), tags: [] }]))
  const records = Object.entries(model.spec.records ?? {})
  const names = [...linkFields(model), ...records.map(([name]) => name)]
  for (const links of found.values()) for (const name of names) links.fields.set(name, [])
  const parts = names.map((name, at) => {
    const record = model.spec.records?.[name]
    if (record)
      return sql`select ${sql.lit(at)}::int as at, id, other, '' as name from (${record(sql`${ids}::bigint[]`)}) as r`
    const field = model.fields[name]!
    if (!isRefs(field)) throw new Error(`${name} is no link`)
    const { table, own, other } = linkOf(registry, model, name, field)
    return sql`select ${sql.lit(at)}::int as at, ${sql.ref(own)} as id, ${sql.ref(other)} as other, '' as name from ${sql.table(table)} where ${sql.ref(own)} = any(${ids}::bigint[])`
  })
  if ('tags' in model.fields && model.fields['tags']!.type === 'tags')
    parts.push(
      sql`select -1 as at, i.object_id as id, t.id as other, t.name from extras_taggeditem i join extras_tag t on t.id = i.tag_id where i.object_type = ${model.name} and i.object_id = any(${ids}::bigint[])`,
    )
  if (parts.length === 0 || ids.length === 0) return found
  const rows = await tx.rows<{ at: number; id: number; other: number; name: string }>(
    sql`${sql.join(parts, sql` union all `)}`,
  )
  for (const { at, id, other, name } of rows) {
    const links = found.get(id)!
    if (at === -1) links.tags.push({ id: other, name })
    else links.fields.get(names[at]!)!.push(other)
  }
  for (const links of found.values()) for (const ids of links.fields.values()) ids.sort((a, b) => a - b)
  return found
}

const linkFields = (model: Model): string[] =>
  Object.entries(model.fields).flatMap(([name, field]) => (field.type === 'refs' ? [name] : []))

/** Make the links of rows those given, field by field. Two statements a field, whatever the number of rows. */
export async function writeLinks(
  tx: Transaction,
  registry: Registry,
  model: Model,
  wanted: ReadonlyMap<number, ReadonlyMap<string, readonly number[]>>,
): Promise<void> {
  const derived = Object.entries<Derived<any>>(model.spec.derived ?? {}).flatMap(([name, { link }]) =>
    link ? [[name, link] as const] : [],
  )
  const fields = linkFields(model).map(
    name => [name, linkOf(registry, model, name, model.fields[name] as Refs)] as const,
  )
  for (const [name, { table, own, other }] of [...fields, ...derived]) {
    const rows = [...wanted].flatMap(([id, links]) => (links.has(name) ? [[id, links.get(name)!] as const] : []))
    if (rows.length === 0) continue
    const pairs = rows.flatMap(([id, others]) => others.map(one => [id, one] as const))
    const [owns, others] = [pairs.map(pair => pair[0]), pairs.map(pair => pair[1])]
    await tx.query(
      `delete from ${table} as l where l.${own} = any($1::bigint[]) and not exists (select from unnest($2::bigint[], $3::bigint[]) as v(own, other) where v.own = l.${own} and v.other = l.${other})`,
      [rows.map(row => row[0]), owns, others],
    )
    if (pairs.length)
      await tx.query(
        `insert into ${table} (${own}, ${other}) select own, other from unnest($1::bigint[], $2::bigint[]) as v(own, other) on conflict do nothing`,
        [owns, others],
      )
    tx.touch(table)
  }
}

/** Make the tags of rows those given. Two statements. */
export async function writeTags(
  tx: Transaction,
  model: Model,
  wanted: ReadonlyMap<number, readonly number[]>,
): Promise<void> {
  if (wanted.size === 0) return
  const pairs = [...wanted].flatMap(([id, tags]) => tags.map(tag => [id, tag] as const))
  const [ids, tags] = [pairs.map(pair => pair[0]), pairs.map(pair => pair[1])]
  await tx.query(
    `delete from extras_taggeditem as l where l.object_type = $1 and l.object_id = any($2::bigint[]) and not exists (select from unnest($3::bigint[], $4::bigint[]) as v(id, tag) where v.id = l.object_id and v.tag = l.tag_id)`,
    [model.name, [...wanted.keys()], ids, tags],
  )
  if (pairs.length)
    await tx.query(
      `insert into extras_taggeditem (object_type, object_id, tag_id) select $1::text, id, tag from unnest($2::bigint[], $3::bigint[]) with ordinality as v(id, tag, at)
       where not exists (select from extras_taggeditem as l where l.object_type = $1::text and l.object_id = v.id and l.tag_id = v.tag)
       order by at on conflict do nothing`,
      [model.name, ids, tags],
    )
  tx.touch('extras_taggeditem')
}
