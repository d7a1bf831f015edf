import { dataIn, isJson, textIn } from '@demarc/engine/datasource'
import type { Batch, Change, Rules } from '@demarc/engine/model'

/** What an object takes from its file: text as it is, or the data that the text says. */
type Content = 'text' | 'data'

interface DataFile {
  readonly id: number
  readonly source_id: number
  readonly path: string
  readonly data: Uint8Array
}

export interface Synced {
  readonly now: string
  readonly files: ReadonlyMap<number, DataFile>
}

/** The files that rows take their content from. One statement. */
export async function loadFiles({ changes, rowsOf }: Batch): Promise<Synced> {
  return {
    now: new Date().toISOString(),
    files: await rowsOf(
      'core.datafile',
      changes.map(change => change.row['data_file_id']),
    ),
  }
}

/** The rules of what may take the content of a field from a data file. Rules of the field itself come after: they judge the copy. */
export const syncedFrom = (field: string, content: Content): NonNullable<Rules['prepare']> => ({
  'an object with a data file takes its content from there': (change, { files, now }: Synced) => {
    const { row } = change
    const file = files.get(row['data_file_id'])
    if (!file) {
      Object.assign(row, { data_source_id: null, data_path: '', auto_sync_enabled: false, data_synced: null })
      return
    }
    Object.assign(row, { data_source_id: file.source_id, data_path: file.path, data_synced: now })
    const text = textIn(file.data)
    const value = content === 'text' ? text : text === null ? undefined : dataIn(text)
    if (value === null || value === undefined || value === '')
      change.fail('data_file', 'The selected data file is empty or its content could not be read.')
    else if (!isJson(value)) change.fail('data_file', 'Value must be valid JSON.')
    else row[field] = value
  },
})

/** The key under which what is wrong with the content of a field is told. */
export const contentKey = ({ row }: Change, field: string): string =>
  row['data_file_id'] === null ? field : 'data_file'

/** What is to follow a data file is on record: by that it is found when the file has changed. */
export const keepSyncRecords: NonNullable<Rules['after']> = {
  'what follows a data file is on record': async ({ model, changes, tx }) => {
    const following = changes.filter(({ row }) => row['auto_sync_enabled'] && row['data_file_id'] !== null)
    const others = changes.filter(change => !following.includes(change))
    if (others.some(({ before }) => before?.['auto_sync_enabled'])) {
      tx.touch('core_autosyncrecord')
      await tx.query('delete from core_autosyncrecord where object_type = $1 and object_id = any($2::bigint[])', [
        model.name,
        others.map(({ id }) => id),
      ])
    }
    if (following.length === 0) return
    tx.touch('core_autosyncrecord')
    await tx.query(
      `insert into core_autosyncrecord (datafile_id, object_type, object_id)
       select file, $1, id from unnest($2::bigint[], $3::bigint[]) as v(id, file)
       on conflict (object_type, object_id) do update set datafile_id = excluded.datafile_id`,
      [model.name, following.map(({ id }) => id), following.map(({ row }) => row['data_file_id'])],
    )
  },
}

/** What is gone follows no file. */
export const dropSyncRecords: NonNullable<Rules['afterDelete']> = {
  'what is gone follows no data file': async ({ model, changes, tx }) => {
    tx.touch('core_autosyncrecord')
    await tx.query('delete from core_autosyncrecord where object_type = $1 and object_id = any($2::bigint[])', [
      model.name,
      changes.map(({ id }) => id),
    ])
  },
}
