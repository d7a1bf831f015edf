import type { Database, Transaction } from '../database/index.ts'
import type { Registry } from '../model/index.ts'
import type { Storage } from '../storage/index.ts'
import type { Queue } from './queue.ts'

/** Names of the queues, the most urgent first. Each is served apart, so that what waits in one holds up no other. */
export const queueNames = ['high', 'default', 'low'] as const
export type QueueName = (typeof queueNames)[number]

/** A kind of job: what is done, and how long it may take. */
export interface JobKind<Input = any> {
  /** Names the kind in the queue, across releases. */
  readonly name: string
  readonly queue: QueueName
  /** Seconds that a run may take; of a kind that does not say, RQ_DEFAULT_TIMEOUT. */
  readonly timeout?: number
  /**
   * Do the work. What it returns becomes the job's `data`, where it returns anything; {@link JobFailed} is how it reports a
   * failure, any other error is a fault of the program. May run again after a worker was stopped in the middle of it.
   */
  readonly run: (work: Work<Input>) => Promise<unknown>
  /** Tidy up after a run whose worker died, in the transaction that ends its job. */
  readonly abandoned?: (tx: Transaction, object: readonly [model: string, id: number]) => Promise<void>
}

/** Declare a kind of job. */
export const defineJob = <Input>(
  name: string,
  spec: Omit<JobKind<Input>, 'name' | 'queue'> & { readonly queue?: QueueName },
): JobKind<Input> => ({ name, queue: 'default', ...spec })

/** What a job that runs is given. */
export interface Work<Input = any> {
  readonly db: Database
  readonly registry: Registry
  /** What an administrator has set. */
  readonly settings: Readonly<Record<string, any>>
  readonly storage?: Storage
  /** Where further jobs are put. */
  readonly queue: Queue
  readonly job: RunningJob
  /** What the job was given when it was put in the queue. */
  readonly input: Input
  /** Aborted when the time is up, when the job was taken away, and when the worker has to go. */
  readonly signal: AbortSignal
  /** Add a line to the log that users see. */
  readonly log: (level: LogLevel, message: string) => Promise<void>
}

export type LogLevel = 'debug' | 'info' | 'warning' | 'error'

/** A job that runs, as its row says. */
export interface RunningJob {
  readonly id: number
  readonly name: string
  readonly object: readonly [model: string, id: number] | null
  readonly user: { readonly id: number; readonly username: string } | null
}

/** Thrown by a job that ends badly by its own account; `data` becomes the job's. */
export class JobFailed extends Error {
  override readonly name = 'JobFailed'
  readonly data: unknown

  constructor(message: string, data?: unknown) {
    super(message)
    this.data = data
  }
}
