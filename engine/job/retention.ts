import type { Database } from '../database/index.ts'

/** Remove jobs that have ended and are older than so many days, with what was told of them; 0 keeps all. Returns how many. */
export async function pruneJobs(db: Database, days: number): Promise<number> {
  if (days === 0) return 0
  const rows = await db.query(
    `with gone as (
       delete from core_job where created < now() - make_interval(days => $1)
       and status not in ('pending', 'scheduled', 'running') returning id
     ), told as (
       delete from extras_notification where object_type = 'core.job' and object_id in (select id from gone)
     )
     select from gone`,
    [days],
  )
  if (rows.length) for (const table of ['core_job', 'extras_notification']) await db.changed(table)
  return rows.length
}
