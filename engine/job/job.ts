import { anyRef, choice, choices, datetime, duration, integer, json, list, ref, text, uuid } from '../field/index.ts'
import { model, compare, type RowOf } from '../model/index.ts'

export const JobStatus = choices('JobStatus', {
  pending: ['Pending', 'cyan'],
  scheduled: ['Scheduled', 'gray'],
  running: ['Running', 'blue'],
  completed: ['Completed', 'green'],
  errored: ['Errored', 'red'],
  failed: ['Failed', 'red'],
})

export const JobNotification = choices('JobNotification', {
  always: ['Always'],
  on_failure: ['On failure'],
  never: ['Never'],
})

export const Job = model('core.job', {
  label: 'job',
  about: 'A piece of work done in the background, with its result and log.',
  writes: [],
  features: [],

  fields: {
    object: anyRef({ feature: 'jobs' }, { nullable: true, inverse: 'jobs', filters: { typeId: true }, readonly: true }),
    name: text({ max: 200 }),
    status: choice(JobStatus, { default: 'pending', readonly: true, filter: { notNull: true }, max: 30 }),
    created: datetime({ readonly: true, filter: { single: true, plain: true } }),
    scheduled: datetime({ nullable: true, filter: { single: true, plain: true } }),
    interval: integer({ nullable: true, help: 'Recurrence interval (in minutes)', min: 1 }),
    started: datetime({ nullable: true, filter: { single: true, plain: true } }),
    completed: datetime({ nullable: true, filter: { single: true, plain: true } }),
    execution_time: duration({ nullable: true, readonly: true }),
    user: ref('users.user', { nullable: true, readonly: true, onDelete: 'set null', inverse: '+' }),
    data: json({ nullable: true }),
    error: text({ blank: true, default: '', readonly: true, filter: false }),
    job_id: uuid({ unique: true, label: 'job ID' }),
    queue_name: text({
      blank: true,
      default: '',
      help: 'Name of the queue in which this job was enqueued',
      max: 100,
      filter: { single: true },
    }),
    notifications: choice(JobNotification, { default: 'always', readonly: true, filter: { notNull: true }, max: 30 }),
    log_entries: list({ default: [], of: 'jsonb' }),
  },

  display: { from: ['name'], as: row => row.name },
  order: ['-created'],
  index: [['-created']],
  quick: ['user.username', 'name'],
  briefAlone: true,
  brief: ['created', 'completed', 'user', 'status'],

  filters: {
    execution_time__gte: compare('execution_time', { single: true, lookup: 'gte', plain: true }),
    execution_time__lte: compare('execution_time', { single: true, lookup: 'lte', plain: true }),
    created__before: compare('created', { single: true, lookup: 'lte', plain: true }),
    created__after: compare('created', { single: true, lookup: 'gte', plain: true }),
    scheduled__before: compare('scheduled', { single: true, lookup: 'lte', plain: true }),
    scheduled__after: compare('scheduled', { single: true, lookup: 'gte', plain: true }),
    started__before: compare('started', { single: true, lookup: 'lte', plain: true }),
    started__after: compare('started', { single: true, lookup: 'gte', plain: true }),
    completed__before: compare('completed', { single: true, lookup: 'lte', plain: true }),
    completed__after: compare('completed', { single: true, lookup: 'gte', plain: true }),
  },

  file: {
    table: {
      first: [
        'id',
        ['object_type', 'Type'],
        'object',
        'name',
        'status',
        'created',
        'started',
        'completed',
        ['execution_time', 'Execution Time'],
        'user',
      ],
      more: ['scheduled', 'interval', ['queue_name', 'Queue'], ['log_entries', 'Log Entries'], 'error', 'job_id'],
    },
  },

  ui: {
    icon: 'clock-play',
    columns: ['object_type', 'object', 'name', 'status', 'created', 'started', 'completed', 'execution_time', 'user'],
    form: {
      Job: ['name', 'status', 'object', 'user', 'notifications', 'queue_name', 'job_id'],
      Times: ['created', 'scheduled', 'interval', 'started', 'completed', 'execution_time'],
    },
  },
})

declare module '../model/tables.ts' {
  interface Tables {
    core_job: RowOf<typeof Job>
  }
}
