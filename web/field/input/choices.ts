import type { FieldMeta } from '@demarc/engine/meta'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { get } from '../../api/client.ts'

/** A value that may be chosen, what it is called, and its colour. */
export type Choice = readonly [value: string | number, label: string, color?: string]

/** The choices of a field, those chosen among them; of very many only those that fit what is searched. */
export function useChoices(field: FieldMeta, chosen: readonly unknown[]) {
  const [text, search] = useState('')
  const [late] = useDebouncedValue(text, 150)
  const { data } = useQuery({
    queryKey: ['choices', field.lookup, late],
    queryFn: async ({ signal }) => {
      // What stands in the input once something is chosen begins with its code.
      const params = new URLSearchParams({ q: late.split(' · ')[0]!, limit: '50' })
      return get<{ results: readonly { id: string; display: string }[] }>(`${field.lookup}?${params}`, signal)
    },
    enabled: Boolean(field.lookup),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
  if (!field.lookup) return { choices: (field.choices ?? []) as readonly Choice[], search: undefined }
  const found = (data?.results ?? []).map(({ id, display }): Choice => [id, `${id} · ${display}`])
  const missing = chosen.flatMap((value): Choice[] =>
    typeof value === 'string' && value && !found.some(([each]) => each === value) ? [[value, value]] : [],
  )
  return { choices: [...missing, ...found], search }
}
