import assert from 'node:assert/strict'
import { after } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { inTransaction, type Database } from '@demarc/engine/database'
import {
  enqueue,
  openQueue,
  startWorker,
  type JobKind,
  type JobListener,
  type JobRequest,
  type ServedQueue,
  type Worker,
} from '@demarc/engine/job'
import { registry } from '@demarc/models'
import { pino } from 'pino'
import { readConfig, type Config } from '../../server/config.ts'
import { testDatabase } from '../database.ts'

const log = pino({ level: 'silent' })

/** The address of a test database. */
export const addressOf = (db: Database): string => (db.pool.options as { connectionString: string }).connectionString

/** A database with a queue, and workers as a test wants them. `listenerOf` makes what hears of jobs. */
export async function openShop(
  kinds: readonly JobKind[] = [],
  settings: Partial<Config> = {},
  listenerOf?: (db: Database) => JobListener,
) {
  const workers = new Set<Worker>()
  const queues: ServedQueue[] = []
  // Before the database says what it wants to be done afterwards, for it must close last.
  after(async () => {
    for (const worker of workers) await worker.stop(0)
    for (const queue of queues) await queue.close()
  })
  const db = await testDatabase()
  const open = async () => {
    const listener = listenerOf?.(db)
    const queue = await openQueue({ url: addressOf(db), log, timeout: 60, served: true, ...(listener && { listener }) })
    queues.push(queue)
    return queue
  }
  const queue = await open()

  return {
    db,
    queue,
    /** A worker with a connection to the queue of its own, as in another process. */
    async hire(atOnce = 2): Promise<Worker> {
      const own = await open()
      const config = { ...readConfig({}), ...settings }
      const worker = await startWorker({
        db,
        registry,
        settings: config,
        queue: own,
        kinds: new Map(kinds.map(kind => [kind.name, kind])),
        atOnce,
        log,
      })
      workers.add(worker)
      return worker
    },
    /** Stop a worker, which gives back what it has not ended in so many seconds. */
    async dismiss(worker: Worker, patience = 0): Promise<void> {
      workers.delete(worker)
      await worker.stop(patience)
    },
    put: <Input>(request: JobRequest<Input>): Promise<number> => inTransaction(db, tx => enqueue(tx, queue, request)),
    job: (id: number) => jobOf(db, id),
    /** The row of a job once it has ended. */
    ended: (id: number) =>
      until(async () => {
        const job = await jobOf(db, id)
        return job && !['pending', 'scheduled', 'running'].includes(job.status) ? job : null
      }),
  }
}

interface JobRow {
  readonly id: number
  readonly status: string
  readonly error: string
  readonly data: any
  readonly log_entries: readonly { readonly level: string; readonly message: string }[]
  readonly job_id: string
  readonly started: string | null
  readonly scheduled: string | null
  readonly interval: number | null
}

const jobOf = async (db: Database, id: number): Promise<JobRow | null> =>
  (await db.query<JobRow>('select * from core_job where id = $1', [id]))[0] ?? null

/** What `look` finds, as soon as it finds something; fails after twenty seconds. */
export async function until<T>(look: () => Promise<T | null | undefined | false>): Promise<T> {
  for (let waited = 0; waited < 20_000; waited += 50) {
    const found = await look()
    if (found) return found
    await wait(50)
  }
  return assert.fail('It did not happen in twenty seconds.')
}
