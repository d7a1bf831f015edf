import { randomUUID } from 'node:crypto'
import type { Transaction } from '../database/index.ts'
import { enqueueAs } from './enqueue.ts'
import type { Queue, Task } from './queue.ts'

/** How a job ended. */
export interface End {
  readonly status: 'completed' | 'failed' | 'errored'
  readonly error?: string
  /** Becomes the job's `data`, where there is any. */
  readonly data?: unknown
  /** Where in the program it went wrong, for the log that users see. */
  readonly trace?: string
}

interface EndedRow {
  readonly name: string
  readonly object_type: string | null
  readonly object_id: number | null
  readonly user_id: number | null
  readonly interval: number | null
  readonly notifications: 'always' | 'on_failure' | 'never'
  readonly data: unknown
  readonly username: string | null
  readonly seconds: number
  /** When the next run of a job that recurs is due. */
  readonly next: string | null
}

/**
 * Write down how a job that runs has ended, tell its user, and plan the next run of one that recurs, whatever the outcome.
 * Returns the seconds that it took, or null where it did not run any more: it was stopped, or went with its object.
 */
export async function endJob(
  tx: Transaction,
  queue: Queue,
  id: number,
  task: Task | null,
  end: End,
): Promise<number | null> {
  const trace = end.trace
    ? JSON.stringify({ level: 'error', message: end.trace, timestamp: new Date().toISOString() })
    : null
  const [row] = await tx.query<EndedRow>(
    `update core_job set status = $2, completed = now.at, execution_time = now.at - started, error = $3,
       data = coalesce($4::jsonb, data),
       log_entries = case when $5::jsonb is null then log_entries else array_append(log_entries, $5::jsonb) end
     from (select clock_timestamp() as at) as now
     where id = $1 and status = 'running'
     returning name, object_type, object_id, user_id, interval, notifications, data,
       (select username from users_user where users_user.id = user_id) as username,
       extract(epoch from execution_time)::double precision as seconds,
       greatest(coalesce(scheduled, started) + make_interval(mins => interval), now.at + interval '1 minute') as next`,
    [id, end.status, end.error ?? '', end.data === undefined ? null : JSON.stringify(end.data), trace],
  )
  if (!row) return null
  tx.touch('core_job')
  const wanted = row.notifications === 'always' || (row.notifications === 'on_failure' && end.status !== 'completed')
  if (row.user_id !== null && wanted) await notify(tx, id, row.user_id, row.name, end.status)
  const object = row.object_type !== null && row.object_id !== null ? ([row.object_type, row.object_id] as const) : null
  const user = row.user_id !== null && row.username !== null ? { id: row.user_id, username: row.username } : null
  const job = { id, name: row.name, object, user }
  await queue.tell(tx, { type: `job_${end.status}`, kind: task?.kind ?? null, job, object, data: row.data })
  if (row.interval !== null && task)
    await enqueueAs(tx, queue, task, {
      name: row.name,
      input: task.input,
      object,
      user: row.user_id,
      due: new Date(row.next!),
      interval: row.interval,
      notifications: row.notifications,
    })
  return row.seconds
}

/** End a job that may not have begun: then it has begun and ended at once, so that its row is like those of others. */
export async function endUnbegun(
  tx: Transaction,
  queue: Queue,
  id: number,
  task: Task | null,
  end: End,
): Promise<number | null> {
  await tx.query(
    `update core_job set started = clock_timestamp(), status = 'running'
     where id = $1 and status in ('pending', 'scheduled')`,
    [id],
  )
  return endJob(tx, queue, id, task, end)
}

async function notify(tx: Transaction, job: number, user: number, name: string, status: End['status']): Promise<void> {
  tx.touch('extras_notification')
  await tx.query(
    `insert into extras_notification (object_type, object_id, user_id, created, read, event_type, object_repr)
     values ('core.job', $1, $2, clock_timestamp(), null, $3, $4)
     on conflict (object_type, object_id, user_id)
     do update set created = excluded.created, read = null, event_type = excluded.event_type`,
    [job, user, `job_${status}`, name],
  )
}

/** A job whose worker has to go waits for another one, as a task of its own: the queue gave the first one away. */
export async function giveBack(tx: Transaction, queue: Queue, id: number, task: Task): Promise<void> {
  const again = { ...task, id: randomUUID() }
  const rows = await tx.query(
    `update core_job set status = 'pending', started = null, job_id = $2 where id = $1 and status = 'running' returning 1`,
    [id, again.id],
  )
  if (rows.length === 0) return
  tx.touch('core_job')
  await queue.send(tx, again, null)
}
