import { resumeFieldJobs } from '@demarc/engine/customfield'
import { inTransaction, type Database } from '@demarc/engine/database'
import { plan, startWorker, type ServedQueue } from '@demarc/engine/job'
import { folderStorage } from '@demarc/engine/storage'
import { registry } from '@demarc/models'
import { planSyncs } from '@demarc/models/core/syncing'
import type { Logger } from 'pino'
import { mediaFolder, type Config } from './config.ts'
import { housekeeping, housekeepingEvery } from './housekeeping.ts'
import { jobKinds } from './jobs.ts'

/** Seconds that jobs may go on for when their worker is told to stop, before they are given back. */
const patience = 10

/** Has this process do the jobs of a queue; returns what ends that. */
export async function work(
  db: Database,
  queue: ServedQueue,
  config: Config,
  log: Logger,
): Promise<() => Promise<void>> {
  const worker = await startWorker({
    db,
    registry,
    settings: config,
    storage: folderStorage(mediaFolder(config)),
    queue,
    kinds: new Map(jobKinds.map(kind => [kind.name, kind])),
    atOnce: config.WORKER_CONCURRENCY,
    log,
  })
  await inTransaction(db, tx =>
    plan(tx, queue, {
      kind: housekeeping,
      name: 'System housekeeping',
      input: null,
      interval: housekeepingEvery,
    }),
  )
  await planSyncs(db, queue)
  await resumeFieldJobs(db, queue)
  return () => worker.stop(patience)
}
