import { sql } from 'kysely'
import type { Database } from '../database/index.ts'

export interface Retention {
  /** Days that entries are kept; 0 keeps them for ever. */
  readonly days: number
  /** Keep, of each object that is still there, the entry of its creation and the newest of its changes. */
  readonly keepCreateAndLast?: boolean
}

/** Remove entries of the change log that are older than is wished; returns how many. */
export async function pruneChanges(db: Database, { days, keepCreateAndLast = false }: Retention): Promise<number> {
  if (days === 0) return 0
  const spared = keepCreateAndLast
    ? sql`and not exists (
        select from (
          select distinct on (changed_object_type, changed_object_id, action) id, changed_object_type, changed_object_id
          from core_objectchange where action in ('create', 'update')
          order by changed_object_type, changed_object_id, action, time desc
        ) as kept
        where kept.id = c.id and not exists (
          select from core_objectchange as gone where gone.action = 'delete'
          and gone.changed_object_type = kept.changed_object_type and gone.changed_object_id = kept.changed_object_id
        )
      )`
    : sql``
  const rows = await db.rows(
    sql`delete from core_objectchange as c where c.time < now() - make_interval(days => ${days}) ${spared} returning 1`,
  )
  if (rows.length) await db.changed('core_objectchange')
  return rows.length
}
