import { sql } from 'kysely'
import type { Database } from '../database/index.ts'

const caches = new WeakMap<Database, { value?: Promise<ReadonlyMap<string, number>> }>()

/** The number of each model, by its name; read once, and again after a takeover. */
export function objectTypeNumbers(db: Database): Promise<ReadonlyMap<string, number>> {
  let cache = caches.get(db)
  if (!cache) {
    const created: { value?: Promise<ReadonlyMap<string, number>> } = {}
    caches.set(db, (cache = created))
    db.onChange(table => {
      if (table === null || table === 'core_objecttype') delete created.value
    })
  }
  cache.value ??= read(db)
  return cache.value
}

async function read(db: Database): Promise<ReadonlyMap<string, number>> {
  const rows = await db.rows<{ id: number; name: string }>(
    sql`select id, app_label || '.' || model as name from core_objecttype`,
  )
  return new Map(rows.map(row => [row.name, row.id]))
}
