export { Job, JobNotification, JobStatus } from './job.ts'
export { defineJob, JobFailed, queueNames, type JobKind, type LogLevel, type Work } from './kind.ts'
export { dropTask, hastenTask, stopTask } from './handling.ts'
export {
  openQueue,
  type JobEvent,
  type JobListener,
  type Queue,
  type QueueOptions,
  type ServedQueue,
  type Task,
  type TaskState,
} from './queue.ts'
export { enqueue, enqueueAll, plan, type JobRequest } from './enqueue.ts'
export { isServed, liveWorkers, workerTable, type WorkerRow } from './roster.ts'
export { runTask, type Office, type Outcome } from './run.ts'
export { startWorker, type Worker, type Workplace } from './worker.ts'
export { pruneJobs } from './retention.ts'
