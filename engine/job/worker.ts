import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { inTransaction } from '../database/index.ts'
import { endJob, endUnbegun } from './end.ts'
import { queueNames } from './kind.ts'
import type { ServedQueue } from './queue.ts'
import { lostAfter, lostJobs, renewWorker, strikeWorker } from './roster.ts'
import { runTask, type Office } from './run.ts'

/** Where a worker works. */
export interface Workplace extends Omit<Office, 'worker'> {
  readonly queue: ServedQueue
  /** Jobs of one queue that are run at once. */
  readonly atOnce: number
}

/** A worker that takes jobs from the queues. */
export interface Worker {
  /** Its name on the roster. */
  readonly name: string
  /** Take no more jobs; wait for those that run, and after `patience` seconds give them back. */
  readonly stop: (patience: number) => Promise<void>
}

/** Start a worker in this process. It also sees to the jobs of workers that died. */
export async function startWorker(workplace: Workplace): Promise<Worker> {
  const { db, queue, atOnce, log } = workplace
  const office: Office = { ...workplace, worker: randomBytes(16).toString('hex') }
  const leaving = new AbortController()
  /** Runs under way, by the id of their task. */
  const running = new Map<string, Promise<unknown>>()
  const entry = { name: office.worker, host: hostname(), pid: process.pid, queues: queueNames }
  const round = async () => {
    await renewWorker(db, entry, [...running.keys()])
    await bury(workplace)
  }
  await round()
  let lastRound: Promise<void> = Promise.resolve()
  const rounds = setInterval(
    () => {
      lastRound = round().catch(error => log.error({ err: error }, 'the worker cannot say that it is alive'))
    },
    (lostAfter * 1000) / 6,
  )
  for (const name of queueNames)
    await queue.serve(name, atOnce, async task => {
      const run = runTask(office, task, leaving.signal)
      running.set(
        task.id,
        run.catch(() => undefined),
      )
      try {
        const outcome = await run
        if (outcome === 'failed' || outcome === 'errored') throw new Error(`The job ended as ${outcome}.`)
      } finally {
        running.delete(task.id)
      }
    })

  return {
    name: office.worker,
    async stop(patience) {
      const left = queue.leave()
      const ended = Promise.all(running.values())
      await Promise.race([ended, wait(patience * 1000, undefined, { ref: false })])
      leaving.abort()
      await Promise.all([ended, left])
      clearInterval(rounds)
      await lastRound
      await strikeWorker(db, office.worker)
    },
  }
}

/** Mark jobs that nobody will end: that run while no living worker has them, and that wait while the queue does not know them. */
async function bury({ db, queue, kinds, log }: Workplace): Promise<void> {
  const buried = await inTransaction(db, async tx => {
    const lost = await lostJobs(tx)
    for (const { id, job_id, queue_name, object_type, object_id } of lost) {
      const task = await queue.find(queue_name, job_id)
      await endJob(tx, queue, id, task, { status: 'errored', error: 'The worker that ran this job has died.' })
      if (!task) continue
      await queue.fail(tx, queue_name, job_id)
      if (object_type !== null && object_id !== null)
        await kinds.get(task.kind)?.abandoned?.(tx, [object_type, object_id])
    }
    const strays = await queue.strays(tx)
    for (const { id, job_id, queue_name } of strays)
      await endUnbegun(tx, queue, id, await queue.find(queue_name, job_id), {
        status: 'errored',
        error: 'The queue does not know of this job.',
      })
    return [...lost, ...strays]
  })
  for (const { id } of buried) log.warn({ job: id }, 'a job was lost')
}
