import { address, formatAddress, formatHost, widthOf, type Address, type AddressLike, type Family } from './address.ts'
import { firstOf, lastOf } from './network.ts'

/** Consecutive addresses, both ends included. */
export interface Range {
  readonly family: Family
  readonly first: bigint
  readonly last: bigint
}

/** All addresses of a network. */
export const rangeOf = (network: AddressLike): Range => ({
  family: address(network).family,
  first: firstOf(network),
  last: lastOf(network),
})

/** The hosts from start to end, masks ignored; null if the families differ or the end lies before the start. */
export function rangeBetween(start: AddressLike, end: AddressLike): Range | null {
  const { family, value: first } = address(start)
  const { family: other, value: last } = address(end)
  return family === other && first <= last ? { family, first, last } : null
}

/** How many addresses the range has. */
export const rangeSize = ({ first, last }: Range): bigint => last - first + 1n

/**
 * The addresses of a network to give to hosts: no IPv4 network and broadcast, no IPv6 subnet-router anycast (RFC 4291
 * 2.6.1), but everything in a pool, a /31 or /127 (RFC 3021, RFC 6164) and a single address.
 */
export function usableRange(network: AddressLike, { pool = false }: { pool?: boolean } = {}): Range {
  const { family, length } = address(network)
  const { first, last } = rangeOf(network)
  if (pool || length >= widthOf(family) - 1) return { family, first, last }
  return { family, first: first + 1n, last: family === 4 ? last - 1n : last }
}

/** The union of ranges as the fewest ranges, ascending, IPv4 first; overlapping and adjacent ones become one. */
export function mergeRanges(ranges: Iterable<Range>): Range[] {
  const merged: { family: Family; first: bigint; last: bigint }[] = []
  for (const { family, first, last } of [...ranges].sort(ascending)) {
    const previous = merged.at(-1)
    if (previous?.family !== family || first > previous.last + 1n) merged.push({ family, first, last })
    else if (last > previous.last) previous.last = last
  }
  return merged
}

/** What remains of a range without the taken ones, ascending; ranges of the other family take nothing. */
export function subtractRanges(from: Range, taken: Iterable<Range>): Range[] {
  const free: Range[] = []
  let next = from.first
  for (const { family, first, last } of mergeRanges(taken)) {
    if (family !== from.family || last < next) continue
    if (first > from.last) break
    if (first > next) free.push({ family, first: next, last: first - 1n })
    next = last + 1n
  }
  if (next <= from.last) free.push({ family: from.family, first: next, last: from.last })
  return free
}

/** The fewest CIDR blocks that make up the range: maximal, aligned, ascending. */
export function networksOf({ family, first, last }: Range): string[] {
  const blocks: string[] = []
  for (let next = first; next <= last;) {
    const bits = Math.min(trailingZeros(next, widthOf(family)), (last - next + 1n).toString(2).length - 1)
    blocks.push(formatAddress({ family, value: next, length: widthOf(family) - bits }))
    next += 1n << BigInt(bits)
  }
  return blocks
}

/** A network without the taken networks, as the fewest CIDR blocks, ascending. Takes any overlap, duplicates included. */
export function subtract(network: AddressLike, taken: Iterable<AddressLike>): string[] {
  return subtractRanges(rangeOf(network), Array.from(taken, rangeOf)).flatMap(networksOf)
}

/** The union of networks as the fewest CIDR blocks, ascending, IPv4 first. */
export function summarise(networks: Iterable<AddressLike>): string[] {
  return mergeRanges(Array.from(networks, rangeOf)).flatMap(networksOf)
}

/**
 * First fit: takes the lowest network of the length out of free blocks given ascending, and says which blocks then
 * remain, still ascending. Null if no block is large enough.
 */
export function takeNetwork(free: readonly AddressLike[], length: number): { network: string; free: string[] } | null {
  const at = free.findIndex(block => address(block).length <= length)
  const block = free[at]
  if (block === undefined || length > widthOf(address(block).family)) return null
  const network = formatAddress({ family: address(block).family, value: firstOf(block), length })
  const rest = subtract(block, [network])
  return { network, free: [...free.slice(0, at).map(formatAddress), ...rest, ...free.slice(at + 1).map(formatAddress)] }
}

/** The addresses of a range one by one, ascending, each with the mask length given (else /32 or /128). */
export function* iterate({ family, first, last }: Range, length: number = widthOf(family)): Generator<Address> {
  for (let value = first; value <= last; value++) yield { family, value, length }
}

/**
 * The display text of a range: `192.0.2.10-20/24`, `2001:db8::1-ff/64`, `192.0.2.1-192.0.2.1/24` for a single address.
 * The parts that are equal at the same position, wherever that is, become the common head, as in NetBox.
 */
export function formatRange(start: AddressLike, end: AddressLike): string {
  const { family, value, length } = address(start)
  const first = formatHost(family, value)
  const last = formatHost(address(end).family, address(end).value)
  if (first === last) return `${first}-${last}/${length}`
  const separator = family === 4 ? '.' : ':'
  const parts = first.split(separator)
  const otherParts = last.split(separator)
  const common = parts.filter((part, index) => part === otherParts[index])
  const head = common.join(separator) + separator
  const [from, to] = [parts, otherParts].map(list => list.slice(common.length).join(separator))
  return `${head}${from}-${to}/${length}`
}

function ascending(a: Range, b: Range): number {
  if (a.family !== b.family) return a.family - b.family
  return a.first < b.first ? -1 : a.first > b.first ? 1 : 0
}

/** How often the number can be halved; at most `limit`. */
function trailingZeros(value: bigint, limit: number): number {
  return value === 0n ? limit : (value & -value).toString(2).length - 1
}
