import type { Filter } from './filter.ts'
import { numberFilters } from './number.ts'
import { sequenceFilters } from './sequence.ts'
import { textFilters } from './text.ts'

const all: Record<string, Filter> = { ...numberFilters, ...sequenceFilters, ...textFilters }

/** The filters of the language. */
export const builtinFilters: ReadonlyMap<string, Filter> = new Map([
  ...Object.entries(all),
  ['d', all.default!],
  ['e', all.escape!],
  ['count', all.length!],
])
