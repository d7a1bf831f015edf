import { action } from '@demarc/engine/model'
import { freeAddressesOfRange, type RangeRow } from './allocation/addresses.ts'
import { offered } from './allocation/offered.ts'
import { IPRange } from './iprange.ts'

export default [
  action(IPRange, 'GET available-ips', {
    about: 'The lowest free addresses of the range.',
    permission: 'view',
    offers: 'ipam.ipaddress',
    run: async call => offered(call, 'address', await freeAddressesOfRange(call.db, call.row as RangeRow, call.limit)),
  }),
]
