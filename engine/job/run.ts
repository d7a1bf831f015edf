import { setTimeout as wait } from 'node:timers/promises'
import { inTransaction, type Database } from '../database/index.ts'
import type { Registry } from '../model/index.ts'
import type { Storage } from '../storage/index.ts'
import type { Logger } from 'pino'
import { endJob, giveBack, type End } from './end.ts'
import { JobFailed, type JobKind, type LogLevel, type RunningJob } from './kind.ts'
import type { Queue, Task } from './queue.ts'
import { putDown, takeInHand } from './roster.ts'

/** What a worker has at hand. */
export interface Office {
  readonly db: Database
  readonly queue: Queue
  /** The kinds of jobs there are, by name. */
  readonly kinds: ReadonlyMap<string, JobKind>
  readonly registry: Registry
  readonly settings: Readonly<Record<string, any>>
  readonly storage?: Storage
  readonly log: Logger
  /** Name of the worker on the roster. */
  readonly worker: string
}

/** How a run ended. Otherwise than its row says: `gone`, as there was nothing to run any more, and `returned`. */
export type Outcome = End['status'] | 'gone' | 'returned'

/** Milliseconds between looks at whether a job that runs is still wanted. */
const lookEvery = 2000

/** Run the job of a task, and see to what follows from its end. Once `leaving` is aborted, the job is given back. */
export async function runTask(office: Office, task: Task, leaving: AbortSignal): Promise<Outcome> {
  const { db, queue, worker } = office
  const job = await insist(office, () => begin(office, task))
  if (!job) return 'gone'
  const log = office.log.child({ job: job.id, name: job.name })
  log.info('job begins')
  const end = await attempt({ ...office, log }, task, job, leaving)
  await insist(office, () =>
    inTransaction(db, async tx => {
      if (end.status === 'returned') await giveBack(tx, queue, job.id, task)
      const seconds = isEnd(end) ? await endJob(tx, queue, job.id, task, end) : null
      await putDown(tx, worker, job.id, seconds === null ? null : end.status === 'completed', seconds ?? 0)
    }),
  )
  log.info({ outcome: end.status }, 'job ends')
  return end.status
}

/** Do what must not be left undone, over a database that may be away for a while: a minute at most. */
async function insist<T>({ log }: Pick<Office, 'log'>, what: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++)
    try {
      return await what()
    } catch (error) {
      if (tries === 30) throw error
      log.warn({ err: error, tries }, 'the state of a job could not be written; trying again')
      await wait(2000)
    }
}

type Cut = { readonly status: 'gone' | 'returned' }

const isEnd = (end: End | Cut): end is End => end.status !== 'gone' && end.status !== 'returned'

interface JobRow {
  readonly id: number
  readonly name: string
  readonly object_type: string | null
  readonly object_id: number | null
  readonly user_id: number | null
  readonly username: string | null
}

/** Take a job in hand; null where it is gone, or someone else has it. May be said again where the answer was lost. */
function begin({ db, queue, worker }: Office, task: Task): Promise<RunningJob | null> {
  return inTransaction(db, async tx => {
    const [row] = await tx.query<JobRow>(
      `update core_job as j set status = 'running', started = clock_timestamp()
       from core_job as self left join users_user as u on u.id = self.user_id
       where j.id = self.id and j.job_id = $1 and (j.status in ('pending', 'scheduled')
         or exists (select from job_worker where name = $2 and j.id = any(jobs)))
       returning j.id, j.name, j.object_type, j.object_id, j.user_id, u.username`,
      [task.id, worker],
    )
    if (!row) return null
    const { id, name, object_type, object_id, user_id, username } = row
    tx.touch('core_job')
    await takeInHand(tx, worker, id)
    const job: RunningJob = {
      id,
      name,
      object: object_type !== null && object_id !== null ? [object_type, object_id] : null,
      user: user_id !== null && username !== null ? { id: user_id, username } : null,
    }
    await queue.tell(tx, { type: 'job_started', kind: task.kind, job, object: job.object, data: null })
    return job
  })
}

/** Why a run is broken off. */
class Broken extends Error {
  override readonly name = 'Broken'
  readonly because: 'time' | 'gone' | 'leaving'

  constructor(because: Broken['because'], message: string) {
    super(message)
    this.because = because
  }
}

async function attempt(office: Office, task: Task, job: RunningJob, leaving: AbortSignal): Promise<End | Cut> {
  const { db, registry, settings, storage, queue, kinds, log } = office
  const kind = kinds.get(task.kind)
  if (!kind) return { status: 'errored', error: `There are no jobs of the kind ${task.kind}.` }
  const breaker = new AbortController()
  const stopWatching = watch(office, task, job, leaving, breaker)
  try {
    const data = await kind.run({
      db,
      registry,
      settings,
      ...(storage && { storage }),
      queue,
      job,
      input: task.input,
      signal: breaker.signal,
      log: (level, message) => note(db, job.id, level, message),
    })
    return { status: 'completed', data }
  } catch (error) {
    if (error instanceof JobFailed) return { status: 'failed', error: error.message, data: error.data }
    // Whatever a run that was broken off stumbled over, it was that.
    const broken = breaker.signal.aborted ? (breaker.signal.reason as Broken) : null
    if (broken?.because === 'leaving') return { status: 'returned' }
    if (broken?.because === 'gone') return { status: 'gone' }
    if (broken) return { status: 'errored', error: broken.message }
    log.error({ err: error }, 'job failed by a fault')
    const { message, stack } = error instanceof Error ? error : new Error(String(error))
    return {
      status: 'errored',
      error: message,
      ...(stack && { trace: stack.replaceAll(/(?:file:\/\/)?\/\S*\//g, '') }),
    }
  } finally {
    stopWatching()
  }
}

/** Break a run off when its time is up, when its job is gone, and when the worker has to go; returns what ends the watch. */
function watch(
  { db, log }: Office,
  { timeout }: Task,
  { id }: RunningJob,
  leaving: AbortSignal,
  breaker: AbortController,
): () => void {
  const leave = () => breaker.abort(new Broken('leaving', 'The worker is stopping.'))
  if (leaving.aborted) leave()
  leaving.addEventListener('abort', leave, { once: true })
  const late = () => breaker.abort(new Broken('time', `The job exceeded its time of ${timeout} seconds.`))
  const timer = setTimeout(late, timeout * 1000)
  const look = async () => {
    const [row] = await db.query<{ status: string }>('select status from core_job where id = $1', [id])
    if (row?.status !== 'running') breaker.abort(new Broken('gone', 'The job was taken away.'))
  }
  const looking = setInterval(
    () => look().catch(error => log.warn({ err: error }, 'cannot see whether a job is still wanted')),
    lookEvery,
  )
  return () => {
    clearTimeout(timer)
    clearInterval(looking)
    leaving.removeEventListener('abort', leave)
  }
}

async function note(db: Database, id: number, level: LogLevel, message: string): Promise<void> {
  await db.query(
    `update core_job set log_entries = array_append(log_entries,
       jsonb_build_object('level', $2::text, 'message', $3::text, 'timestamp', clock_timestamp())) where id = $1`,
    [id, level, message],
  )
}
