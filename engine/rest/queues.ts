import type { FastifyInstance, FastifyRequest } from 'fastify'
import { HttpError } from '../http/index.ts'
import {
  dropTask,
  hastenTask,
  liveWorkers,
  queueNames,
  stopTask,
  type Queue,
  type TaskState,
  type WorkerRow,
} from '../job/index.ts'
import { isoTime } from '../field/index.ts'
import { forbidden, type Call } from './context.ts'
import { pageOfItems } from './list.ts'
import { describeEndpoint } from './options.ts'

type Open = (request: FastifyRequest) => Promise<Call>
type Params = Readonly<Record<string, string>>

/** Queues in the order in which clients know them by number. */
const queues = ['default', 'high', 'low']

/** `/api/core/background-queues/`, `-workers/` and `-tasks/`: what waits for workers, and who they are. For superusers. */
export function addQueues(app: FastifyInstance, open: Open): void {
  /** One address: what it answers to each method, once it is known that a superuser asks. */
  const at = (
    path: string,
    label: string,
    methods: readonly string[],
    answer: (call: Call, params: Params) => Promise<object | number>,
  ) =>
    app.all<{ Params: Params }>(`/api/core/background-${path}`, async (request, reply) => {
      reply.header('allow', methods.join(', '))
      const call = await open(request)
      if (request.method === 'OPTIONS') return reply.send(describeEndpoint({ label, about: '' }))
      if (!call.caller.user?.superuser) throw forbidden()
      if (!methods.includes(request.method))
        throw new HttpError(405, { detail: `Method "${request.method}" not allowed.` })
      const result = await answer(call, request.params)
      return typeof result === 'number'
        ? reply.code(result).type('text/html; charset=utf-8').send('')
        : reply.send(result)
    })

  const reading = ['GET', 'HEAD', 'OPTIONS']
  at('queues/', 'Background Queue List', reading, async call =>
    allItems(call, await Promise.all(queues.map(name => showQueue(call, name)))),
  )
  at('queues/:name/', 'Background Queue', reading, async (call, { name }) =>
    queues.includes(name!) ? showQueue(call, name!) : unknown(),
  )
  at('workers/', 'Background Worker List', reading, async call =>
    allItems(
      call,
      (await liveWorkers(call.db)).map(worker => showWorker(call, worker)),
    ),
  )
  at('workers/:name/', 'Background Worker', reading, async (call, { name }) => {
    const worker = (await liveWorkers(call.db)).find(worker => worker.name === name)
    return worker ? showWorker(call, worker) : unknown()
  })

  const keeping = ['GET', 'DELETE', 'HEAD', 'OPTIONS']
  at('tasks/', 'Background Task List', keeping, async call => {
    if (call.request.method === 'DELETE') throw new HttpError(405, { detail: 'Method "DELETE" not allowed.' })
    const waiting = call.queue ? await Promise.all(queues.map(name => call.queue!.waiting(name))) : []
    return allItems(call, await showTasks(call, waiting.flat()))
  })
  at('tasks/:id/', 'Background Task', keeping, async (call, { id }) => {
    const [queue, task] = await findTask(call, id!)
    if (call.request.method !== 'DELETE') return (await showTasks(call, [task]))[0]!
    await dropTask(call.db, queue, task)
    return 204
  })
  const doing = ['POST', 'DELETE', 'OPTIONS']
  const action = (name: string, run: (call: Call, queue: Queue, task: TaskState) => Promise<number>) =>
    at(`tasks/:id/${name}/`, 'Background Task', doing, async (call, { id }) =>
      run(call, ...(await findTask(call, id!))),
    )
  action('delete', async ({ db }, queue, task) => {
    await dropTask(db, queue, task)
    return 200
  })
  for (const name of ['requeue', 'enqueue'])
    action(name, async ({ db }, queue, task) => {
      await hastenTask(db, queue, task)
      return 200
    })
  action('stop', async ({ db }, queue, task) => ((await stopTask(db, queue, task)) ? 200 : 204))
}

const unknown = () => {
  throw new HttpError(404, { detail: 'Not found.' })
}

/** A page of what is no model's: all of it, unless a limit is asked for. */
const allItems = (call: Call, items: readonly unknown[]): object =>
  call.params.has('limit')
    ? pageOfItems(call, items)
    : { count: items.length, next: null, previous: null, results: items }

const nothing = { waiting: 0, planned: 0, active: 0, completed: 0, failed: 0, oldest: null }

async function showQueue({ db, queue, origin }: Call, name: string): Promise<object> {
  const counts = queue ? await queue.counts(name) : nothing
  const workers = await liveWorkers(db)
  return {
    name,
    url: `${origin}/api/core/background-queues/${name}/`,
    jobs: counts.waiting,
    oldest_job_timestamp: counts.oldest?.toISOString() ?? '-',
    index: queues.indexOf(name),
    scheduler_pid: null,
    workers: workers.filter(worker => worker.queues.includes(name)).length,
    finished_jobs: counts.completed,
    started_jobs: counts.active,
    deferred_jobs: 0,
    failed_jobs: counts.failed,
    scheduled_jobs: counts.planned,
  }
}

const showWorker = ({ origin }: Call, worker: WorkerRow): object => ({
  name: worker.name,
  url: `${origin}/api/core/background-workers/${worker.name}/`,
  state: worker.jobs.length ? 'busy' : 'idle',
  birth_date: isoTime(worker.started),
  queue_names: worker.queues,
  pid: String(worker.pid),
  successful_job_count: worker.succeeded,
  failed_job_count: worker.failed,
  total_working_time: worker.worked,
})

async function findTask({ queue }: Call, id: string): Promise<[Queue, TaskState]> {
  if (!queue || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return unknown()
  for (const name of queueNames) {
    const task = await queue.find(name, id)
    if (task) return [queue, task]
  }
  return unknown()
}

const statuses = {
  created: 'queued',
  retry: 'queued',
  active: 'started',
  completed: 'finished',
  failed: 'failed',
  cancelled: 'canceled',
} as const

/** What a task was given is not shown: a request that writes may hold secrets. */
async function showTasks({ db, origin }: Call, tasks: readonly TaskState[]): Promise<object[]> {
  const jobs = await db.query<{ job_id: string; name: string; worker: string | null; seen: string | null }>(
    `select j.job_id, j.name, w.name as worker, w.seen from core_job as j left join job_worker as w on j.id = any(w.jobs)
     where j.job_id = any($1::uuid[])`,
    [tasks.map(task => task.id)],
  )
  const byTask = new Map(jobs.map(job => [job.job_id, job]))
  return tasks.map((task, position) => {
    const job = byTask.get(task.id)
    const waits = task.state === 'created' || task.state === 'retry'
    const status = waits && task.due.getTime() > Date.now() ? 'scheduled' : statuses[task.state]
    return {
      id: task.id,
      url: `${origin}/api/core/background-tasks/${task.id}/`,
      description: job?.name ?? task.kind,
      origin: task.queue,
      func_name: task.kind,
      args: [],
      kwargs: {},
      result: null,
      timeout: task.timeout,
      result_ttl: null,
      created_at: task.created,
      enqueued_at: task.due,
      started_at: task.started,
      ended_at: task.ended,
      worker_name: job?.worker ?? null,
      position: status === 'queued' ? position : null,
      status,
      meta: {},
      last_heartbeat: job?.seen ? isoTime(job.seen) : null,
      is_finished: status === 'finished',
      is_queued: status === 'queued',
      is_failed: status === 'failed',
      is_started: status === 'started',
      is_deferred: false,
      is_canceled: status === 'canceled',
      is_scheduled: status === 'scheduled',
      is_stopped: false,
    }
  })
}
