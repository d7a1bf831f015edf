import { sql } from 'kysely'
import type { Database } from '../database/index.ts'
import type { Registry } from '../model/index.ts'
import { describeSchema, type ExtraTable } from './describe.ts'

interface Found {
  readonly table_name: string
  readonly column_name: string
  readonly type: string
  readonly nullable: boolean
  readonly collation: string | null
}

/** How a database differs from what the models say, a line each; empty where it does not. */
export async function checkSchema(db: Database, registry: Registry, extra: readonly ExtraTable[]): Promise<string[]> {
  const { tables } = describeSchema(registry, extra)
  const columns = await db.rows<Found>(sql`
    select c.relname as table_name, a.attname as column_name, format_type(a.atttypid, a.atttypmod) as type,
      not a.attnotnull as nullable, nullif(l.collname, 'default') as collation
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    left join pg_collation l on l.oid = a.attcollation
    where n.nspname = current_schema() and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped`)
  const names = await db.rows<{ name: string }>(sql`
    select conname as name from pg_constraint where connamespace = current_schema()::regnamespace
    union select indexname from pg_indexes where schemaname = current_schema()`)
  const found = Map.groupBy(columns, column => column.table_name)
  const known = new Set(names.map(row => row.name))
  const faults: string[] = []
  for (const [name, table] of Object.entries(tables)) {
    const has = new Map((found.get(name) ?? []).map(column => [column.column_name, column]))
    if (has.size === 0) {
      faults.push(`table ${name} is missing`)
      continue
    }
    for (const [column, spec] of Object.entries(table.columns)) {
      const real = has.get(column)
      if (!real) faults.push(`column ${name}.${column} is missing`)
      else if (real.type !== spec.type.replace('[][]', '[]'))
        faults.push(`column ${name}.${column} is ${real.type}, not ${spec.type}`)
      else if (real.nullable !== spec.nullable)
        faults.push(`column ${name}.${column} ${real.nullable ? 'accepts' : 'refuses'} null`)
      else if ((real.collation ?? undefined) !== spec.collate && spec.collate)
        faults.push(`column ${name}.${column} sorts by ${real.collation ?? 'default'}, not ${spec.collate}`)
    }
    for (const column of has.keys()) if (!table.columns[column]) faults.push(`column ${name}.${column} is not declared`)
    for (const one of [...Object.keys(table.constraints), ...Object.keys(table.indexes)])
      if (!known.has(one)) faults.push(`${one} on ${name} is missing`)
  }
  return faults
}
