import { bind } from '../args.ts'
import type { Method } from '../host.ts'
import { TemplateError } from '../errors.ts'
import { itemsOf } from '../operators.ts'
import { repr } from '../printing.ts'
import {
  Dict,
  isMapping,
  mappingDelete,
  mappingEntries,
  mappingGet,
  mappingHas,
  mappingSet,
  Tuple,
  type Mapping,
} from '../values.ts'

/** What mappings can do. */
export const mappingMethods: Readonly<Record<string, Method>> = {
  keys: (self: Mapping) => mappingEntries(self).map(([key]) => key),
  values: (self: Mapping) => mappingEntries(self).map(([, value]) => value),
  items: (self: Mapping) => mappingEntries(self).map(entry => Tuple.list(entry)),
  get: (self: Mapping, args) => {
    const [key, fallback] = bind('get', ['key', ['default', null]], args)
    return mappingHas(self, key) ? mappingGet(self, key) : fallback
  },
  copy: (self: Mapping) => new Dict(mappingEntries(self)),
  pop: (self: Mapping, args) => {
    const missing = Symbol('missing')
    const [key, fallback] = bind('pop', ['key', ['default', missing]], args)
    if (!mappingHas(self, key)) {
      if (fallback === missing) throw new TemplateError('KeyError', repr(key))
      return fallback
    }
    const value = mappingGet(self, key)
    mappingDelete(self, key)
    return value
  },
  popitem: (self: Mapping) => {
    const last = mappingEntries(self).at(-1)
    if (!last) throw new TemplateError('KeyError', "'popitem(): dictionary is empty'")
    mappingDelete(self, last[0])
    return Tuple.list(last)
  },
  setdefault: (self: Mapping, args, { budget }) => {
    void budget.step()
    const [key, fallback] = bind('setdefault', ['key', ['default', null]], args)
    if (!mappingHas(self, key)) mappingSet(self, key, fallback)
    return mappingGet(self, key)
  },
  update: async (self: Mapping, args, { budget }) => {
    void budget.step(args.positional.length + args.named.size)
    for (const other of args.positional) {
      if (isMapping(other)) for (const [key, value] of mappingEntries(other)) mappingSet(self, key, value)
      else
        for (const pair of await itemsOf(other)) {
          const [key, value] = (await itemsOf(pair)) as [unknown, unknown]
          mappingSet(self, key, value)
        }
    }
    for (const [key, value] of args.named) mappingSet(self, key, value)
    return null
  },
  clear: (self: Mapping) => {
    for (const [key] of mappingEntries(self)) mappingDelete(self, key)
    return null
  },
}
