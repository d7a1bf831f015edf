import { randomUUID } from 'node:crypto'
import type { Transaction } from '../database/index.ts'
import { queueNames, type JobKind, type QueueName } from './kind.ts'
import type { Queue, Task } from './queue.ts'

/** A job to be done. */
export interface JobRequest<Input = any> {
  readonly kind: JobKind<Input>
  /** What users call it. */
  readonly name: string
  readonly input: Input
  /** The object that it is about. */
  readonly object?: readonly [model: string, id: number] | null
  /** Id of whoever wants it, and is told of its end. */
  readonly user?: number | null
  /** When it may begin; at once unless given. */
  readonly due?: Date | null
  /** Minutes from one run to the next; once unless given. */
  readonly interval?: number | null
  readonly notifications?: 'always' | 'on_failure' | 'never'
}

/** Put a job in its queue, as part of a transaction: where that is undone, there is no job. Returns its id. */
export function enqueue<Input>(tx: Transaction, queue: Queue, request: JobRequest<Input>): Promise<number> {
  const { kind, ...rest } = request
  return enqueueAs(tx, queue, { kind: kind.name, queue: kind.queue, timeout: kind.timeout ?? queue.timeout }, rest)
}

/** As {@link enqueue}, of a kind that need not be at hand. */
export async function enqueueAs(
  tx: Transaction,
  queue: Queue,
  kind: Pick<Task, 'kind' | 'queue' | 'timeout'>,
  request: Omit<JobRequest, 'kind'>,
): Promise<number> {
  const { name, input, object = null, user = null, due = null, interval = null } = request
  const id = randomUUID()
  tx.touch('core_job')
  const [job] = await tx.query<{ id: number }>(
    `insert into core_job (object_type, object_id, name, status, created, scheduled, interval, user_id, job_id, queue_name, notifications, error, log_entries)
     values ($1, $2, $3, $4, clock_timestamp(), $5, $6, $7, $8, $9, $10, '', '{}') returning id`,
    [
      object?.[0] ?? null,
      object?.[1] ?? null,
      name,
      due ? 'scheduled' : 'pending',
      due?.toISOString() ?? null,
      interval,
      user,
      id,
      kind.queue,
      request.notifications ?? 'always',
    ],
  )
  await queue.send(tx, { ...kind, id, input }, due)
  return job!.id
}

/** Put many jobs of a kind in a queue, at once; as {@link enqueue} for each, in as many statements as for one. */
export async function enqueueAll<Input>(
  tx: Transaction,
  queue: Queue,
  requests: readonly Omit<JobRequest<Input>, 'kind' | 'due' | 'interval'>[],
  kind: JobKind<Input>,
  into: string = kind.queue,
): Promise<void> {
  const name = isQueue(into) ? into : kind.queue
  for (let from = 0; from < requests.length; from += portion) {
    const some = requests.slice(from, from + portion).map(request => ({ ...request, id: randomUUID() }))
    tx.touch('core_job')
    await tx.query(
      `insert into core_job (object_type, object_id, name, status, created, user_id, job_id, queue_name, notifications, error, log_entries)
       select v.type, v.id, v.name, 'pending', clock_timestamp(), v.user_id, v.job_id, $7, v.notifications, '', '{}'
       from unnest($1::text[], $2::bigint[], $3::text[], $4::bigint[], $5::uuid[], $6::text[]) as v(type, id, name, user_id, job_id, notifications)`,
      [
        some.map(({ object }) => object?.[0] ?? null),
        some.map(({ object }) => object?.[1] ?? null),
        some.map(one => one.name),
        some.map(({ user }) => user ?? null),
        some.map(({ id }) => id),
        some.map(({ notifications }) => notifications ?? 'always'),
        name,
      ],
    )
    const tasks = some.map(({ id, input }) => ({
      id,
      input,
      kind: kind.name,
      queue: name,
      timeout: kind.timeout ?? queue.timeout,
    }))
    await queue.sendAll(tx, name, tasks)
  }
}

/** Jobs that are put in a queue by one statement. */
const portion = 500

const isQueue = (name: string): name is QueueName => (queueNames as readonly string[]).includes(name)

/** Any constant: plans of recurring jobs are made one after the other. */
const planningLock = 726_174

/**
 * Make sure that a recurring job is planned once for its object: one that waits or runs at the same interval stays as it
 * is, others make way. Without an interval, none is planned any more.
 */
export async function plan<Input>(
  tx: Transaction,
  queue: Queue,
  request: JobRequest<Input> & { readonly interval: number | null },
): Promise<void> {
  const { name, object = null, interval } = request
  await tx.query('select pg_advisory_xact_lock($1)', [planningLock])
  const found = await tx.query<{
    id: number
    interval: number | null
    job_id: string
    queue_name: string
    runs: boolean
  }>(
    `select id, interval, job_id, queue_name, status = 'running' as runs from core_job
     where name = $1 and object_type is not distinct from $2 and object_id is not distinct from $3
       and interval is not null and status in ('pending', 'scheduled', 'running') order by id for update`,
    [name, object?.[0] ?? null, object?.[1] ?? null],
  )
  const kept = interval === null ? undefined : found.find(job => job.interval === interval)
  for (const job of found) {
    if (job === kept) continue
    tx.touch('core_job')
    if (job.runs) await tx.query('update core_job set interval = null where id = $1', [job.id])
    else {
      await tx.query('delete from core_job where id = $1', [job.id])
      await queue.withdraw(tx, job.queue_name, job.job_id)
    }
  }
  if (interval !== null && !kept) await enqueue(tx, queue, request)
}
