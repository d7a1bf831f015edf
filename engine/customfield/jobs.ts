import { inTransaction, locks, whileLocked, type Database, type Transaction } from '../database/index.ts'
import { defineJob, enqueue, isServed, JobFailed, type Queue, type Work } from '../job/index.ts'
import type { Registry } from '../model/index.ts'

/** Seconds that the stored values of a field may take to follow it. */
const timeout = 10_800

/** Objects that are written in one transaction. */
const portion = 5000

interface FieldInput {
  readonly id: number
  readonly name: string
}

interface FieldRow {
  readonly id: number
  readonly name: string
  readonly object_types: readonly string[]
  readonly default: unknown
}

/** Writes the default of a field to the objects that hold no value yet, and has the field be seen. */
export const provisionField = defineJob<FieldInput>('provision custom field', {
  timeout,
  run: work =>
    alone(work, 'provisioning', async ({ id, name, object_types, default: value }) => {
      const written = await inPortions(
        work,
        object_types,
        `set custom_fields = jsonb_build_object($1::text, $2::jsonb) || custom_fields`,
        'not custom_fields ? $1',
        [name, JSON.stringify(value)],
      )
      await inTransaction(work.db, async tx => {
        tx.touch('extras_customfield')
        await tx.query(`update extras_customfield set status = 'active' where id = $1`, [id])
      })
      await work.log('info', `The default was written to ${written} objects.`)
    }),
})

/** Removes the values of a field that was deleted, and then the field. */
export const purgeField = defineJob<FieldInput>('purge custom field', {
  timeout,
  run: work =>
    alone(work, 'deleting', async ({ id, name, object_types }) => {
      const written = await inPortions(
        work,
        object_types,
        'set custom_fields = custom_fields - $1::text',
        'custom_fields ? $1',
        [name],
      )
      await inTransaction(work.db, async tx => {
        tx.touch('extras_customfield')
        await tx.query('delete from extras_customfield where id = $1', [id])
      })
      await work.log('info', `Values were removed from ${written} objects.`)
    }),
})

/** Whether so many objects of these models are concerned that what is stored of a field is better written by a job. */
export async function isForJob(
  tx: Transaction,
  registry: Registry,
  settings: Readonly<Record<string, any>>,
  queue: Queue | null,
  models: readonly string[],
): Promise<boolean> {
  if (!queue || !(await isServed(tx, provisionField.queue))) return false
  let left = settings['BULK_UPDATE_CHUNK_SIZE'] ?? portion
  for (const table of tablesOf(registry, models)) {
    const [found] = await tx.query<{ count: number }>(
      `select count(*) as count from (select from ${table} limit $1) as found`,
      [left + 1],
    )
    left -= found!.count
    if (left < 0) return true
  }
  return false
}

/** Leave the default of a field to a job; until it is written, the field is not seen. */
export async function leaveProvisioning(tx: Transaction, queue: Queue, field: FieldInput): Promise<void> {
  await setStatus(tx, field.id, 'provisioning')
  await enqueueFor(tx, queue, provisionField, field)
}

/** Leave the values of a field that is deleted to a job; until they are gone, its row stays and keeps its name. */
export async function leavePurge(tx: Transaction, queue: Queue, field: FieldInput): Promise<void> {
  await setStatus(tx, field.id, 'deleting')
  await enqueueFor(tx, queue, purgeField, field)
}

/** Whether a job is writing what is stored of a field; if not, none begins before the transaction has ended. */
export async function isBeingWritten(tx: Transaction, id: number): Promise<boolean> {
  const [found] = await tx.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1::int, $2::int) as mine', [
    locks.customField,
    id,
  ])
  return !found!.mine
}

/** Take up again what is stored of fields where the job that wrote it is no more: its worker has died, say. */
export function resumeFieldJobs(db: Database, queue: Queue): Promise<void> {
  return inTransaction(db, async tx => {
    const stuck = await tx.query<FieldInput & { status: 'provisioning' | 'deleting' }>(
      `select id, name, status from extras_customfield as f where status <> 'active' and not exists (
         select from core_job where status in ('pending', 'running')
         and name = case f.status when 'deleting' then $1 else $2 end || f.name
       ) order by id for update skip locked`,
      [prefixes[purgeField.name], prefixes[provisionField.name]],
    )
    for (const { id, name, status } of stuck)
      await enqueueFor(tx, queue, status === 'deleting' ? purgeField : provisionField, { id, name })
  })
}

const prefixes: Readonly<Record<string, string>> = {
  [provisionField.name]: 'Custom Field Provisioning: ',
  [purgeField.name]: 'Custom Field Purge: ',
}

const enqueueFor = (tx: Transaction, queue: Queue, kind: typeof provisionField, { id, name }: FieldInput) =>
  enqueue(tx, queue, { kind, name: `${prefixes[kind.name]}${name}`, input: { id, name } })

async function setStatus(tx: Transaction, id: number, status: string): Promise<void> {
  tx.touch('extras_customfield')
  await tx.query('update extras_customfield set status = $2 where id = $1', [id, status])
}

/** One job at a time for a field; none of it where the field is not in the state that calls for it. */
async function alone(
  { db, input }: Work<FieldInput>,
  status: string,
  run: (field: FieldRow) => Promise<void>,
): Promise<void> {
  const done = await whileLocked(db, 'customField', input.id, async () => {
    const [field] = await db.query<FieldRow & { status: string }>(
      'select id, name, object_types, "default", status from extras_customfield where id = $1',
      [input.id],
    )
    if (!field) throw new JobFailed(`Custom field '${input.name}' no longer exists.`)
    if (field.status === status) await run(field)
    return true
  })
  if (!done) throw new JobFailed(`Custom field '${input.name}' is being updated by another job.`)
}

/** Write objects of models portion by portion, each in a transaction, until `where` holds for none; returns how many. */
async function inPortions(
  { db, registry, signal }: Work,
  models: readonly string[],
  set: string,
  where: string,
  values: readonly unknown[],
): Promise<number> {
  let written = 0
  for (const table of tablesOf(registry, models))
    for (let more = true; more;) {
      signal.throwIfAborted()
      more = await inTransaction(db, async tx => {
        const rows = await tx.query(
          `update ${table} ${set} where id in (select id from ${table} where ${where} order by id limit ${portion} for update)
           returning 1`,
          values,
        )
        if (rows.length) tx.touch(table)
        written += rows.length
        return rows.length > 0
      })
    }
  return written
}

const tablesOf = (registry: Registry, models: readonly string[]): string[] =>
  models.flatMap(name => {
    const model = registry.models.get(name)
    return model && 'custom_fields' in model.fields ? [model.table] : []
  })
