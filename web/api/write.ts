import type { ModelMeta } from '@demarc/engine/meta'
import type { QueryClient } from '@tanstack/react-query'
import { get, getTagged } from './client.ts'
import type { Row } from './meta.ts'
import type { Page } from './query.ts'

/** An object as it is now, with its version. */
export const readForEdit = (model: ModelMeta, id: string, signal?: AbortSignal) =>
  getTagged<Row>(`${model.api}${id}/`, signal)

/** After a change, nothing that was read before is sure: whatever is on the page is read again. */
export function refresh(client: QueryClient, model: ModelMeta): Promise<void> {
  const shapes = /^(extras\.customfield|users\.)/.test(model.name)
  return client.invalidateQueries({ predicate: query => shapes || query.queryKey[0] !== 'meta' })
}

/** The last recorded change of an object. */
export async function lastChange(model: ModelMeta, id: string): Promise<Row | undefined> {
  const search = new URLSearchParams({ changed_object_type: model.name, changed_object_id: id, limit: '1' })
  return (await get<Page>(`/api/core/object-changes/?${search}`)).results[0]
}
