import type { Meta, ModelMeta } from '@demarc/engine/meta'
import { queryOptions } from '@tanstack/react-query'
import { get } from './client.ts'
import { pageOf, type Row } from './meta.ts'
import type { Page } from './query.ts'

/** What a user keeps of objects: what to find again, what to hear of, what was heard. */
export type OwnKind = 'extras.bookmark' | 'extras.subscription' | 'extras.notification'

const kinds: readonly string[] = ['extras.bookmark', 'extras.subscription', 'extras.notification'] satisfies OwnKind[]

/** Whether rows of a model are about another object, and are nothing without it. */
export const isAbout = (model: ModelMeta): boolean => kinds.includes(model.name)

/** Most that is read at once. */
const most = 1000

/** All that the user has of a kind, the last first; others' are left out, which a superuser may see as well. */
export function ownQuery(meta: Meta, model: ModelMeta) {
  return queryOptions({
    queryKey: ['own', model.name],
    queryFn: async ({ signal }) => {
      const { results } = await get<Page>(`${model.api}?limit=${most}`, signal)
      const own = results.filter(row => (row.user as { id?: number } | null)?.id === meta.user.id)
      return own.toSorted((a, b) => (String(a.created) < String(b.created) ? 1 : -1))
    },
    staleTime: 60_000,
  })
}

/** Where a row of a list leads: to its own page, or to the object that it is about. */
export function leadsTo(meta: Meta, model: ModelMeta, row: Row): string | undefined {
  const about = isAbout(model) ? (row.object as Row | null) : row
  return (about && pageOf(meta, about)) ?? undefined
}
