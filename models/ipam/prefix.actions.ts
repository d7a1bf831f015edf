import { action } from '@demarc/engine/model'
import { familyOf, takeNetwork, widthOf } from '@demarc/netaddr'
import { giveAddresses } from './allocation/addresses-given.ts'
import { freeAddressesOfPrefix, type PrefixRow } from './allocation/addresses.ts'
import { give } from './allocation/give.ts'
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
  action(Prefix, 'POST available-ips', {
    about: 'Create addresses: the lowest free ones of the prefix.',
    permission: 'view',
    offers: 'ipam.ipaddress',
    run: call =>
      giveAddresses(call, call.row['prefix'], (db, count) => freeAddressesOfPrefix(db, call.row as PrefixRow, count)),
  }),
  action(Prefix, 'POST available-prefixes', {
    about: 'Create prefixes of the lengths asked for, each in the first free block that holds it.',
    permission: 'view',
    offers: 'ipam.prefix',
    run: call =>
      give(call, {
        kind: 'available-prefixes',
        model: 'ipam.prefix',
        check({ prefix_length: length }) {
          const most = widthOf(familyOf(call.row['prefix']))
          if (typeof length !== 'number' || !Number.isInteger(length))
            return { prefix_length: 'Give the length of the prefix to create, as a number.' }
          return length > most ? { prefix_length: `A prefix here is no longer than ${most}.` } : {}
        },
        async find(tx, asked) {
          let free = await freePrefixes(tx, call.row as PrefixRow)
          const found = []
          for (const one of asked) {
            const taken = takeNetwork(free, one['prefix_length'] as number)
            if (!taken) return null
            free = taken.free
            found.push({ prefix: taken.network, vrf: call.row['vrf_id'] })
          }
          return found
        },
      }),
  }),
]
