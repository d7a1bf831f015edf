import type { Args } from '../args.ts'
import { attributeOnly } from '../attributes.ts'
import type { Host } from '../host.ts'
import { TemplateError, typeError } from '../errors.ts'
import { binary, equals, itemsOf, lengthOf, order, truth } from '../operators.ts'
import { sortValues } from '../sorting.ts'
import {
  charactersOf,
  Exposed,
  hashOf,
  isMapping,
  isText,
  mappingEntries,
  Markup,
  Tuple,
  Undefined,
} from '../values.ts'
import { declareAll, readPath, type Filter, type FilterCall } from './filter.ts'
import { textNow } from '../printing.ts'

/** Texts without regard to case. */
const folded = (value: unknown, sensitive: boolean): unknown =>
  !sensitive && isText(value) ? (value instanceof Markup ? value.value : value).toLowerCase() : value

const undefinedWith = (call: Host, hint: string): Undefined => new Undefined(call.undefined, null, null, hint)

async function listOf(value: unknown, call: FilterCall): Promise<unknown[]> {
  const items = await itemsOf(value)
  await call.budget.step(items.length)
  return [...items]
}

/** What `sort`, `unique`, `min` … compare of an item: itself, or attributes of it. */
const keyReader =
  (path: unknown, sensitive: boolean, call: FilterCall, fallback: unknown = null) =>
  async (value: unknown): Promise<unknown> =>
    path === null ? folded(value, sensitive) : folded(await readPath(value, path, call, fallback), sensitive)

/** Several attributes with commas between. */
function keysReader(path: unknown, sensitive: boolean, call: FilterCall): (value: unknown) => Promise<unknown> {
  const paths = isText(path) ? textNow(path).split(',') : [path]
  if (paths.length === 1) return keyReader(path, sensitive, call)
  return async value => {
    const keys: unknown[] = []
    for (const one of paths) keys.push(await keyReader(one, sensitive, call)(value))
    return keys
  }
}

async function extreme(value: unknown, sensitive: unknown, path: unknown, call: FilterCall, sign: 1 | -1) {
  const items = await listOf(value, call)
  if (!items.length) return undefinedWith(call, 'No aggregated item, sequence was empty.')
  const keyOf = keyReader(path, Boolean(sensitive), call)
  let best = items[0]
  let bestKey = await keyOf(best)
  for (const item of items.slice(1)) {
    const key = await keyOf(item)
    if (order(key, bestKey) * sign < 0) [best, bestKey] = [item, key]
  }
  return best
}

/** A list of the items for which a test holds, or does not. */
async function selected(value: unknown, args: Args, call: FilterCall, keep: boolean, byAttribute: boolean) {
  const [path, ...rest] = byAttribute ? args.positional : [null, ...args.positional]
  if (byAttribute && path === undefined)
    throw new TemplateError('FilterArgumentError', 'Missing parameter for attribute name')
  const [name, ...positional] = rest
  const found: unknown[] = []
  for (const item of await listOf(value, call)) {
    const subject = byAttribute ? await readPath(item, path, call) : item
    const holds =
      name === undefined
        ? await truth(subject)
        : await call.test(textNow(name), subject, { positional, named: args.named })
    if (holds === keep) found.push(item)
  }
  return found
}

async function mapped(value: unknown, args: Args, call: FilterCall): Promise<unknown[]> {
  const items = await listOf(value, call)
  const found: unknown[] = []
  if (!args.positional.length && args.named.has('attribute')) {
    for (const name of args.named.keys())
      if (name !== 'attribute' && name !== 'default')
        throw new TemplateError('FilterArgumentError', `Unexpected keyword argument '${name}'`)
    for (const item of items)
      found.push(await readPath(item, args.named.get('attribute'), call, args.named.get('default')))
    return found
  }
  const [name, ...positional] = args.positional
  if (name === undefined) throw new TemplateError('FilterArgumentError', 'map requires a filter argument')
  for (const item of items) found.push(await call.filter(textNow(name), item, { positional, named: args.named }))
  return found
}

async function grouped(value: unknown, [path, fallback, sensitive]: unknown[], call: FilterCall) {
  const keyOf = keyReader(path, Boolean(sensitive), call, fallback)
  const plain = keyReader(path, true, call, fallback)
  const sorted = await sortValues(await listOf(value, call), keyOf, false)
  const groups: { key: unknown; shown: unknown; items: unknown[] }[] = []
  for (const item of sorted) {
    const key = await keyOf(item)
    const last = groups.at(-1)
    if (last && equals(last.key, key)) last.items.push(item)
    else groups.push({ key, shown: await plain(item), items: [item] })
  }
  return groups.map(({ shown, items }) => new Group(shown, items))
}

/** A pair of `groupby`: unpacks into two, and has names. */
class Group extends Exposed {
  readonly type = '_GroupTuple'
  readonly #pair: Tuple
  constructor(grouper: unknown, list: unknown[]) {
    super()
    this.#pair = Tuple.list([grouper, list])
  }
  override attribute(name: string): unknown {
    if (name === 'grouper') return this.#pair[0]
    return name === 'list' ? this.#pair[1] : undefined
  }
  override item(key: unknown): unknown {
    return typeof key === 'number' ? this.#pair.at(key) : undefined
  }
  override items(): readonly unknown[] {
    return this.#pair
  }
  override length(): number {
    return 2
  }
  override repr(): string {
    return textNow(this.#pair)
  }
}

async function ends(value: unknown, last: boolean, call: FilterCall): Promise<unknown> {
  const items = value instanceof Exposed && !last ? await value.items() : null
  const all = items ?? (await itemsOf(value))
  if (!all.length) return undefinedWith(call, `No ${last ? 'last' : 'first'} item, sequence was empty.`)
  return last ? all.at(-1) : all[0]
}

/** Filters of lists and mappings. */
export const sequenceFilters: Readonly<Record<string, Filter>> = {
  map: mapped,
  select: (value, args, call) => selected(value, args, call, true, false),
  reject: (value, args, call) => selected(value, args, call, false, false),
  selectattr: (value, args, call) => selected(value, args, call, true, true),
  rejectattr: (value, args, call) => selected(value, args, call, false, true),
  ...declareAll({
    default: [
      [
        ['default_value', ''],
        ['boolean', false],
      ],
      async (value, [fallback, boolean]) =>
        value instanceof Undefined || ((await truth(boolean)) && !(await truth(value))) ? fallback : value,
    ],
    attr: [['name'], (value, [name], call) => attributeOnly(value, textNow(name), call)],
    list: [[], (value, _values, call) => listOf(value, call)],
    first: [[], (value, _values, call) => ends(value, false, call)],
    last: [[], (value, _values, call) => ends(value, true, call)],
    count: [[], value => lengthOf(value)],
    random: [
      [],
      async (value, _values, call) => {
        const items = await itemsOf(value)
        if (!items.length) return undefinedWith(call, 'No random item, sequence was empty.')
        return items[Math.floor(call.random() * items.length)]
      },
    ],
    reverse: [
      [],
      async (value, _values, call) => {
        if (!isText(value)) return (await listOf(value, call)).reverse()
        const turned = charactersOf(textNow(value)).reverse().join('')
        return value instanceof Markup ? new Markup(turned) : turned
      },
    ],
    sort: [
      [
        ['reverse', false],
        ['case_sensitive', false],
        ['attribute', null],
      ],
      async (value, [reverse, sensitive, path], call) =>
        sortValues(await listOf(value, call), keysReader(path, Boolean(sensitive), call), await truth(reverse)),
    ],
    unique: [
      [
        ['case_sensitive', false],
        ['attribute', null],
      ],
      async (value, [sensitive, path], call) => {
        const keyOf = keyReader(path, Boolean(sensitive), call)
        const seen = new Set<unknown>()
        const found: unknown[] = []
        for (const item of await listOf(value, call)) {
          const key = hashOf(await keyOf(item))
          if (seen.has(key)) continue
          seen.add(key)
          found.push(item)
        }
        return found
      },
    ],
    min: [
      [
        ['case_sensitive', false],
        ['attribute', null],
      ],
      (value, [sensitive, path], call) => extreme(value, sensitive, path, call, 1),
    ],
    max: [
      [
        ['case_sensitive', false],
        ['attribute', null],
      ],
      (value, [sensitive, path], call) => extreme(value, sensitive, path, call, -1),
    ],
    sum: [
      [
        ['attribute', null],
        ['start', 0],
      ],
      async (value, [path, start], call) => {
        let total: unknown = start
        for (const item of await listOf(value, call))
          total = await binary('+', total, path === null ? item : await readPath(item, path, call), call.budget)
        return total
      },
    ],
    groupby: [['attribute', ['default', null], ['case_sensitive', false]], grouped],
    dictsort: [
      [
        ['case_sensitive', false],
        ['by', 'key'],
        ['reverse', false],
      ],
      async (value, [sensitive, by, reverse]) => {
        const at = ['key', 'value'].indexOf(textNow(by))
        if (at < 0) throw new TemplateError('FilterArgumentError', 'You can only sort by either "key" or "value"')
        if (value instanceof Undefined) throw value.error()
        if (!isMapping(value)) throw typeError('dictsort needs a mapping')
        const pairs = mappingEntries(value).map(entry => Tuple.list(entry))
        return sortValues(pairs, pair => folded((pair as Tuple)[at], Boolean(sensitive)), await truth(reverse))
      },
    ],
    items: [
      [],
      value => {
        if (value instanceof Undefined) return []
        if (!isMapping(value)) throw typeError('Can only get item pairs from a mapping.')
        return mappingEntries(value).map(entry => Tuple.list(entry))
      },
    ],
    batch: [
      ['linecount', ['fill_with', null]],
      async (value, [size, fill], call) => {
        const items = await listOf(value, call)
        const rows: unknown[][] = []
        const count = Number(size)
        if (!(count > 0)) return items.length ? [items] : []
        for (let at = 0; at < items.length; at += count) rows.push(items.slice(at, at + count))
        const last = rows.at(-1)
        call.budget.length(count)
        while (last && fill !== null && last.length < count) last.push(fill)
        return rows
      },
    ],
    slice: [
      ['slices', ['fill_with', null]],
      async (value, [slices, fill], call) => {
        const items = await listOf(value, call)
        const count = Number(slices)
        if (count === 0) throw new TemplateError('ZeroDivisionError', 'integer division or modulo by zero')
        await call.budget.step(Math.max(0, count))
        const [per, extra] = [Math.floor(items.length / count), items.length % count]
        let at = 0
        return Array.from({ length: count }, (_unused, index) => {
          const size = per + (index < extra ? 1 : 0)
          const part = items.slice(at, at + size)
          at += size
          if (fill !== null && index >= extra) part.push(fill)
          return part
        })
      },
    ],
  }),
}
