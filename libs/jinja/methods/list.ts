import { bind } from '../args.ts'
import type { Method } from '../host.ts'
import { TemplateError, valueError } from '../errors.ts'
import { equals, itemsOf } from '../operators.ts'
import { repr } from '../printing.ts'
import { sortValues } from '../sorting.ts'
import type { Callable } from '../values.ts'

type List = unknown[]

function positionOf(list: List, value: unknown): number {
  const at = list.findIndex(item => equals(item, value))
  if (at < 0) throw valueError(`${repr(value)} is not in list`)
  return at
}

/** What lists can do. */
export const listMethods: Readonly<Record<string, Method>> = {
  append: (self: List, args, { budget }) => {
    void budget.step()
    self.push(bind('append', ['object'], args)[0])
    return null
  },
  extend: async (self: List, args, { budget }) => {
    const items = await itemsOf(bind('extend', ['iterable'], args)[0])
    void budget.step(items.length)
    for (const item of items.slice()) self.push(item)
    return null
  },
  insert: (self: List, args, { budget }) => {
    void budget.step()
    const [index, value] = bind('insert', ['index', 'object'], args)
    self.splice(Number(index), 0, value)
    return null
  },
  pop: (self: List, args) => {
    const [index] = bind('pop', [['index', -1]], args)
    const at = Number(index) < 0 ? self.length + Number(index) : Number(index)
    if (at < 0 || at >= self.length)
      throw new TemplateError('IndexError', self.length ? 'pop index out of range' : 'pop from empty list')
    return self.splice(at, 1)[0]
  },
  remove: (self: List, args) => {
    const [value] = bind('remove', ['value'], args)
    const at = self.findIndex(item => equals(item, value))
    if (at < 0) throw valueError('list.remove(x): x not in list')
    self.splice(at, 1)
    return null
  },
  clear: (self: List) => {
    self.length = 0
    return null
  },
  reverse: (self: List) => {
    self.reverse()
    return null
  },
  sort: async (self: List, args) => {
    const [key, reverse] = bind(
      'sort',
      [
        ['key', null],
        ['reverse', false],
      ],
      { positional: [], named: args.named },
    )
    const keyed = key as Callable | null
    const sorted = await sortValues(
      self,
      async value => (keyed ? keyed.call({ positional: [value], named: new Map() }) : value),
      Boolean(reverse),
    )
    self.splice(0, self.length, ...sorted)
    return null
  },
  copy: (self: List) => [...self],
  index: (self: List, args) => positionOf(self, bind('index', ['value'], args)[0]),
  count: (self: List, args) => {
    const [value] = bind('count', ['value'], args)
    return self.filter(item => equals(item, value)).length
  },
}
