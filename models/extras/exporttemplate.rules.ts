import { rules } from '@demarc/engine/model'
import { ExportTemplate } from './exporttemplate.ts'
import { rendered } from './rendering/environment.ts'
import { dropSyncRecords, keepSyncRecords, loadFiles, syncedFrom } from './syncing/synced.ts'

export default rules(ExportTemplate, {
  load: loadFiles,
  prepare: syncedFrom('template_code', 'text'),
  check: {
    ...rendered,
    'the name of the export that is always there is taken': ({ row, fail }) => {
      if (row['name'].toLowerCase() === 'table') fail('name', `"${row['name']}" is a reserved name.`)
    },
  },
  after: keepSyncRecords,
  afterDelete: dropSyncRecords,
})
