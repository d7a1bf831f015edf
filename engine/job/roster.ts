import type { Database, Transaction } from '../database/index.ts'
import type { ExtraTable } from '../schema/index.ts'

/** Workers, each with the jobs it has in hand: a job that runs and that no living worker has is lost. */
export const workerTable: ExtraTable = {
  name: 'job_worker',
  columns: {
    name: { type: 'text', nullable: false },
    host: { type: 'text', nullable: false },
    pid: { type: 'integer', nullable: false },
    queues: { type: 'text[]', nullable: false },
    started: { type: 'timestamp with time zone', nullable: false },
    /** Renewed every few seconds. */
    seen: { type: 'timestamp with time zone', nullable: false },
    /** Ids of the jobs in hand. */
    jobs: { type: 'bigint[]', nullable: false },
    succeeded: { type: 'integer', nullable: false },
    failed: { type: 'integer', nullable: false },
    /** Seconds spent on jobs that have ended. */
    worked: { type: 'double precision', nullable: false },
  },
  constraints: { job_worker_pkey: 'primary key (name)' },
  indexes: {},
}

/** A worker of this or another process. */
export interface WorkerRow {
  readonly name: string
  readonly host: string
  readonly pid: number
  readonly queues: readonly string[]
  readonly started: string
  readonly jobs: readonly number[]
  readonly succeeded: number
  readonly failed: number
  readonly worked: number
}

/** A worker that was not seen for so many seconds is taken for dead. */
export const lostAfter = 60

const alive = `seen > clock_timestamp() - interval '${lostAfter} seconds'`

/**
 * Say that a worker is alive, and which tasks it has in hand: others that it is said to have are dropped. One that is new, or
 * was taken for dead meanwhile, is entered.
 */
export async function renewWorker(
  db: Database,
  worker: Pick<WorkerRow, 'name' | 'host' | 'pid' | 'queues'>,
  tasks: readonly string[],
): Promise<void> {
  await db.query(
    `insert into job_worker as w (name, host, pid, queues, started, seen, jobs, succeeded, failed, worked)
     values ($1, $2, $3, $4, clock_timestamp(), clock_timestamp(), '{}', 0, 0, 0)
     on conflict (name) do update set seen = excluded.seen,
       jobs = array(select id from core_job where id = any(w.jobs) and job_id = any($5::uuid[]))`,
    [worker.name, worker.host, worker.pid, worker.queues, tasks],
  )
}

/** Strike a worker off. */
export async function strikeWorker(db: Database, name: string): Promise<void> {
  await db.query('delete from job_worker where name = $1', [name])
}

/** A worker takes a job in hand. */
export async function takeInHand(tx: Transaction, worker: string, job: number): Promise<void> {
  await tx.query('update job_worker set jobs = array_append(jobs, $2::bigint) where name = $1', [worker, job])
}

/** A worker has ended a job, or given it back where `succeeded` is null. */
export async function putDown(
  tx: Transaction,
  worker: string,
  job: number,
  succeeded: boolean | null,
  seconds: number,
): Promise<void> {
  await tx.query(
    `update job_worker set jobs = array_remove(jobs, $2::bigint), succeeded = succeeded + $3, failed = failed + $4,
       worked = worked + $5 where name = $1`,
    [worker, job, Number(succeeded === true), Number(succeeded === false), seconds],
  )
}

/** The workers that are alive, the oldest first. */
export const liveWorkers = (db: Database): Promise<WorkerRow[]> =>
  db.query<WorkerRow>(`select * from job_worker where ${alive} order by started, name`, [])

/** Whether a worker serves a queue. */
export async function isServed(db: Pick<Database, 'query'>, queue: string): Promise<boolean> {
  const [found] = await db.query<{ any: boolean }>(
    `select exists (select from job_worker where ${alive} and $1 = any(queues)) as any`,
    [queue],
  )
  return found!.any
}

interface LostJob {
  readonly id: number
  readonly job_id: string
  readonly queue_name: string
  readonly object_type: string | null
  readonly object_id: number | null
}

/** Jobs that run, as their rows say, while no living worker has them; workers that are dead are struck off. */
export async function lostJobs(tx: Transaction): Promise<LostJob[]> {
  await tx.query(`delete from job_worker where not (${alive})`, [])
  return tx.query(
    `select id, job_id, queue_name, object_type, object_id from core_job as j where status = 'running'
     and not exists (select from job_worker where j.id = any(jobs)) order by id for update skip locked`,
    [],
  )
}
