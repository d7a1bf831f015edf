/** The version of the Internet Protocol. */
export type Family = 4 | 6

/** An address with its mask, or a network: `value` is the whole number, host bits included; `length` is the mask's. */
export interface Address {
  readonly family: Family
  readonly value: bigint
  readonly length: number
}

/** What every function here takes: text such as `10.0.0.1/24`, or a parsed value. */
export type AddressLike = string | Address

/** Thrown by functions given text that is no address; `code` is stable. Where text is a user's, ask `parseAddress`. */
export class AddressError extends Error {
  readonly code = 'invalid-address'
}

/**
 * Reads strict text: four decimal octets without leading zeros, or an IPv6 form of RFC 4291 2.2 without zone id; then
 * optionally `/` and a prefix length, netmask or hostmask (no mask: /32, /128). Null if the text is anything else.
 */
export function parseAddress(text: string): Address | null {
  const slash = text.indexOf('/')
  const host = slash < 0 ? text : text.slice(0, slash)
  const family = host.includes(':') ? 6 : 4
  const value = parseHost(host, family)
  if (value === null) return null
  const length = slash < 0 ? widthOf(family) : parseMask(text.slice(slash + 1), family)
  return length === null ? null : { family, value, length }
}

/** The parsed value of text, or the value itself. Throws AddressError if the text is no address. */
export function address(input: AddressLike): Address {
  if (typeof input !== 'string') return input
  const parsed = parseAddress(input)
  if (!parsed) throw new AddressError(`${JSON.stringify(input)} is not an IP address`)
  return parsed
}

/** Text with the mask always present: `10.0.0.1/24`, `2001:db8::/32`. */
export function formatAddress(input: AddressLike): string {
  const { family, value, length } = address(input)
  return `${formatHost(family, value)}/${length}`
}

/**
 * The text of a bare host as PostgreSQL's inet prints it: RFC 5952, save that an IPv6 address whose first 96 bits are
 * zero, or zero but for a last group ffff, ends in dotted form (`::1.2.3.4`, `::ffff:1.2.3.4`).
 */
export function formatHost(family: Family, value: bigint): string {
  return family === 4 ? dotted(Number(value)) : colonned(value)
}

/** 4 or 6. */
export const familyOf = (input: AddressLike): Family => address(input).family

/** The length of the mask: 24 of `10.0.0.1/24`, 32 of `10.0.0.1`. */
export const maskLengthOf = (input: AddressLike): number => address(input).length

/** The host without its mask: `10.0.0.1` of `10.0.0.1/24`. */
export function hostOf(input: AddressLike): string {
  const { family, value } = address(input)
  return formatHost(family, value)
}

/** Bits of an address of the family: 32 or 128. */
export const widthOf = (family: Family): 32 | 128 => (family === 4 ? 32 : 128)

/** The greatest address of the family as a number. */
export const maximumOf = (family: Family): bigint => (family === 4 ? MAXIMUM_4 : MAXIMUM_6)

const MAXIMUM_4 = (1n << 32n) - 1n
const MAXIMUM_6 = (1n << 128n) - 1n
const OCTET = '(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const DOTTED = new RegExp(`^${OCTET}\\.${OCTET}\\.${OCTET}\\.${OCTET}$`)
const GROUP = /^[0-9a-f]{1,4}$/i

function parseHost(text: string, family: Family): bigint | null {
  if (family === 6) return parseColonned(text)
  const octets = DOTTED.exec(text)
  if (!octets) return null
  return BigInt(((Number(octets[1]) * 256 + Number(octets[2])) * 256 + Number(octets[3])) * 256 + Number(octets[4]))
}

function parseColonned(text: string): bigint | null {
  if (text.length > 45) return null
  const halves = text.split('::')
  if (halves.length > 2) return null
  const last = halves.length - 1
  const groups = halves.map((half, index) => parseGroups(half, index === last))
  const [head, tail] = groups
  if (!head || tail === null) return null
  if (!tail) return head.length === 8 ? joinGroups(head) : null
  const zeros = 8 - head.length - tail.length
  return zeros < 1 ? null : joinGroups([...head, ...Array<number>(zeros).fill(0), ...tail])
}

function parseGroups(text: string, mayEndDotted: boolean): number[] | null {
  if (text === '') return []
  const parts = text.split(':')
  const groups: number[] = []
  for (const [index, part] of parts.entries()) {
    if (GROUP.test(part)) {
      groups.push(parseInt(part, 16))
      continue
    }
    const embedded = mayEndDotted && index === parts.length - 1 ? parseHost(part, 4) : null
    if (embedded === null) return null
    groups.push(Number(embedded >> 16n), Number(embedded & 0xffffn))
  }
  return groups
}

const joinGroups = (groups: number[]): bigint =>
  BigInt('0x' + groups.map(group => group.toString(16).padStart(4, '0')).join(''))

function parseMask(text: string, family: Family): number | null {
  const width = widthOf(family)
  if (/^(0|[1-9]\d{0,2})$/.test(text)) return Number(text) <= width ? Number(text) : null
  if (text.includes(':') !== (family === 6)) return null
  const mask = parseHost(text, family)
  if (mask === null) return null
  const asNetmask = lengthOfHostmask(maximumOf(family) ^ mask, width)
  return asNetmask ?? lengthOfHostmask(mask, width)
}

/** The prefix length a hostmask leaves (0.0.0.255 leaves 24), or null if it is not zeros followed by ones. */
function lengthOfHostmask(hostmask: bigint, width: number): number | null {
  if ((hostmask & (hostmask + 1n)) !== 0n) return null
  return hostmask === 0n ? width : width - hostmask.toString(2).length
}

const dotted = (value: number): string =>
  `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`

function colonned(value: bigint): string {
  const digits = value.toString(16).padStart(32, '0')
  const groups = Array.from({ length: 8 }, (_, index) => parseInt(digits.slice(index * 4, index * 4 + 4), 16))
  const { start, count } = longestZeros(groups)
  const hex = groups.map(group => group.toString(16))
  if (count < 2) return hex.join(':')
  if (start === 0 && (count === 6 || (count === 5 && groups[5] === 0xffff))) {
    return `::${count === 5 ? 'ffff:' : ''}${dotted(Number(value & MAXIMUM_4))}`
  }
  return `${hex.slice(0, start).join(':')}::${hex.slice(start + count).join(':')}`
}

/** The first of the longest runs of zero groups. */
function longestZeros(groups: number[]): { start: number; count: number } {
  let best = { start: -1, count: 0 }
  let count = 0
  for (const [index, group] of groups.entries()) {
    count = group === 0 ? count + 1 : 0
    if (count > best.count) best = { start: index - count + 1, count }
  }
  return best
}
