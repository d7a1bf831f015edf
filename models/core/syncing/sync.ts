import { inTransaction } from '@demarc/engine/database'
import { enqueue } from '@demarc/engine/job'
import { action, Answer } from '@demarc/engine/model'
import { DataSource } from '../datasource.ts'
import { syncName, syncSource } from './job.ts'

/** `POST …/sync/`: have the files of a data source fetched. Whoever may do that need not be allowed to view it. */
export const syncAction = action(DataSource, 'POST sync', {
  about: 'Have the files of the source fetched in the background.',
  permission: 'sync',
  refusal: 'This user does not have permission to synchronize this data source.',
  run: async ({ db, row, write, visible, full, brief }) => {
    const id = row['id'] as number
    const { queue, author } = write
    if (!queue) return new Answer(503, { detail: 'Nobody would do that: there is no queue of jobs.' })
    await inTransaction(db, async tx => {
      tx.touch('core_datasource')
      await tx.query(`update core_datasource set status = 'queued' where id = $1 and status <> 'syncing'`, [id])
      await enqueue(tx, queue, {
        kind: syncSource,
        name: syncName,
        input: { requestId: author.requestId },
        object: [DataSource.name, id],
        user: author.user?.id ?? null,
      })
    })
    return (await visible(DataSource.name, [id])).has(id)
      ? full(DataSource.name, id)
      : (await brief([[DataSource.name, id]]))[0]
  },
})
