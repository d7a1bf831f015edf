import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { DumpError, readDump, type DumpEvent } from '@demarc/pgdump'
import { Problem } from '../problem/index.ts'
import type { Batch, Count, Source } from './source.ts'

/** Formats of pg_dump that only pg_restore reads. */
const restorable = new Set(['custom-format', 'tar-format', 'directory-format'])

/** Opens a file that pg_dump wrote: plain SQL, compressed or not, or another format where pg_restore is installed. */
export async function openFile(file: string): Promise<Source> {
  if (!existsSync(file)) throw new Problem('source-missing', `There is no file ${file}.`)
  const events = (await isPlain(file)) ? plainEvents : restoredEvents
  const sequences = new Map<string, number>()

  async function* batches(wanted: (table: string) => boolean): AsyncIterable<Batch | Count> {
    let columns: readonly string[] = []
    let reading = false
    for await (const event of events(file)) {
      if (event.kind === 'sequence') sequences.set(event.name, event.isCalled ? Number(event.lastValue) : 0)
      if (event.kind !== 'copy' && event.kind !== 'rows' && event.kind !== 'copyEnd') continue
      const table = event.schema === 'public' ? event.table : `${event.schema}.${event.table}`
      if (event.kind === 'copy') {
        columns = event.columns
        reading = wanted(table)
        if (reading) yield { table, columns, rows: [] }
      } else if (event.kind === 'copyEnd') {
        if (!reading) yield { table, columns, count: event.count }
      } else if (reading) yield { table, columns, rows: event.rows }
    }
  }

  return {
    look: batches,
    async *read(wanted) {
      for await (const batch of batches(wanted)) if ('rows' in batch) yield batch
    },
    sequences: async () => sequences,
    close: async () => {},
  }
}

/** Whether a file is plain SQL. What it is instead is told by its first bytes, and by the error that they cause. */
async function isPlain(file: string): Promise<boolean> {
  const events = readDump(file)
  try {
    await events.next()
    return true
  } catch (error) {
    if (error instanceof DumpError && restorable.has(error.code)) return false
    throw unreadable(file, error)
  } finally {
    await events.return(undefined)
  }
}

async function* plainEvents(file: string): AsyncGenerator<DumpEvent> {
  try {
    yield* readDump(file)
  } catch (error) {
    throw unreadable(file, error)
  }
}

/** What pg_restore makes of a file. */
async function* restoredEvents(file: string): AsyncGenerator<DumpEvent> {
  const child = spawn('pg_restore', ['--no-owner', '--file=-', file], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (said.length < 10_000) said += text
  })
  const ended = new Promise<number | string | null>(resolve => {
    child.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    child.on('close', resolve)
  })
  try {
    yield* readDump(child.stdout)
    const status = await ended
    if (status !== 0) throw unrestored(file, status, said)
  } catch (error) {
    if (!(error instanceof DumpError)) throw error
    // Where it failed, its own words say more than that its output is cut off.
    const status = await ended
    throw status === 0 ? unreadable(file, error) : unrestored(file, status, said)
  } finally {
    child.kill()
  }
}

function unrestored(file: string, status: number | string | null, said: string): Problem {
  if (status === 'ENOENT')
    return new Problem(
      'no-pg-restore',
      `${file} is in a format of pg_dump that only pg_restore reads, which is not installed here. Install PostgreSQL's client programs, or make a plain dump: pg_dump --no-owner --file=netbox.sql netbox`,
    )
  const line = said
    .split('\n')[0]!
    .replace(/^pg_restore: (error: )?/, '')
    .replace(/\.$/, '')
  const advice = line.includes('unsupported version')
    ? ' It was written by a newer PostgreSQL: install the pg_restore of that.'
    : ''
  return new Problem('pg-restore', `pg_restore cannot read ${file}: ${line || `it ended with ${status}`}.${advice}`)
}

function unreadable(file: string, error: unknown): unknown {
  if (!(error instanceof DumpError)) return error
  const denied = (error.cause as NodeJS.ErrnoException | undefined)?.code === 'EACCES'
  return denied
    ? new Problem('source-unreadable', `${file} may not be read by this user.`, { cause: error })
    : new Problem(`dump-${error.code}`, `${file}: ${error.message}`, { cause: error })
}
