import { dataFault } from '@demarc/engine/jsonschema'
import { rules } from '@demarc/engine/model'
import { ConfigContext } from './configcontext.ts'
import { contentKey, dropSyncRecords, keepSyncRecords, loadFiles, syncedFrom } from './syncing/synced.ts'

export default rules(ConfigContext, {
  refs: ['profile'],
  load: loadFiles,
  prepare: syncedFrom('data', 'data'),
  check: {
    'the data is an object': change => {
      const { data } = change.row
      if (typeof data !== 'object' || data === null || Array.isArray(data))
        change.fail(contentKey(change, 'data'), 'JSON data must be in object form. Example: {"foo": 123}')
    },
    'the data conforms to the schema of the profile': ({ row, ref, fail }) => {
      const schema = ref('profile')?.schema
      const fault = schema ? dataFault(schema, row['data']) : undefined
      if (fault) fail(null, `Data does not conform to profile schema: ${fault}`)
    },
  },
  after: keepSyncRecords,
  afterDelete: dropSyncRecords,
})
