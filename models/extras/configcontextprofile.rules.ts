import { schemaFault } from '@demarc/engine/jsonschema'
import { rules } from '@demarc/engine/model'
import { ConfigContextProfile } from './configcontextprofile.ts'
import { contentKey, dropSyncRecords, keepSyncRecords, loadFiles, syncedFrom } from './syncing/synced.ts'

export default rules(ConfigContextProfile, {
  load: loadFiles,
  prepare: syncedFrom('schema', 'data'),
  check: {
    'the schema is a valid JSON schema': change => {
      const { schema } = change.row
      if (schema === null || !change.changed('schema')) return
      const fault = schemaFault(schema)
      if (fault) change.fail(contentKey(change, 'schema'), fault)
    },
  },
  after: keepSyncRecords,
  afterDelete: dropSyncRecords,
})
