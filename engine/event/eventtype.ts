import { choices } from '../field/index.ts'

/** What can happen that an event rule reacts to. */
export const EventType = choices('EventType', {
  object_created: ['Object created'],
  object_updated: ['Object updated'],
  object_deleted: ['Object deleted'],
  job_started: ['Job started'],
  job_completed: ['Job completed'],
  job_failed: ['Job failed'],
  job_errored: ['Job errored'],
})
