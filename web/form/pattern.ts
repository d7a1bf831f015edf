import { Unfit } from '../field/input/view.ts'

/** Most values that one pattern may stand for. */
const most = 2000

/**
 * What a pattern stands for: `Ethernet[1-4,7]` for five names, `[ge,xe]-0/[0-1]` for four, the leftmost group slowest.
 * Text without such a group stands for itself. With `hex` the ranges of numbers are hexadecimal, as in IPv6 addresses.
 * Throws {@link Unfit} where a range makes no sense.
 */
export function expand(pattern: string, hex = false): readonly string[] {
  const found = /\[((?:[a-z0-9]+[,:?-])+[a-z0-9]+)\]/i.exec(pattern)
  if (!found) return [pattern]
  const before = pattern.slice(0, found.index)
  const after = expand(pattern.slice(found.index + found[0].length), hex)
  const values = found[1]!.split(',').flatMap(item => range(item, hex))
  if (values.length * after.length > most) throw new Unfit(`“${pattern}” stands for more than ${most} values.`)
  return values.flatMap(value => after.map(rest => before + value + rest))
}

function range(item: string, hex: boolean): readonly string[] {
  if (!item.includes('-')) return [item]
  const [from = '', to = '', more] = item.split('-')
  const base = [from, to].every(each => /^\d+$/.test(each)) && !hex ? 10 : 16
  if (more === undefined && (base === 10 || (hex && [from, to].every(each => /^[0-9a-f]+$/i.test(each)))))
    return steps(item, parseInt(from, base), parseInt(to, base), each => each.toString(base))
  const letters = [/^[a-z]$/, /^[A-Z]$/].some(kind => kind.test(from) && kind.test(to))
  if (more === undefined && letters)
    return steps(item, from.charCodeAt(0), to.charCodeAt(0), each => String.fromCharCode(each))
  throw new Unfit(`“${item}” is no range: give two numbers or two letters, as 1-10 or a-f.`)
}

function steps(item: string, from: number, to: number, write: (each: number) => string): readonly string[] {
  if (from >= to) throw new Unfit(`“${item}” is no range: it must rise.`)
  if (to - from >= most) throw new Unfit(`“${item}” stands for more than ${most} values.`)
  return Array.from({ length: to - from + 1 }, (_, at) => write(from + at))
}
