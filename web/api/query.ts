import type { ModelMeta } from '@demarc/engine/meta'
import { keepPreviousData, QueryClient, queryOptions, type Query } from '@tanstack/react-query'
import { ApiError, get } from './client.ts'
import { isAbout } from './own.ts'
import { identityOf, metaQuery, type Row } from './meta.ts'

/** One page of a REST list. */
export interface Page {
  readonly count: number
  readonly results: readonly Row[]
}

/** The cache behind every page; tells `lost` when the session is over. */
export function queryClient(lost: () => void): QueryClient {
  const client: QueryClient = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        gcTime: 10 * 60_000,
        refetchOnWindowFocus: true,
        // Only what may pass by itself is worth another try: no connection, or a server that is just restarting.
        retry: (failures, error) =>
          failures < 2 && error instanceof ApiError && [0, 502, 503, 504].includes(error.status),
      },
    },
  })
  client.getQueryCache().config.onError = (error: unknown, query: Query<unknown, unknown, unknown>) => {
    if (!(error instanceof ApiError) || query.queryKey[0] === 'meta') return
    if (error.status === 401) lost()
    // The peer's API says 403 to strangers too, so ask whether somebody is still logged in.
    else if (error.status === 403) client.fetchQuery({ ...metaQuery, staleTime: 0 }).catch(lost)
  }
  return client
}

/** REST parameters of a list page. */
export type Params = readonly (readonly [key: string, value: string])[]

/** A page of a model's list, with only the fields that are shown. */
export function listQuery(model: ModelMeta, params: Params, columns: readonly string[]) {
  const search = new URLSearchParams(params.map(([key, value]) => [key, value]))
  search.set('fields', fieldsFor(model, columns).join(','))
  const url = `${model.api}?${search}`
  return queryOptions({
    queryKey: ['list', model.name, url],
    queryFn: ({ signal }) => get<Page>(url, signal),
    placeholderData: keepPreviousData,
  })
}

/** An object, painted at once from whatever list holds it. */
export function detailQuery(client: QueryClient, model: ModelMeta, id: string) {
  return queryOptions({
    queryKey: ['detail', model.name, id],
    queryFn: ({ signal }) => get<Row>(`${model.api}${id}/`, signal),
    placeholderData: () => fromLists(client, model, id),
  })
}

/** How many objects a filter finds. */
export function countQuery(model: ModelMeta, params: Params = []) {
  const search = new URLSearchParams([...params.map(([key, value]) => [key, value]), ['limit', '1'], ['fields', 'id']])
  return queryOptions({
    queryKey: ['count', model.name, search.toString()],
    queryFn: async ({ signal }) => (await get<Page>(`${model.api}?${search}`, signal)).count,
    staleTime: 60_000,
  })
}

/** A few brief objects for a picker. */
export function briefQuery(model: ModelMeta, params: Params, limit = 12) {
  const search = new URLSearchParams([
    ...params.map(([key, value]) => [key, value]),
    ['brief', 'true'],
    ['limit', String(limit)],
  ])
  return queryOptions({
    queryKey: ['brief', model.name, search.toString()],
    queryFn: async ({ signal }) => (await get<Page>(`${model.api}?${search}`, signal)).results,
    staleTime: 60_000,
  })
}

/** An object that holds a searched text, and where. */
export interface Hit {
  readonly object_type: string
  readonly field: string
  readonly value: string
  readonly object: Row
}

/** Objects of all kinds that hold a text, best match first. */
export function searchQuery(text: string, limit = 40) {
  const search = new URLSearchParams({ q: text, limit: String(limit) })
  return queryOptions({
    queryKey: ['search', search.toString()],
    queryFn: async ({ signal }) => (await get<{ results: readonly Hit[] }>(`/ui/search?${search}`, signal)).results,
    staleTime: 30_000,
  })
}

function fieldsFor(model: ModelMeta, columns: readonly string[]): string[] {
  const wanted = [
    'id',
    'url',
    'display',
    identityOf(model),
    ...columns.map(key => (key.startsWith('cf_') ? 'custom_fields' : key)),
  ]
  if (isAbout(model)) wanted.push('object')
  if (model.fields._depth) wanted.push('_depth')
  // A port without a cable offers to be plugged in, where it can be.
  if (model.fields.link_peers && columns.includes('cable'))
    wanted.push(...['_occupied', 'type', 'termination_type'].filter(key => key in model.fields))
  return [...new Set(wanted)]
}

function fromLists(client: QueryClient, model: ModelMeta, id: string): Row | undefined {
  for (const [, page] of client.getQueriesData<Page>({ queryKey: ['list', model.name] })) {
    const row = page?.results.find(each => String(each.id) === id)
    if (row) return row
  }
  return undefined
}
