import type { FilterMeta, ModelMeta } from '@demarc/engine/meta'
import type { Params } from '../api/query.ts'
import { type Search, stringifySearch } from '../api/search.ts'

/** What a list page shows: it lives in the address alone. */
export interface ListState {
  readonly q: string
  readonly filters: Params
  readonly sort: readonly string[]
  readonly page: number
  readonly perPage: number
}

export const pageSizes = [25, 50, 100, 250, 500, 1000] as const

/** Reads the state from the address; `perPage` is the user's habit where the address says nothing. */
export function readState(search: Search, perPage: number): ListState {
  const { q, sort, page, per_page: size, ...rest } = search
  const filters = Object.entries(rest).flatMap(([key, value]) =>
    [value].flat().map(each => [key, each as string] as const),
  )
  const wanted = Number(one(size))
  return {
    q: one(q),
    filters,
    sort: [sort ?? []]
      .flat()
      .flatMap(each => (each as string).split(','))
      .filter(Boolean),
    page: Math.max(1, Math.trunc(Number(one(page))) || 1),
    perPage: wanted > 0 ? Math.min(wanted, 1000) : perPage,
  }
}

/** The query string of a state. */
export function writeState(state: ListState, perPage: number): string {
  const search: Record<string, string | string[]> = {}
  if (state.q) search.q = state.q
  for (const [key, value] of state.filters) search[key] = [...[search[key] ?? []].flat(), value]
  if (state.sort.length) search.sort = state.sort.join(',')
  if (state.page > 1) search.page = String(state.page)
  if (state.perPage !== perPage) search.per_page = String(state.perPage)
  return stringifySearch(search)
}

/** The REST parameters of a state. */
export function apiParams(state: ListState): Params {
  return [
    ...state.filters,
    ...(state.q ? [['q', state.q] as const] : []),
    ...(state.sort.length ? [['ordering', state.sort.join(',')] as const] : []),
    ['limit', String(state.perPage)],
    ['offset', String((state.page - 1) * state.perPage)],
  ]
}

/** A filter parameter taken apart: the declared filter and how it compares. */
export interface Filter {
  readonly param: string
  readonly base: string
  readonly lookup: string
  readonly meta: FilterMeta
}

/** Reads `name__ic`; an undeclared parameter is shown as text under its own name. */
export function filterOf(model: ModelMeta, param: string): Filter {
  const direct = model.filters[param]
  if (direct) return { param, base: param, lookup: '', meta: direct }
  const named = param.endsWith('_id') ? model.filters[param.slice(0, -3)] : undefined
  if (named?.kind === 'ref') return { param, base: param.slice(0, -3), lookup: '', meta: { ...named, key: 'id' } }
  const at = param.lastIndexOf('__')
  const base = at > 0 ? param.slice(0, at) : param
  const lookup = at > 0 ? param.slice(at + 2) : ''
  const meta = model.filters[base] ?? {
    label: model.fields[base]?.label ?? base.replaceAll('_', ' '),
    kind: 'text' as const,
  }
  return { param, base, lookup, meta }
}

/** How a comparison reads between a field and a value. */
export const lookupWords: Readonly<Record<string, string>> = {
  '': 'is',
  n: 'is not',
  ic: 'contains',
  nic: 'does not contain',
  isw: 'starts with',
  nisw: 'does not start with',
  iew: 'ends with',
  niew: 'does not end with',
  ie: 'is (any case)',
  nie: 'is not (any case)',
  regex: 'matches',
  iregex: 'matches (any case)',
  empty: 'is empty',
  gt: 'over',
  gte: 'at least',
  lt: 'under',
  lte: 'at most',
  before: 'before',
  after: 'after',
}

/** The comparisons offered for a filter; a filter that is no field has its own meaning and only one. */
export function lookupsOf(model: ModelMeta, name: string, meta: FilterMeta): readonly string[] {
  if (!model.fields[name]) return ['']
  if (meta.kind === 'text') return ['ic', '', 'isw', 'iew', 'n']
  if (meta.kind === 'number' || meta.kind === 'date') return ['', 'gte', 'lte']
  return ['']
}

function one(value: string | readonly string[] | undefined): string {
  return (Array.isArray(value) ? value.at(-1) : (value as string | undefined)) ?? ''
}
