import type { ModelMeta } from '@demarc/engine/meta'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Row } from '../api/meta.ts'
import { detailQuery } from '../api/query.ts'
import { refresh } from '../api/write.ts'

/** Milliseconds between two looks at what is under way. */
export const glance = 2000

const underWay: Readonly<Record<string, readonly string[]>> = {
  'core.job': ['pending', 'running'],
  'core.datasource': ['queued', 'syncing'],
}

/** The status of an object as REST names it, `running`; empty for none. */
export const statusOf = (row: Row | undefined): string => (row?.status as { value?: string } | undefined)?.value ?? ''

/** Whether something is being done to an object in the background, as its status says. */
export function isUnderWay(model: ModelMeta, row: Row | undefined): boolean {
  return underWay[model.name]?.includes(statusOf(row)) ?? false
}

/** An object for its page: looked at again and again while it is under way, and all else with it once that is over. */
export function useLiveObject(model: ModelMeta, id: string) {
  const client = useQueryClient()
  const found = useQuery({
    ...detailQuery(client, model, id),
    refetchInterval: query => (isUnderWay(model, query.state.data) ? glance : false),
  })
  const now = isUnderWay(model, found.data)
  const before = useRef(now)
  useEffect(() => {
    if (before.current && !now) void refresh(client, model)
    before.current = now
  }, [client, model, now])
  return found
}
