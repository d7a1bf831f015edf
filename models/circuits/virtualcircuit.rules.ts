import { rules } from '@demarc/engine/model'
import { VirtualCircuit } from './virtualcircuit.ts'

export default rules(VirtualCircuit, {
  refs: ['provider_network', 'provider_account'],
  check: {
    'a virtual circuit is billed to an account with the provider of its network': ({ ref, fail }) => {
      const account = ref('provider_account')
      if (account && account.provider_id !== ref('provider_network').provider_id)
        fail('provider_account', `The provider account ${account.account} belongs to another provider.`)
    },
  },
})
