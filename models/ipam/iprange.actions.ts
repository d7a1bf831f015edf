import { action } from '@demarc/engine/model'
import { giveAddresses } from './allocation/addresses-given.ts'
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
  action(IPRange, 'POST available-ips', {
    about: 'Create addresses: the lowest free ones of the range.',
    permission: 'view',
    offers: 'ipam.ipaddress',
    run: call =>
      giveAddresses(call, call.row['start_address'], (db, count) =>
        freeAddressesOfRange(db, call.row as RangeRow, count),
      ),
  }),
]
