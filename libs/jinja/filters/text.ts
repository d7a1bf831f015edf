import { noArgs } from '../args.ts'
import { TemplateError, typeError } from '../errors.ts'
import { formatPercent } from '../format.ts'
import { replaced, strip, textMethods } from '../methods/text.ts'
import { itemsOf, lengthOf, truth } from '../operators.ts'
import { escapeHtml, escapeValue, repr, text, textNow } from '../printing.ts'
import { isMapping, isText, mappingEntries, Markup, Tuple, Undefined, Dict } from '../values.ts'
import { declareAll, readPath, type Filter, type FilterCall } from './filter.ts'
import { wrapText } from './wrap.ts'

/** Changes a text and keeps it safe if it was. */
async function changed(value: unknown, change: (plain: string) => string | Promise<string>): Promise<string | Markup> {
  const fresh = await change(await text(value))
  return value instanceof Markup ? new Markup(fresh) : fresh
}

const method =
  (name: string): Filter =>
  (value, _args, call) =>
    changed(value, plain => textMethods[name]!(plain, noArgs, call) as string)

const titleWords = (plain: string): string =>
  plain
    .split(/([-\s({[<]+)/u)
    .filter(Boolean)
    .map(word => {
      const [first, ...rest] = [...word]
      return first!.toUpperCase() + rest.join('').toLowerCase()
    })
    .join('')

function indented(plain: string, width: unknown, first: boolean, blank: boolean): string {
  const indention = isText(width) ? textNow(width) : ' '.repeat(Number(width))
  const ended = `${plain}\n`
  if (blank) {
    const body = ended.split('\n').slice(0, -1).join(`\n${indention}`)
    return first ? indention + body : body
  }
  const lines = ended.split('\n').slice(0, -1)
  const body = lines.map((line, index) => (index > 0 && line ? indention + line : line)).join('\n')
  return first ? indention + body : body
}

async function truncated(plain: string, [length, killwords, end, leeway]: unknown[]): Promise<string> {
  const size = Number(length)
  const tail = textNow(end)
  const slack = leeway === null || leeway === undefined ? 5 : Number(leeway)
  if (size < tail.length) throw new TemplateError('AssertionError', `expected length >= ${tail.length}, got ${size}`)
  if (plain.length <= size + slack) return plain
  const cut = plain.slice(0, size - tail.length)
  if (await truth(killwords)) return cut + tail
  const space = cut.lastIndexOf(' ')
  return (space < 0 ? cut : cut.slice(0, space)) + tail
}

const quoteUrl = (plain: string, safe = '/'): string =>
  [...new TextEncoder().encode(plain)]
    .map(byte => {
      const character = String.fromCharCode(byte)
      return byte < 128 && (/[\w.~-]/.test(character) || safe.includes(character))
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')

async function encoded(value: unknown): Promise<string> {
  if (isText(value) || !(isMapping(value) || Array.isArray(value))) return quoteUrl(await text(value))
  const pairs = isMapping(value) ? mappingEntries(value) : (value as [unknown, unknown][])
  const part = (one: unknown): string => quoteUrl(textNow(one), '').replaceAll('%20', '+')
  return pairs.map(([key, one]) => `${part(key)}=${part(one)}`).join('&')
}

const stripTags = (plain: string): string =>
  unescapeHtml(
    plain
      .replace(/<!--[\s\S]*?-->/g, '')
      .replace(/<[^>]*>/g, '')
      .split(/\s+/)
      .filter(Boolean)
      .join(' '),
  )

const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' }

const unescapeHtml = (plain: string): string =>
  plain.replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (all, decimal, hex, name: string) => {
    if (decimal ?? hex) return String.fromCodePoint(parseInt(decimal ?? hex, decimal ? 10 : 16))
    return names[name] ?? all
  })

function linked(plain: string, limit: unknown, nofollow: unknown, target: unknown, rel: unknown): string {
  const relations = new Set(rel ? textNow(rel).split(/\s+/) : [])
  if (nofollow) relations.add('nofollow')
  relations.add('noopener')
  const attributes = ` rel="${[...relations].sort().join(' ')}"${target ? ` target="${escapeHtml(textNow(target))}"` : ''}`
  const shown = (url: string): string =>
    limit !== null && url.length > Number(limit) ? `${url.slice(0, Number(limit))}...` : url
  return escapeHtml(plain)
    .split(/(\s+)/)
    .map(word => {
      const found = /^([(<]|&lt;)*(.*?)([.,)>\n]|&gt;)*$/.exec(word)!
      const middle = found[2]!
      const at = word.indexOf(middle)
      const [head, tail] = [word.slice(0, at), word.slice(at + middle.length)]
      if (/^https?:\/\/[^\s]+$/.test(middle))
        return `${head}<a href="${middle}"${attributes}>${shown(middle)}</a>${tail}`
      if (/^(?:www\.)?[\w.-]+\.(?:com|net|org|edu|int|gov|mil)(?:[/:]\S*)?$/.test(middle))
        return `${head}<a href="https://${middle}"${attributes}>${shown(middle)}</a>${tail}`
      if (/^(?:mailto:)?[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/.test(middle))
        return `${head}<a href="mailto:${middle.replace(/^mailto:/, '')}">${middle.replace(/^mailto:/, '')}</a>${tail}`
      return word
    })
    .join('')
}

/** Plain data as JSON text, with spaces as Python writes it and keys in order. */
function json(value: unknown, indent: number | null, level = 0): string {
  const gap = indent === null ? '' : `\n${' '.repeat(indent * (level + 1))}`
  const close = indent === null ? '' : `\n${' '.repeat(indent * level)}`
  const comma = indent === null ? ', ' : ','
  if (value instanceof Undefined) throw typeError('Object of type Undefined is not JSON serializable')
  if (value === null || value === undefined || typeof value === 'boolean') return JSON.stringify(value ?? null)
  if (isText(value))
    return JSON.stringify(textNow(value)).replace(
      /[\u007f-\uffff]/g,
      c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
  if (Array.isArray(value)) {
    if (!value.length) return '[]'
    return `[${gap}${value.map(one => json(one, indent, level + 1)).join(comma + gap)}${close}]`
  }
  if (isMapping(value)) {
    const entries = mappingEntries(value)
    if (!entries.length) return '{}'
    entries.sort(([a], [b]) => (textNow(a) < textNow(b) ? -1 : 1))
    const body = entries.map(([key, one]) => `${json(keyText(key), null)}: ${json(one, indent, level + 1)}`)
    return `{${gap}${body.join(comma + gap)}${close}}`
  }
  const plain = plainOf(value)
  if (plain !== value) return json(plain, indent, level)
  const printed = textNow(value)
  return { inf: 'Infinity', '-inf': '-Infinity', nan: 'NaN' }[printed] ?? printed
}

const keyText = (key: unknown): string =>
  key === null ? 'null' : typeof key === 'boolean' ? String(key) : textNow(key)

const plainOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'plain' in value ? (value as { plain: () => unknown }).plain() : value

async function xmlAttributes(value: unknown, space: unknown): Promise<Markup> {
  const parts: string[] = []
  for (const [key, one] of mappingEntries(value as Dict)) {
    if (one === null || one instanceof Undefined) continue
    if (/[\s/>=]/.test(textNow(key))) throw typeError(`Invalid character in attribute name: '${textNow(key)}'`)
    parts.push(`${escapeHtml(textNow(key))}="${(await escapeValue(one)).value}"`)
  }
  return new Markup((space && parts.length ? ' ' : '') + parts.join(' '))
}

async function joined(value: unknown, separator: unknown, path: unknown, call: FilterCall): Promise<unknown> {
  const items = await itemsOf(value)
  await call.budget.step(items.length)
  const parts: string[] = []
  let safe = call.autoescape
  for (const one of items) {
    const part = path === null ? one : await readPath(one, path, call)
    if (part instanceof Markup && call.autoescape) safe = true
    parts.push(call.autoescape ? (await escapeValue(part)).value : await text(part))
  }
  const mark = call.autoescape ? (await escapeValue(separator)).value : textNow(separator)
  call.budget.length(parts.reduce((sum, part) => sum + part.length + mark.length, 0))
  return safe ? new Markup(parts.join(mark)) : parts.join(mark)
}

/** Filters of texts. */
export const textFilters: Readonly<Record<string, Filter>> = {
  upper: method('upper'),
  lower: method('lower'),
  capitalize: method('capitalize'),
  ...declareAll({
    title: [[], value => changed(value, titleWords)],
    trim: [[['chars', null]], (value, [characters]) => changed(value, plain => strip(plain, characters))],
    center: [
      [['width', 80]],
      (value, [width], call) =>
        changed(value, plain => textMethods.center!(plain, { positional: [width], named: new Map() }, call) as string),
    ],
    replace: [
      ['old', 'new', ['count', null]],
      (value, [old, fresh, count], { budget }) =>
        changed(value, plain =>
          replaced(plain, textNow(old), textNow(fresh), count === null ? -1 : Number(count), n => budget.length(n)),
        ),
    ],
    indent: [
      [
        ['width', 4],
        ['first', false],
        ['blank', false],
      ],
      async (value, [width, first, blank], { budget }) => {
        const [head, empty] = [await truth(first), await truth(blank)]
        return changed(value, plain => {
          const size = isText(width) ? textNow(width).length : Number(width)
          budget.length(plain.length + plain.split('\n').length * size)
          return indented(plain, width, head, empty)
        })
      },
    ],
    truncate: [
      [
        ['length', 255],
        ['killwords', false],
        ['end', '...'],
        ['leeway', null],
      ],
      (value, values) => changed(value, plain => truncated(plain, values)),
    ],
    wordwrap: [
      [
        ['width', 79],
        ['break_long_words', true],
        ['wrapstring', null],
        ['break_on_hyphens', true],
      ],
      async (value, [width, long, mark, hyphens]) => {
        const options = { width: Number(width), long: await truth(long), hyphens: await truth(hyphens) }
        const ending = mark === null ? '\n' : textNow(mark)
        return changed(value, plain =>
          plain
            .split(/\r\n|\n|\r/)
            .filter((line, index, lines) => index < lines.length - 1 || line)
            .map(line => wrapText(line, options).join(ending))
            .join(ending),
        )
      },
    ],
    wordcount: [[], async value => ((await text(value)).match(/[\p{L}\p{N}_]+/gu) ?? []).length],
    string: [[], async value => (value instanceof Markup ? value : await text(value))],
    escape: [[], value => escapeValue(value)],
    forceescape: [[], async value => new Markup(escapeHtml(await text(value)))],
    safe: [[], async value => (value instanceof Markup ? value : new Markup(await text(value)))],
    striptags: [[], async value => stripTags(await text(value))],
    urlencode: [[], encoded],
    urlize: [
      [
        ['trim_url_limit', null],
        ['nofollow', false],
        ['target', null],
        ['rel', null],
        ['extra_schemes', null],
      ],
      async (value, [limit, nofollow, target, rel], call) => {
        const html = linked(await text(value), limit, nofollow, target, rel)
        return call.autoescape ? new Markup(html) : html
      },
    ],
    tojson: [
      [['indent', null]],
      (value, [indent]) => {
        const body = json(value, indent === null ? null : Number(indent))
        const coded = body.replace(/[<>&']/g, c => `\\u00${c.charCodeAt(0).toString(16)}`)
        return new Markup(coded)
      },
    ],
    xmlattr: [[['autospace', true]], (value, [space]) => xmlAttributes(value, space)],
    join: [
      [
        ['d', ''],
        ['attribute', null],
      ],
      (value, [separator, path], call) => joined(value, separator, path, call),
    ],
    pprint: [[], value => repr(value)],
    length: [[], value => lengthOf(value)],
  }),
  format: (value, args, { budget }) => {
    const given = args.named.size ? new Dict(args.named) : Tuple.list(args.positional)
    return value instanceof Markup ? formatPercent(value, given, budget) : formatPercent(textNow(value), given, budget)
  },
}
