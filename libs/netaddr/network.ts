import { address, formatAddress, formatHost, maximumOf, widthOf, type Address, type AddressLike } from './address.ts'

/** The network in CIDR form, host bits cleared: `10.0.0.0/24` of `10.0.0.1/24`. */
export function networkOf(input: AddressLike): string {
  const { family, length } = address(input)
  return formatAddress({ family, value: firstOf(input), length })
}

/** The broadcast host of an IPv4 network up to /30; null where there is none (/31, /32, IPv6). */
export function broadcastOf(input: AddressLike): string | null {
  const { family, length } = address(input)
  return family === 4 && length < 31 ? formatHost(4, lastOf(input)) : null
}

/** The first address of the network, as a number. */
export function firstOf(input: AddressLike): bigint {
  const parsed = address(input)
  return parsed.value & ~hostBits(parsed)
}

/** The last address of the network, as a number. */
export function lastOf(input: AddressLike): bigint {
  const parsed = address(input)
  return parsed.value | hostBits(parsed)
}

/** How many addresses the network has. */
export const sizeOf = (input: AddressLike): bigint => hostBits(address(input)) + 1n

/** Whether the address is not the first of its network, so that it cannot be a prefix. */
export function hasHostBits(input: AddressLike): boolean {
  const parsed = address(input)
  return (parsed.value & hostBits(parsed)) !== 0n
}

/** Whether the second network lies inside the first or equals it (PostgreSQL `>>=`). Families never mix. */
export function contains(outer: AddressLike, inner: AddressLike): boolean {
  const a = address(outer)
  const b = address(inner)
  return a.family === b.family && a.length <= b.length && leadingBits(a, a.length) === leadingBits(b, a.length)
}

/** Whether the second network lies inside the first and is smaller (PostgreSQL `>>`). */
export function containsStrictly(outer: AddressLike, inner: AddressLike): boolean {
  return address(outer).length < address(inner).length && contains(outer, inner)
}

/** Whether one of the two networks contains the other (PostgreSQL `&&`). */
export const overlaps = (a: AddressLike, b: AddressLike): boolean => contains(a, b) || contains(b, a)

/** Orders by bare host, the mask ignored: IPv4 first, then the number. Returns -1, 0 or 1. */
export function compareHosts(left: AddressLike, right: AddressLike): -1 | 0 | 1 {
  const a = address(left)
  const b = address(right)
  return a.family - b.family ? sign(a.family - b.family) : sign(a.value - b.value)
}

/**
 * Orders as PostgreSQL orders inet: IPv4 first, then the bits common to both masks, then the shorter mask, then all
 * bits. Returns -1, 0 or 1.
 */
export function compareInet(left: AddressLike, right: AddressLike): -1 | 0 | 1 {
  const a = address(left)
  const b = address(right)
  if (a.family !== b.family) return sign(a.family - b.family)
  const common = Math.min(a.length, b.length)
  return sign(leadingBits(a, common) - leadingBits(b, common)) || sign(a.length - b.length) || sign(a.value - b.value)
}

const hostBits = ({ family, length }: Address): bigint => maximumOf(family) >> BigInt(length)

const leadingBits = ({ family, value }: Address, count: number): bigint => value >> BigInt(widthOf(family) - count)

const sign = (difference: number | bigint): -1 | 0 | 1 => (difference < 0 ? -1 : difference > 0 ? 1 : 0)
