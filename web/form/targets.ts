import type { ModelMeta } from '@demarc/engine/meta'
import { ApiError, fieldsOf, get } from '../api/client.ts'
import type { Row } from '../api/meta.ts'
import type { Page } from '../api/query.ts'
import type { Targets } from '../list/BulkBar.tsx'

/** How many objects are meant. */
export const sizeOf = ({ rows, all }: Targets) => all?.count ?? rows.length

/** `device leaf-1`, or `12 devices`. */
export function nameOf(model: ModelMeta, targets: Targets): string {
  const size = sizeOf(targets)
  return size === 1 && targets.rows[0]
    ? `${model.label} ${targets.rows[0].display}`
    : `${size.toLocaleString('en')} ${model.plural}`
}

/** The ids of all that are meant, asked for where only a filter is known. */
export async function idsOf(model: ModelMeta, targets: Targets): Promise<number[]> {
  if (!targets.all) return targets.rows.map(row => row.id)
  return (await rowsOf(model, targets, [])).map(row => row.id)
}

/** All that are meant, with the fields named. */
export async function rowsOf(model: ModelMeta, targets: Targets, fields: readonly string[]): Promise<readonly Row[]> {
  const chunks = targets.all ? [targets.all.params] : chunked(targets.rows.map(row => ['id', String(row.id)] as const))
  const found: Row[] = []
  for (const params of chunks) {
    for (let from = 0; ;) {
      const search = new URLSearchParams([
        ...params.map(([key, value]) => [key, value]),
        ['fields', ['id', 'display', ...fields].join(',')],
        ['ordering', 'id'],
        ['limit', '1000'],
        ['offset', String(from)],
      ])
      const { results, count } = await get<Page>(`${model.api}?${search}`)
      found.push(...results)
      from += results.length
      if (!results.length || from >= count) break
    }
  }
  return found
}

/** Parts of a list that fit into an address. */
function chunked<T>(list: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / 200) }, (_, at) => list.slice(at * 200, at * 200 + 200))
}

/** A line of what went wrong: with which object, and what. */
export interface Trouble {
  readonly name: string
  readonly text: string
}

/** What went wrong with each object, told with names and labels. */
export async function troublesOf(model: ModelMeta, targets: Targets, ids: readonly number[], error: unknown) {
  if (!(error instanceof ApiError) || !error.items.length) return []
  const known = new Map(targets.rows.map(row => [row.id, row.display]))
  const failed = error.items.map(item => ({ id: item.id ?? ids[item.index ?? -1], errors: item.errors }))
  const missing = failed.flatMap(({ id }) => (id !== undefined && !known.has(id) ? [id] : [])).slice(0, 50)
  if (missing.length) {
    const search = new URLSearchParams([...missing.map(id => ['id', String(id)]), ['brief', 'true'], ['limit', '50']])
    const page = await get<Page>(`${model.api}?${search}`).catch(() => undefined)
    for (const row of page?.results ?? []) known.set(row.id, row.display)
  }
  return failed.map(({ id, errors }): Trouble => ({
    name: (id !== undefined && known.get(id)) || `#${id}`,
    text: Object.entries(fieldsOf(errors))
      .map(([key, texts]) => (key === '__all__' ? '' : `${model.fields[key]?.label ?? key}: `) + texts.join(' '))
      .join(' '),
  }))
}
