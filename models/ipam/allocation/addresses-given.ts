import type { ReadCall } from '@demarc/engine/model'
import { maskLengthOf, parseAddress, widthOf, formatAddress } from '@demarc/netaddr'
import type { Reader } from './gaps.ts'
import { give, readLength, type AskedFaults } from './give.ts'

/** Create addresses of a prefix or range whose lowest free ones `free` finds, each with a mask of its own where it asks for one. */
export const giveAddresses = (
  call: ReadCall,
  within: string,
  free: (db: Reader, count: number) => Promise<string[]>,
) => {
  const [least, most] = [maskLengthOf(within), widthOf(parseAddress(within)!.family)]
  return give(call, {
    kind: 'available-ips',
    model: 'ipam.ipaddress',
    check(asked) {
      const faults: AskedFaults = {}
      if (!('prefix_length' in asked)) return faults
      const length = readLength(asked['prefix_length'], fault => (faults['prefix_length'] = [fault]))
      if (length === undefined) return faults
      if (length < least) faults['prefix_length'] = `The mask must not be shorter than that of its parent (${least}).`
      else if (length > most) faults['prefix_length'] = `The mask must not be longer than ${most}.`
      return faults
    },
    async find(tx, asked) {
      const found = await free(tx, asked.length)
      if (found.length < asked.length) return null
      return asked.map((one, at) => {
        const address = parseAddress(found[at]!)!
        const length = 'prefix_length' in one ? Number(one['prefix_length']) : address.length
        return { address: formatAddress({ ...address, length }), vrf: call.row['vrf_id'] }
      })
    },
  })
}
