import { Exposed } from '@demarc/jinja'
import {
  address,
  broadcastOf,
  firstOf,
  familyOf,
  formatHost,
  hostOf,
  lastOf,
  maskLengthOf,
  networkOf,
  sizeOf,
  widthOf,
  type Family,
} from '@demarc/netaddr'

const host = (family: Family, value: bigint): NetworkAddress => new NetworkAddress(formatHost(family, value))

/** An address or a network as templates know it from Python's netaddr: `address.ip`, `prefix.prefixlen` … */
export class NetworkAddress extends Exposed {
  readonly type = 'netaddr.IPNetwork'
  readonly #text: string

  constructor(text: string) {
    super()
    this.#text = text
  }
  override get identity(): string {
    return `netaddr:${this.#text}`
  }
  override attribute(name: string): unknown {
    const text = this.#text
    const family = familyOf(text)
    const length = maskLengthOf(text)
    const width = widthOf(family)
    const all = (1n << BigInt(width)) - 1n
    const hostBits = (1n << BigInt(width - length)) - 1n
    switch (name) {
      case 'ip':
        return new NetworkAddress(hostOf(text))
      case 'prefixlen':
        return length
      case 'version':
        return family
      case 'network':
        return new NetworkAddress(hostOf(networkOf(text)))
      case 'cidr':
        return new NetworkAddress(networkOf(text))
      case 'netmask':
        return host(family, all ^ hostBits)
      case 'hostmask':
        return host(family, hostBits)
      case 'broadcast': {
        const last = broadcastOf(text)
        return last === null ? null : new NetworkAddress(hostOf(last))
      }
      case 'size':
        return integer(sizeOf(text))
      case 'first':
        return integer(firstOf(text))
      case 'last':
        return integer(lastOf(text))
      case 'value':
        return integer(address(text).value)
      default:
        return undefined
    }
  }
  override repr(): string {
    return this.#text
  }
}

const integer = (value: bigint | number): number | bigint =>
  value <= Number.MAX_SAFE_INTEGER ? Number(value) : BigInt(value)
