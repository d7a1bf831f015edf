import { statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { inTransaction, whileLocked, type Database } from '@demarc/engine/database'
import { defineJob, JobFailed, type Work } from '@demarc/engine/job'
import { everything } from '@demarc/engine/query'
import { writing, type WriteCall } from '@demarc/engine/write'
import { filesInBucket } from './bucket.ts'
import { filesBelow, type Found } from './folder.ts'
import { refreshFollowers } from './follow.ts'
import { withClone } from './git.ts'
import { ignoring } from './ignore.ts'
import { storeFiles, type Stored } from './store.ts'

/** What users call the job. */
export const syncName = 'Data source sync'

interface Source {
  readonly id: number
  readonly name: string
  readonly type: string
  readonly source_url: string
  readonly parameters: Readonly<Record<string, unknown>> | null
  readonly ignore_rules: string
}

/** Fetches the files of a data source, and refreshes what takes its content from them. */
export const syncSource = defineJob<{ readonly requestId: string }>('sync', {
  timeout: 3600,
  run: async work => {
    const [, id] = work.job.object ?? []
    if (id === undefined) throw new JobFailed('The data source is gone.')
    const done = await whileLocked(work.db, 'dataSource', id, async () => {
      const source = await begin(work.db, id)
      try {
        const stored = await take(work, source)
        await work.log('info', `Files: ${stored.created} new, ${stored.updated} changed, ${stored.deleted} gone.`)
      } catch (error) {
        await fail(work.db, id)
        // What the machine says of files is for whoever named them.
        throw isOfFiles(error) ? new JobFailed(error.message) : error
      }
      const faults = await refreshFollowers(writeCall(work), id)
      if (faults) throw new JobFailed(faults)
      return true
    })
    if (!done) throw new JobFailed('The data source is being synchronized already.')
  },
  abandoned: async (tx, [, id]) => {
    tx.touch('core_datasource')
    await tx.query(`update core_datasource set status = 'failed' where id = $1 and status = 'syncing'`, [id])
  },
})

function begin(db: Database, id: number): Promise<Source> {
  return inTransaction(db, async tx => {
    const [source] = await tx.query<Source>(
      `update core_datasource set status = 'syncing' where id = $1
       returning id, name, type, source_url, parameters, ignore_rules`,
      [id],
    )
    if (!source) throw new JobFailed('The data source is gone.')
    tx.touch('core_datasource')
    return source
  })
}

const isOfFiles = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && 'path' in error

async function fail(db: Database, id: number): Promise<void> {
  await db.query(`update core_datasource set status = 'failed' where id = $1`, [id])
  await db.changed('core_datasource')
}

/** Fetch the files and store them: all, or none where anything is amiss. */
async function take(work: Work, source: Source): Promise<Stored> {
  const escaped: string[] = []
  const stored = await withFiles(work, source, escaped, files =>
    writing(writeCall(work), async context => {
      const stored = await storeFiles(context, source.id, files)
      context.tx.touch('core_datasource')
      await context.tx.query(`update core_datasource set status = 'completed', last_synced = $2 where id = $1`, [
        source.id,
        context.now,
      ])
      return stored
    }),
  )
  for (const path of escaped) await work.log('warning', `${path} leads out of the data source and was left aside.`)
  return stored
}

/** Has the files of a data source at hand while `use` runs; links that lead out of it are noted as escaped. */
function withFiles<T>(
  { settings, signal }: Work,
  { type, source_url: url, parameters, ignore_rules }: Source,
  escaped: string[],
  use: (files: AsyncIterable<Found>) => Promise<T>,
): Promise<T> {
  const text = (key: string) => (typeof parameters?.[key] === 'string' ? (parameters[key] as string) || null : null)
  const ignored = ignoring(ignore_rules)
  const below = (folder: string) =>
    filesBelow(folder, {
      ignored,
      forbidden: (settings['DATA_DIR'] as string | undefined) ?? null,
      onEscape: path => void escaped.push(path),
    })
  switch (type) {
    case 'local':
      return use(below(localFolder(url)))
    case 'git': {
      const repository = { url, branch: text('branch'), username: text('username'), password: text('password') }
      return withClone(repository, signal, folder => use(below(folder)))
    }
    case 'amazon-s3': {
      const [id, secret] = [text('aws_access_key_id'), text('aws_secret_access_key')]
      return use(filesInBucket({ url, keys: id && secret ? { id, secret } : null }, ignored, signal))
    }
    default:
      throw new JobFailed(`Data sources of the type ${type} cannot be synchronized.`)
  }
}

function localFolder(url: string): string {
  let folder = url
  try {
    if (/^file:/i.test(url)) folder = fileURLToPath(url)
  } catch {
    throw new JobFailed(`${url} names no folder of this machine.`)
  }
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new JobFailed(`There is no folder ${folder}.`)
  return folder
}

/** Whoever may synchronize a source needs no permission to what follows from it. */
const writeCall = ({ db, registry, settings, storage, queue, job, input, signal }: Work): WriteCall => ({
  db,
  registry,
  settings,
  ...(storage && { storage }),
  queue,
  signal,
  author: { user: job.user, requestId: input.requestId },
  permissions: { constrain: () => everything, granted: () => everything },
})
