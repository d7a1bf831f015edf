import type { FieldMeta, ModelMeta } from '@demarc/engine/meta'
import { queryOptions } from '@tanstack/react-query'
import { get } from '../api/client.ts'
import { fieldsOf } from '../form/draft.ts'

/** A column that an imported file may have, as the server tells it. */
export interface Column {
  readonly name: string
  readonly required?: true
  readonly to?: string
  readonly by?: string
  readonly many?: true
}

/** All columns that a file of a model's rows may have. */
export function columnsQuery(model: ModelMeta) {
  return queryOptions({
    queryKey: ['import columns', model.name],
    queryFn: async ({ signal }) =>
      (await get<{ columns: readonly Column[] }>(`/ui/import/${model.name}`, signal)).columns,
    staleTime: 60_000,
  })
}

/** The field of a model that a column fills; a column that only files have fills none. */
export function fieldOf(model: ModelMeta, name: string): FieldMeta | undefined {
  const fields = fieldsOf(model)
  return fields[name] ?? Object.values(fields).find(({ sent }) => sent?.includes(name))
}

/** The column that an unknown heading most likely means: by its label, or but for a letter or two. */
export function meant(model: ModelMeta, columns: readonly Column[], heading: string): string | undefined {
  const wanted = plainly(heading)
  const alike = columns.find(({ name }) =>
    [name, fieldOf(model, name)?.label ?? ''].some(each => plainly(each) === wanted),
  )
  if (alike) return alike.name
  const near = columns.find(({ name }) => distance(plainly(name), wanted) <= (wanted.length > 5 ? 2 : 1))
  return near?.name
}

const plainly = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '')

/** How many letters must be put in, taken out or replaced to get from one text to the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]!
}
