import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { get, send } from '../api/client.ts'
import { notify } from './notices.tsx'

/** How documents are written. */
export type DataFormat = 'json' | 'yaml'

/** What a user has chosen, as the server keeps it for all browsers; null for what was taken back. */
interface Preferences {
  readonly data_format?: DataFormat | null
  readonly tables?: Readonly<Record<string, { readonly columns?: readonly string[] | null } | null>> | null
}

const key = ['preferences']

const preferencesQuery = queryOptions({
  queryKey: key,
  queryFn: ({ signal }) => get<Preferences>('/api/users/config/', signal),
  staleTime: 5 * 60_000,
})

/** The columns that the user chose for a table; undefined for those that are proposed. `shown` stand until that is known. */
export function useTableColumns(table: string, shown: readonly string[] | undefined) {
  const client = useQueryClient()
  const { data } = useQuery(preferencesQuery)
  const choose = useCallback(
    (columns: readonly string[] | undefined) => {
      const tables = { [table]: { columns: columns ?? null } }
      client.setQueryData<Preferences>(key, before => ({ ...before, tables: { ...before?.tables, ...tables } }))
      void send('PATCH', '/api/users/config/', { tables }).catch((error: Error) =>
        notify({ text: `The columns were not kept: ${error.message}`, bad: true }),
      )
    },
    [client, table],
  )
  return [data ? (data.tables?.[table]?.columns ?? undefined) : shown, choose] as const
}

/** How the user likes to read documents; JSON before that is known. */
export function useDataFormat() {
  const client = useQueryClient()
  const { data } = useQuery(preferencesQuery)
  const choose = useCallback(
    (format: DataFormat) => {
      client.setQueryData<Preferences>(key, before => ({ ...before, data_format: format }))
      void send('PATCH', '/api/users/config/', { data_format: format }).catch((error: Error) =>
        notify({ text: `The format was not kept: ${error.message}`, bad: true }),
      )
    },
    [client],
  )
  return [data?.data_format ?? 'json', choose] as const
}
