import { bind, type Args, type Parameters } from '../args.ts'
import type { Host, Method } from '../host.ts'
import { typeError, valueError } from '../errors.ts'
import { formatBraces } from '../format.ts'
import { itemsOf } from '../operators.ts'
import { isMapping, lengthOfText, mappingEntries, Markup, Tuple, typeName, Undefined } from '../values.ts'

const letter = /\p{L}/u
const some = (pattern: RegExp) => (self: string) => self !== '' && pattern.test(self)
const fromAny = (value: unknown): string => {
  if (value instanceof Markup) return value.value
  if (value instanceof Undefined) throw value.error()
  if (typeof value !== 'string') throw typeError(`expected str, got ${typeName(value)}`)
  return value
}

/** A method with declared parameters. */
const declared =
  (name: string, parameters: Parameters, run: (self: string, values: unknown[], host: Host) => unknown): Method =>
  (self: string, args: Args, host: Host) =>
    run(self, bind(name, parameters, args), host)

const named = (
  methods: Readonly<Record<string, readonly [Parameters, (self: string, values: unknown[], host: Host) => unknown]>>,
): Record<string, Method> =>
  Object.fromEntries(
    Object.entries(methods).map(([name, [parameters, run]]) => [name, declared(name, parameters, run)]),
  )

/** Each word with a capital, the rest small. */
const titleCase = (text: string): string =>
  text.replace(/\p{L}+/gu, word => {
    const [first, ...rest] = [...word]
    return first!.toUpperCase() + rest.join('').toLowerCase()
  })

/** A text without these characters (white space if null) at one or both ends. */
export function strip(text: string, characters: unknown, start = true, end = true): string {
  if (characters === null || characters === undefined) {
    const left = start ? text.trimStart() : text
    return end ? left.trimEnd() : left
  }
  const set = new Set(fromAny(characters))
  const letters = [...text]
  let from = 0
  let to = letters.length
  if (start) while (from < to && set.has(letters[from]!)) from++
  if (end) while (to > from && set.has(letters[to - 1]!)) to--
  return letters.slice(from, to).join('')
}

function split(text: string, separator: unknown, limit: number, fromRight: boolean): string[] {
  if (separator === null || separator === undefined) {
    const trimmed = text.trim()
    if (!trimmed) return []
    const words = trimmed.split(/\s+/)
    if (limit < 0 || words.length <= limit + 1) return words
    if (fromRight) {
      let rest = text.trimEnd()
      const tail: string[] = []
      while (tail.length < limit) {
        const word = /\S+$/.exec(rest)![0]
        tail.unshift(word)
        rest = rest.slice(0, -word.length).trimEnd()
      }
      return [rest, ...tail]
    }
    let rest = text.trimStart()
    const head: string[] = []
    while (head.length < limit) {
      const word = /^\S+/.exec(rest)![0]
      head.push(word)
      rest = rest.slice(word.length).trimStart()
    }
    return [...head, rest]
  }
  const mark = fromAny(separator)
  if (!mark) throw valueError('empty separator')
  const parts = text.split(mark)
  if (limit < 0 || parts.length <= limit + 1) return parts
  if (fromRight) {
    const cut = parts.length - limit
    return [parts.slice(0, cut).join(mark), ...parts.slice(cut)]
  }
  return [...parts.slice(0, limit), parts.slice(limit).join(mark)]
}

function window(text: string, from: unknown, to: unknown): [string, number] {
  const bound = (value: unknown, fallback: number): number => {
    if (value === null || value === undefined) return fallback
    const at = Number(value)
    return at < 0 ? Math.max(0, text.length + at) : at
  }
  const start = bound(from, 0)
  return [text.slice(start, bound(to, text.length)), start]
}

function find(text: string, values: readonly unknown[], last: boolean, must: boolean): number {
  const [part, start] = window(text, values[1], values[2])
  const sub = fromAny(values[0])
  const at = last ? part.lastIndexOf(sub) : part.indexOf(sub)
  if (at < 0 && must) throw valueError('substring not found')
  return at < 0 ? -1 : at + start
}

function affix(values: readonly unknown[], text: string, test: (part: string, affix: string) => boolean): boolean {
  const [part] = window(text, values[1], values[2])
  const wanted = values[0] instanceof Tuple ? [...values[0]] : [values[0]]
  return wanted.some(one => test(part, fromAny(one)))
}

function padded(text: string, values: readonly unknown[], host: Host, at: 'left' | 'right' | 'both'): string {
  const width = Number(values[0])
  const fill = fromAny(values[1])
  host.budget.length(width)
  const room = Math.max(0, width - lengthOfText(text))
  if (at === 'right') return text + fill.repeat(room)
  if (at === 'left') return fill.repeat(room) + text
  const left = Math.floor(room / 2) + (room & width & 1)
  return fill.repeat(left) + text + fill.repeat(room - left)
}

const searched: Parameters = ['sub', ['start', null], ['end', null]]
const splitting: Parameters = [
  ['sep', null],
  ['maxsplit', -1],
]
const padding: Parameters = ['width', ['fillchar', ' ']]
const stripping: Parameters = [['chars', null]]

/** What texts can do. */
export const textMethods: Readonly<Record<string, Method>> = {
  ...named({
    upper: [[], self => self.toUpperCase()],
    lower: [[], self => self.toLowerCase()],
    casefold: [[], self => self.toLowerCase().replaceAll('ß', 'ss')],
    title: [[], self => titleCase(self)],
    capitalize: [[], self => self.charAt(0).toUpperCase() + self.slice(1).toLowerCase()],
    swapcase: [[], self => [...self].map(c => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())).join('')],
    strip: [stripping, (self, [characters]) => strip(self, characters)],
    lstrip: [stripping, (self, [characters]) => strip(self, characters, true, false)],
    rstrip: [stripping, (self, [characters]) => strip(self, characters, false, true)],
    split: [splitting, (self, [separator, limit]) => split(self, separator, Number(limit), false)],
    rsplit: [splitting, (self, [separator, limit]) => split(self, separator, Number(limit), true)],
    splitlines: [
      [['keepends', false]],
      (self, [keep]) => {
        const lines = self.split(/(?<=\r\n|\n|\r(?!\n)|\v|\f)/)
        if (lines.at(-1) === '') lines.pop()
        return keep ? lines : lines.map(line => line.replace(/(?:\r\n|[\n\r\v\f])$/, ''))
      },
    ],
    replace: [
      ['old', 'new', ['count', -1]],
      (self, [old, fresh, count], { budget }) => {
        const [from, to] = [fromAny(old), fromAny(fresh)]
        if (from === '' && Number(count) < 0) budget.length(self.length * (to.length + 1))
        return replaced(self, from, to, Number(count), budget.length.bind(budget))
      },
    ],
    find: [searched, (self, values) => find(self, values, false, false)],
    rfind: [searched, (self, values) => find(self, values, true, false)],
    index: [searched, (self, values) => find(self, values, false, true)],
    rindex: [searched, (self, values) => find(self, values, true, true)],
    count: [
      searched,
      (self, values) => {
        const [part] = window(self, values[1], values[2])
        const sub = fromAny(values[0])
        return sub === '' ? lengthOfText(part) + 1 : part.split(sub).length - 1
      },
    ],
    startswith: [['prefix', ['start', null], ['end', null]], (self, v) => affix(v, self, (t, a) => t.startsWith(a))],
    endswith: [['suffix', ['start', null], ['end', null]], (self, v) => affix(v, self, (t, a) => t.endsWith(a))],
    removeprefix: [['prefix'], (self, [p]) => (self.startsWith(fromAny(p)) ? self.slice(fromAny(p).length) : self)],
    removesuffix: [
      ['suffix'],
      (self, [s]) => (fromAny(s) && self.endsWith(fromAny(s)) ? self.slice(0, -fromAny(s).length) : self),
    ],
    partition: [
      ['sep'],
      (self, [separator]) => {
        const at = self.indexOf(fromAny(separator))
        if (at < 0) return Tuple.list([self, '', ''])
        return Tuple.list([self.slice(0, at), separator, self.slice(at + fromAny(separator).length)])
      },
    ],
    rpartition: [
      ['sep'],
      (self, [separator]) => {
        const at = self.lastIndexOf(fromAny(separator))
        if (at < 0) return Tuple.list(['', '', self])
        return Tuple.list([self.slice(0, at), separator, self.slice(at + fromAny(separator).length)])
      },
    ],
    center: [padding, (self, values, host) => padded(self, values, host, 'both')],
    ljust: [padding, (self, values, host) => padded(self, values, host, 'right')],
    rjust: [padding, (self, values, host) => padded(self, values, host, 'left')],
    zfill: [
      ['width'],
      (self, [width], { budget }) => {
        budget.length(Number(width))
        const sign = /^[-+]?/.exec(self)![0]
        return sign + self.slice(sign.length).padStart(Number(width) - sign.length, '0')
      },
    ],
    expandtabs: [
      [['tabsize', 8]],
      (self, [size], { budget }) => {
        budget.length((self.split('\t').length - 1) * Number(size))
        let column = 0
        return self.replace(/\t|\n|[^\t\n]+/g, part => {
          if (part === '\t') {
            const room = Number(size) - (column % Number(size))
            column += room
            return ' '.repeat(room)
          }
          column = part === '\n' ? 0 : column + part.length
          return part
        })
      },
    ],
    join: [
      ['iterable'],
      async (self, [iterable], { budget }) => {
        const items = await itemsOf(iterable)
        const parts = items.map((one, index) => {
          if (typeof one === 'string') return one
          if (one instanceof Markup) return one.value
          throw typeError(`sequence item ${index}: expected str instance, ${typeName(one)} found`)
        })
        budget.length(parts.reduce((sum, part) => sum + part.length + self.length, 0))
        return parts.join(self)
      },
    ],
    isdigit: [[], some(/^\p{Nd}+$/u)],
    isdecimal: [[], some(/^\p{Nd}+$/u)],
    isnumeric: [[], some(/^\p{N}+$/u)],
    isalpha: [[], some(/^\p{L}+$/u)],
    isalnum: [[], some(/^[\p{L}\p{N}]+$/u)],
    isspace: [[], some(/^\s+$/u)],
    isascii: [[], self => /^[\x00-\x7f]*$/.test(self)], // eslint-disable-line no-control-regex
    isidentifier: [[], some(/^[\p{L}_][\p{L}\p{N}_]*$/u)],
    islower: [[], self => letter.test(self) && self === self.toLowerCase() && self !== self.toUpperCase()],
    isupper: [[], self => letter.test(self) && self === self.toUpperCase() && self !== self.toLowerCase()],
    istitle: [[], self => letter.test(self) && self === titleCase(self)],
  }),
}

type Read = (of: unknown, key: string, byName: boolean, host: Host) => unknown

/** The methods that read attributes and items of their arguments. */
export const formatMethods = (read: Read): Record<string, Method> => ({
  format: (self: string, args, host) =>
    formatBraces(self, args, (of, key, byName) => read(of, key, byName, host), host.budget),
  ...named({
    format_map: [
      ['mapping'],
      async (self, [mapping], host) => {
        if (!isMapping(mapping)) throw typeError('format_map() argument must be a mapping')
        const entries = mappingEntries(mapping).map(([key, value]): [string, unknown] => [String(key), value])
        const args = { positional: [], named: new Map(entries) }
        return formatBraces(self, args, (of, key, byName) => read(of, key, byName, host), host.budget)
      },
    ],
  }),
})

/** A text with one part in place of another, at most so many times unless negative. */
export function replaced(
  text: string,
  from: string,
  to: string,
  count: number,
  check: (length: number) => void,
): string {
  const pieces = from === '' ? ['', ...text, ''] : text.split(from)
  const times = count < 0 ? pieces.length - 1 : Math.min(count, pieces.length - 1)
  check(text.length + times * to.length)
  if (from === '' && count >= 0) {
    const letters = [...text]
    return letters.map((c, index) => (index < times ? to + c : c)).join('') + (times > letters.length ? to : '')
  }
  if (from === '') return to + [...text].map(c => c + to).join('')
  return (
    pieces.slice(0, times + 1).join(to) + (times < pieces.length - 1 ? from + pieces.slice(times + 1).join(from) : '')
  )
}
