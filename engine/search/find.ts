import { hostOf, networkOf, parseAddress } from '@demarc/netaddr'
import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import type { Registry } from '../model/index.ts'
import type { Permissions } from '../permission/index.ts'
import { compileCondition } from '../query/index.ts'

/** Where a term was found. */
export interface Found {
  readonly object_type: string
  readonly object_id: number
  readonly field: string
  readonly value: string
  readonly weight: number
}

/** How a term is compared with a value; of `iregex` it is a regular expression of PostgreSQL. */
export type SearchLookup = 'icontains' | 'iexact' | 'istartswith' | 'iendswith' | 'iregex'

/** A term that is no regular expression, though it should be. */
export class BadTerm extends Error {}

const considered = 1000

/**
 * Objects that the caller may view and that hold the term, best match first, each once. A term that is an address also finds
 * that address under any mask, and the prefixes that contain it. Two statements, one more for a regular expression. Throws
 * {@link BadTerm}.
 */
export async function search(
  db: Database,
  registry: Registry,
  permissions: Permissions,
  term: string,
  options: { readonly types?: readonly string[]; readonly lookup?: SearchLookup; readonly limit?: number } = {},
): Promise<Found[]> {
  const { types = [], lookup = 'icontains', limit = 50 } = options
  const text = term.trim()
  if (!text) return []
  const literal = text.replace(/[\\%_]/g, '\\$&')
  const patterns = { icontains: `%${literal}%`, iexact: literal, istartswith: `${literal}%`, iendswith: `%${literal}` }
  const holds = lookup === 'iregex' ? sql`value ~* ${text}` : sql`upper(value) like upper(${patterns[lookup]})`
  if (lookup === 'iregex') await judge(db, text)
  const onlyTexts = lookup === 'istartswith' || lookup === 'iendswith' ? sql` and kind = 'str'` : sql``
  const address = lookup === 'icontains' || lookup === 'iexact' ? parseAddress(text) : null
  const byAddress = address
    ? sql` or (kind = 'inet' and host(value::inet) = ${hostOf(address)})${lookup === 'icontains' ? sql` or (kind = 'cidr' and value::cidr >>= ${networkOf(address)}::cidr)` : sql``}`
    : sql``
  const allowed = [...registry.models.values()].filter(
    model =>
      model.spec.search && (types.length === 0 || types.includes(model.name)) && permissions.constrain('view', model),
  )
  if (allowed.length === 0) return []
  const rows = await db.rows<Found>(sql`
    select object_type, object_id, field, value, weight from (
      select distinct on (object_type, object_id) * from (
        select * from search_entry
        where object_type = any(${allowed.map(model => model.name)}) and ((${holds}${onlyTexts})${byAddress})
        order by weight, object_type, value limit ${sql.lit(considered)}
      ) as hits order by object_type, object_id, weight
    ) as best order by weight, object_type, value`)
  const found = Map.groupBy(rows, row => row.object_type)
  const parts = allowed.flatMap(model => {
    const hits = found.get(model.name)
    if (!hits) return []
    const where = compileCondition(registry, model, 't', permissions.constrain('view', model)!)
    return [
      sql`select ${model.name}::text as type, t.id from ${sql.table(model.table)} as t where t.id = any(${hits.map(hit => hit.object_id)}::bigint[]) and ${where}`,
    ]
  })
  if (parts.length === 0) return []
  const visible = await db.rows<{ type: string; id: number }>(sql`${sql.join(parts, sql` union all `)}`)
  const keys = new Set(visible.map(({ type, id }) => `${type}:${id}`))
  return rows.filter(row => keys.has(`${row.object_type}:${row.object_id}`)).slice(0, limit)
}

async function judge(db: Database, expression: string): Promise<void> {
  await db.rows(sql`select '' ~* ${expression}`).catch((error: Error) => {
    throw new BadTerm(error.message)
  })
}
