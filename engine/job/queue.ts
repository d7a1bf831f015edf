import type { Transaction } from '../database/index.ts'
import type { JobWithMetadata } from 'pg-boss'
import type { Logger } from 'pino'
import { queueNames, type QueueName, type RunningJob } from './kind.ts'

/** A job as the queue knows it. */
export interface Task {
  /** The `job_id` of the job. */
  readonly id: string
  readonly queue: string
  /** Name of the kind of job. */
  readonly kind: string
  readonly input: unknown
  /** Seconds that a run may take. */
  readonly timeout: number
}

/** A task with what has become of it. */
export interface TaskState extends Task {
  readonly state: 'created' | 'retry' | 'active' | 'completed' | 'cancelled' | 'failed'
  readonly created: Date
  /** When it may begin. */
  readonly due: Date
  readonly started: Date | null
  readonly ended: Date | null
}

/** How many tasks of a queue are in which state. */
interface QueueCounts {
  /** Waiting for a worker. */
  readonly waiting: number
  /** Waiting for their time. */
  readonly planned: number
  readonly active: number
  readonly completed: number
  readonly failed: number
  /** When the oldest of those that wait for a worker was put there. */
  readonly oldest: Date | null
}

/** Where jobs wait for a worker. What is done as part of a transaction has not happened where that is undone. */
export interface Queue {
  /** Seconds that a run may take, of jobs whose kind does not say. */
  readonly timeout: number
  /** Put a task in its queue, from `due` on. */
  readonly send: (tx: Transaction, task: Task, due: Date | null) => Promise<void>
  /** Put tasks in one queue: as many statements for a thousand as for one. */
  readonly sendAll: (tx: Transaction, queue: string, tasks: readonly Task[]) => Promise<void>
  /** Tell whoever listens of a job that begins or ends, in the transaction that does it. */
  readonly tell: (tx: Transaction, event: JobEvent) => Promise<void>
  /** Take a task away that has not ended. */
  readonly withdraw: (tx: Transaction, queue: string, id: string) => Promise<void>
  /** Write a task off that a worker took and did not end. */
  readonly fail: (tx: Transaction, queue: string, id: string) => Promise<void>
  /** Let a task that failed or was withdrawn wait for a worker again. */
  readonly again: (tx: Transaction, task: TaskState) => Promise<void>
  /** Let a task that waits for its time begin at once. */
  readonly hasten: (tx: Transaction, queue: string, id: string) => Promise<void>
  /** Forget a task. */
  readonly remove: (tx: Transaction, queue: string, id: string) => Promise<void>
  readonly find: (queue: string, id: string) => Promise<TaskState | null>
  /** Tasks of a queue that wait for a worker, the oldest first; a thousand at most. */
  readonly waiting: (queue: string) => Promise<TaskState[]>
  readonly counts: (queue: string) => Promise<QueueCounts>
}

/** A job that begins or ends. */
export interface JobEvent {
  readonly type: 'job_started' | 'job_completed' | 'job_failed' | 'job_errored'
  /** Name of the kind of job, where it is known. */
  readonly kind: string | null
  readonly job: RunningJob
  readonly object: RunningJob['object']
  /** The job's `data`. */
  readonly data: unknown
}

export type JobListener = (tx: Transaction, queue: Queue, event: JobEvent) => Promise<void>

/** A queue with the means to do what is in it. */
export interface ServedQueue extends Queue {
  /** Hand tasks to `run`, so many of a queue at once; one whose run throws counts as failed. */
  readonly serve: (queue: QueueName, atOnce: number, run: (task: Task) => Promise<void>) => Promise<void>
  /** Jobs that wait, as their rows say, while the queue does not know them or has given them up. */
  readonly strays: (tx: Transaction) => Promise<{ id: number; job_id: string; queue_name: string }[]>
  /** Take no more tasks. */
  readonly leave: () => Promise<void>
  readonly close: () => Promise<void>
}

export interface QueueOptions {
  readonly url: string
  readonly log: Logger
  /** Seconds that a run may take, of jobs whose kind does not say. */
  readonly timeout: number
  /** Whether this process serves the queue, and hence keeps it clean. */
  readonly served: boolean
  /** Hears of each job that begins or ends. */
  readonly listener?: JobListener
}

/** Seconds between looks for tasks whose time has come; those that may begin at once are announced. */
const lookEvery = 5

/** The schema of the queue's own tables, beside those of the models. */
const schema = 'demarc_queue'

/** Seconds that a task is known once it has ended: with what it was given, so not for long. */
const keptEnded = 3600

/** Seconds that a task waits for a worker before it is forgotten: ten years, as a job may be planned far ahead. */
const keptWaiting = 315_360_000

/** Seconds that the queue grants a run beyond its time, which the worker sees to. */
const grace = 120

/** Open the queue of a database; its tables are made where they are missing. */
export async function openQueue({ url, log, timeout, served, listener }: QueueOptions): Promise<ServedQueue> {
  // Whoever only reads the models is spared the reading of it.
  const { PgBoss } = await import('pg-boss')
  const boss = new PgBoss({
    connectionString: url,
    schema,
    max: 2,
    application_name: 'demarc queue',
    useListenNotify: served,
    supervise: served,
    schedule: false,
    registerInstance: false,
    maintenanceIntervalSeconds: 3600,
    openTelemetry: { enabled: false },
  })
  boss.on('error', error => log.error({ err: error }, 'the queue of jobs has trouble'))
  boss.on('warning', warning => log.warn({ warning }, 'the queue of jobs is in doubt'))
  await boss.start()
  for (const name of queueNames)
    await boss.createQueue(name, {
      notify: true,
      retryLimit: 0,
      deleteAfterSeconds: keptEnded,
      retentionSeconds: keptWaiting,
    })

  const queue: ServedQueue = {
    timeout,
    tell: async (tx, event) => listener?.(tx, queue, event),
    async sendAll(tx, queue, tasks) {
      const inserts = tasks.map(({ id, kind, input, timeout }) => ({
        id,
        data: { kind, input, timeout } satisfies Payload,
        expireInSeconds: timeout + grace,
      }))
      await boss.insert(queue, inserts, { db: within(tx) })
    },
    async send(tx, { id, queue, kind, input, timeout }, due) {
      await boss.send(queue, { kind, input, timeout } satisfies Payload, {
        id,
        ...(due && { startAfter: due }),
        expireInSeconds: timeout + grace,
        db: within(tx),
      })
    },
    async withdraw(tx, queue, id) {
      await boss.cancel(queue, id, { db: within(tx) })
    },
    async serve(queue, atOnce, run) {
      const hands = Array.from({ length: atOnce }, async () => {
        const hand = await boss.work<Payload>(queue, { notifyPollingIntervalSeconds: lookEvery }, async ([job]) => {
          try {
            await run({ id: job!.id, queue, ...job!.data })
          } finally {
            // There may be more: tasks that were sent together are announced once.
            boss.notifyWorker(hand)
          }
        })
      })
      await Promise.all(hands)
    },
    strays: tx =>
      tx.query(
        `select id, job_id, queue_name from core_job as j where status in ('pending', 'scheduled') and not exists (
           select from ${schema}.job as t where t.id = j.job_id and t.state in ('created', 'retry', 'active')
         ) order by id for update skip locked`,
        [],
      ),
    async leave() {
      await Promise.all(queueNames.map(name => boss.offWork(name)))
    },
    async fail(tx, queue, id) {
      await boss.fail(queue, id, null, { db: within(tx) })
    },
    async again(tx, { state, queue, id }) {
      await (state === 'cancelled' ? boss.resume : boss.retry).call(boss, queue, id, { db: within(tx) })
    },
    async hasten(tx, queue, id) {
      await boss.update(queue, undefined, { id, startAfter: new Date(), db: within(tx) })
    },
    async remove(tx, queue, id) {
      await boss.deleteJob(queue, id, { db: within(tx) })
    },
    async find(queue, id) {
      const [found] = await boss.findJobs<Payload>(queue, { id })
      return found ? stateOf(found) : null
    },
    async waiting(queue) {
      const found = await boss.findJobs<Payload>(queue, { queued: true, limit: 1000 })
      return found.filter(({ startAfter }) => startAfter.getTime() <= Date.now()).map(stateOf)
    },
    async counts(queue) {
      const { rows } = await boss.getDb().executeSql(
        `select count(*) filter (where waits and start_after <= now())::int as waiting,
           count(*) filter (where waits and start_after > now())::int as planned,
           count(*) filter (where state = 'active')::int as active,
           count(*) filter (where state = 'completed')::int as completed,
           count(*) filter (where state = 'failed')::int as failed,
           min(created_on) filter (where waits and start_after <= now()) as oldest
         from (select *, state in ('created', 'retry') as waits from ${schema}.job where name = $1) as task`,
        [queue],
      )
      return rows[0] as QueueCounts
    },
    close: () => boss.stop({ graceful: false }),
  }
  return queue
}

interface Payload {
  readonly kind: string
  readonly input: unknown
  readonly timeout: number
}

const stateOf = (job: JobWithMetadata<Payload>): TaskState => ({
  id: job.id,
  queue: job.name,
  ...job.data,
  state: job.state,
  created: job.createdOn,
  due: job.startAfter,
  started: job.startedOn ?? null,
  ended: job.completedOn,
})

/** The queue's statements, sent on the connection of a transaction. */
const within = (tx: Transaction) => ({
  executeSql: async (text: string, values?: unknown[]) => ({ rows: (await tx.client.query(text, values)).rows }),
})
