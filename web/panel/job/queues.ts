import { queryOptions } from '@tanstack/react-query'
import { get } from '../../api/client.ts'

/** A queue of background work, and how many of its tasks stand where. */
interface QueueState {
  readonly name: string
  readonly jobs: number
  /** When the oldest that waits was put there; `-` where none does. */
  readonly oldest_job_timestamp: string
  readonly started_jobs: number
  readonly scheduled_jobs: number
  readonly failed_jobs: number
  readonly finished_jobs: number
  readonly workers: number
}

/** A process, or a part of one, that takes from queues. */
interface WorkerState {
  readonly name: string
  readonly state: string
  readonly birth_date: string
  readonly queue_names: readonly string[]
  readonly pid: string
  readonly successful_job_count: number
  readonly failed_job_count: number
  /** Seconds. */
  readonly total_working_time: number
}

/** Something that waits in a queue; its id is the `job_id` of its job. */
interface Task {
  readonly id: string
  readonly description: string
  readonly origin: string
  readonly status: string
  readonly created_at: string
}

interface Lists {
  readonly queues: QueueState
  readonly workers: WorkerState
  readonly tasks: Task
}

/** One of the lists that superusers alone may read, looked at every few seconds. */
export const backgroundQuery = <Kind extends keyof Lists>(kind: Kind) =>
  queryOptions({
    queryKey: ['background', kind],
    queryFn: async ({ signal }) =>
      (await get<{ results: readonly Lists[Kind][] }>(`/api/core/background-${kind}/`, signal)).results,
    refetchInterval: 5000,
  })
