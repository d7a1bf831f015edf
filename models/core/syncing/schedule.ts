import { randomUUID } from 'node:crypto'
import { inTransaction, type Database, type Transaction } from '@demarc/engine/database'
import { plan, type Queue } from '@demarc/engine/job'
import { syncName, syncSource } from './job.ts'

/** Have a data source synchronized at its interval, the first time at once; or no more, where it is off or has none. */
export async function planSync(
  tx: Transaction,
  queue: Queue,
  source: Readonly<Record<string, any>>,
  user: number | null,
): Promise<void> {
  const interval = source['enabled'] && source['sync_interval'] !== null ? Number(source['sync_interval']) : null
  await plan(tx, queue, {
    kind: syncSource,
    name: syncName,
    input: { requestId: randomUUID() },
    object: ['core.datasource', source['id']],
    user,
    interval,
  })
}

/** See to it that every data source with an interval has its recurring job: one that was taken over brings none along. */
export function planSyncs(db: Database, queue: Queue): Promise<void> {
  return inTransaction(db, async tx => {
    const sources = await tx.query<Record<string, any>>(
      'select id, enabled, sync_interval from core_datasource where enabled and sync_interval is not null order by id',
      [],
    )
    for (const source of sources) await planSync(tx, queue, source, null)
  })
}
