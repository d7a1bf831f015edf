import { rules } from '@demarc/engine/model'
import { addressesOf, countsAs, type Address } from './addresses.ts'
import { VirtualDeviceContext } from './virtualdevicecontext.ts'

const families = { primary_ip4: 4, primary_ip6: 6 } as const

export default rules(VirtualDeviceContext, {
  refs: ['device'],
  load: ({ changes, tx }) =>
    addressesOf(
      tx,
      changes.flatMap(({ row }) => [row['primary_ip4_id'], row['primary_ip6_id']]),
    ),
  prepare: {
    'a context is part of a device': ({ input, fail }) => {
      if (input['device'] === null) fail('device', 'This field may not be null.')
    },
  },
  check: {
    'primary addresses are on the device': ({ row, ref, fail }, addresses: ReadonlyMap<number, Address>) => {
      for (const [key, family] of Object.entries(families)) {
        const address = addresses.get(row[`${key}_id`])
        if (!address) continue
        const device = ref('device')
        if (address.family !== family) return fail(key, `The address is not an IPv${family} address.`)
        if (!device || !countsAs(address.own, device))
          return fail(key, 'The specified IP address is not assigned to this device.')
      }
    },
  },
})
