import { dataFault } from '@demarc/engine/jsonschema'
import { rules } from '@demarc/engine/model'
import { gramsOf } from '../units.ts'
import { ModuleType } from './moduletype.ts'

export default rules(ModuleType, {
  refs: ['profile'],
  prepare: {
    'attributes are added to those that are there': ({ row, before, input, fail }) => {
      if (!('attributes' in input)) return
      const sent = input['attributes']
      if (sent !== null && (typeof sent !== 'object' || Array.isArray(sent)))
        return fail('attributes', 'Value must be a dictionary of attributes.')
      const isEmpty = sent === null || Object.keys(sent).length === 0
      const all = Object.entries({ ...before?.['attribute_data'], ...sent })
      // An attribute without a value is taken away.
      row['attribute_data'] = isEmpty ? sent : Object.fromEntries(all.filter(([, value]) => value !== null))
    },
  },
  check: {
    'attributes are those of the profile': ({ row, ref, fail }) => {
      const schema = ref('profile')?.schema
      if (!schema || Object.keys(schema).length === 0) {
        row['attribute_data'] = null
        return
      }
      const fault = dataFault(schema, row['attribute_data'])
      if (fault) fail(null, `Invalid schema: ${fault}`)
    },
  },
  store: {
    'weights are comparable whatever their unit': ({ row }) => {
      row['_abs_weight'] = gramsOf(row['weight'], row['weight_unit'])
    },
  },
})
