import { rules } from '@demarc/engine/model'
import { Circuit } from './circuit.ts'
import { checkDistance, checkDistanceUnit, storeDistance } from './distance-rules.ts'

export default rules(Circuit, {
  refs: ['provider_account'],
  prepare: { 'a distance is not negative': checkDistance },
  check: {
    'a circuit is billed to an account with its provider': ({ row, ref, fail }) => {
      const account = ref('provider_account')
      if (account && account.provider_id !== row['provider_id'])
        fail('provider_account', `The provider account ${account.account} belongs to another provider.`)
    },
    'a distance has a unit': checkDistanceUnit,
  },
  store: { 'a distance is kept in metres': storeDistance },
})
