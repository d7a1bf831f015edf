const shape =
  /^(?<type>[^\d.:]+)?(?:(?<slot>\d+)\/)?(?:(?<subslot>\d+)\/)?(?:(?<position>\d+)\/)?(?:(?<subposition>\d+)\/)?(?<id>\d+)?(?::(?<channel>\d+))?(?:\.(?<vc>\d+))?(?<rest>[^]*)$/

/**
 * The key by which interfaces sort: what comes before slashes first, then the kind of interface, then its number. A part
 * that is missing sorts after every slot, and before every number.
 */
export function interfaceSortKey(name: string): string {
  const parts = shape.exec(name)?.groups ?? {}
  const slots = ['slot', 'subslot', 'position', 'subposition'].map(part => parts[part]?.padStart(4, '0') ?? '9999')
  const numbers = ['id', 'channel', 'vc'].map(part => parts[part]?.padStart(6, '0') ?? '......')
  const rest = (parts['rest'] ?? '').replace(/\d+/g, digits => digits.padStart(8, '0'))
  return [...slots, parts['type'] ?? '', ...numbers, rest].join('').slice(0, 100)
}
