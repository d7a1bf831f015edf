import { action } from '@demarc/engine/model'
import { freeAddressesOfPrefix, type PrefixRow } from './allocation/addresses.ts'
import { offered } from './allocation/offered.ts'
import { freePrefixes } from './allocation/prefixes.ts'
import { Prefix } from './prefix.ts'

export default [
  action(Prefix, 'GET available-ips', {
    about: 'The lowest free addresses of the prefix.',
    permission: 'view',
    offers: 'ipam.ipaddress',
    run: async call =>
      offered(call, 'address', await freeAddressesOfPrefix(call.db, call.row as PrefixRow, call.limit)),
  }),
  action(Prefix, 'GET available-prefixes', {
    about: 'The free space of the prefix, as the fewest blocks.',
    permission: 'view',
    offers: 'ipam.prefix',
    run: async call => offered(call, 'prefix', await freePrefixes(call.db, call.row as PrefixRow)),
  }),
]
