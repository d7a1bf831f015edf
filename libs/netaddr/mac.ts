/**
 * Reads a 48-bit MAC address in any common notation as `AA:BB:CC:DD:EE:FF`; null if it is none. Notations are
 * `aa:bb:cc:dd:ee:ff`, `aa-bb-…`, `aabb.ccdd.eeff`, `aabbcc-ddeeff` and bare digits; leading zeros of a short group may
 * be left out, spaces do not count.
 */
export const parseMac = (text: string): string | null => parseOctets(text, 6)

/** Reads a 64-bit World Wide Name likewise, as `AA:BB:CC:DD:EE:FF:00:11`. Null if it is none. */
export const parseWwn = (text: string): string | null => parseOctets(text, 8)

function parseOctets(text: string, count: 6 | 8): string | null {
  const compact = text.replaceAll(' ', '')
  const separator = /[:.-]/.exec(compact)?.[0]
  const groups = separator ? compact.split(separator) : [compact]
  const size = (count * 2) / groups.length
  const dotsFit = separator !== '.' || size === 4
  const sizeFits = size === 2 || size === 4 || size === 6 || groups.length === 1
  const shortest = size > 4 ? size : 1
  if (!dotsFit || !sizeFits) return null
  if (!groups.every(group => /^[0-9a-f]+$/i.test(group) && group.length >= shortest && group.length <= size))
    return null
  const digits = groups
    .map(group => group.padStart(size, '0'))
    .join('')
    .toUpperCase()
  return digits.match(/../g)!.join(':')
}
