import { inTransaction, type Database, type Transaction } from '../database/index.ts'
import { endUnbegun } from './end.ts'
import type { Queue, TaskState } from './queue.ts'

/** Take a task out of its queue for good; its job, where it has not ended, has failed, and recurs no more. */
export function dropTask(db: Database, queue: Queue, task: TaskState): Promise<void> {
  return inTransaction(db, async tx => {
    tx.touch('core_job')
    await tx.query('update core_job set interval = null where job_id = $1 and completed is null', [task.id])
    await endEarly(tx, queue, task, 'The job was taken out of its queue.')
    await queue.remove(tx, task.queue, task.id)
  })
}

/** End a job that runs: its worker sees within seconds that it is not wanted any more. Returns whether it did run. */
export function stopTask(db: Database, queue: Queue, task: TaskState): Promise<boolean> {
  if (task.state !== 'active') return Promise.resolve(false)
  return inTransaction(db, async tx => {
    await queue.withdraw(tx, task.queue, task.id)
    return endEarly(tx, queue, task, 'The job was stopped.')
  })
}

async function endEarly(tx: Transaction, queue: Queue, task: TaskState, error: string): Promise<boolean> {
  const [job] = await tx.query<{ id: number }>('select id from core_job where job_id = $1 for update', [task.id])
  return job !== undefined && (await endUnbegun(tx, queue, job.id, task, { status: 'failed', error })) !== null
}

/** Have a task done at once: one that waits for its time, and once more one that failed or was taken away. */
export function hastenTask(db: Database, queue: Queue, task: TaskState): Promise<void> {
  return inTransaction(db, async tx => {
    if (task.state === 'created' || task.state === 'retry') await queue.hasten(tx, task.queue, task.id)
    if (task.state !== 'failed' && task.state !== 'cancelled') return
    tx.touch('core_job')
    await tx.query(
      `update core_job set status = 'pending', started = null, completed = null, execution_time = null, error = '', data = null
       where job_id = $1 and status in ('failed', 'errored')`,
      [task.id],
    )
    await queue.again(tx, task)
  })
}
