import { schemaFault } from '@demarc/engine/jsonschema'
import { rules } from '@demarc/engine/model'
import { ModuleTypeProfile } from './moduletypeprofile.ts'

export default rules(ModuleTypeProfile, {
  check: {
    'a schema is a JSON schema': ({ row, fail }) => {
      const fault = row['schema'] === null ? null : schemaFault(row['schema'])
      if (fault) fail('schema', fault)
    },
  },
})
