import type { ModelMeta } from '@demarc/engine/meta'
import { ApiError, fieldsOf, get } from '../api/client.ts'
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
export async function idsOf(model: ModelMeta, { rows, all }: Targets): Promise<number[]> {
  if (!all) return rows.map(row => row.id)
  const ids: number[] = []
  for (;;) {
    const search = new URLSearchParams([
      ...all.params.map(([key, value]) => [key, value]),
      ['fields', 'id'],
      ['ordering', 'id'],
      ['limit', '1000'],
      ['offset', String(ids.length)],
    ])
    const { results, count } = await get<Page>(`${model.api}?${search}`)
    ids.push(...results.map(row => row.id))
    if (!results.length || ids.length >= count) return ids
  }
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
