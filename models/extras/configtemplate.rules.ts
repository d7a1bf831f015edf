import { rules } from '@demarc/engine/model'
import { ConfigTemplate } from './configtemplate.ts'
import { rendered } from './rendering/environment.ts'
import { dropSyncRecords, keepSyncRecords, loadFiles, syncedFrom } from './syncing/synced.ts'

export default rules(ConfigTemplate, {
  load: loadFiles,
  prepare: syncedFrom('template_code', 'text'),
  check: rendered,
  after: keepSyncRecords,
  afterDelete: dropSyncRecords,
})
