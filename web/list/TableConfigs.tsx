import type { ModelMeta } from '@demarc/engine/meta'
import { Button, Checkbox, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, useState } from 'react'
import { get, send } from '../api/client.ts'
import { type Row, useMeta } from '../api/meta.ts'
import type { Page } from '../api/query.ts'
import { notify } from '../app/notices.tsx'
import { Go } from '../ui/Go.tsx'
import styles from './Columns.module.css'

/** Sets of columns that were kept under a name, by oneself or by others: to take, and to add to. */
export function TableConfigs(props: {
  model: ModelMeta
  columns: readonly string[]
  sort: readonly string[]
  onTake: (columns: readonly string[], sort: readonly string[]) => void
}) {
  const { model, columns, sort } = props
  const meta = useMeta()
  const client = useQueryClient()
  const target = meta.models['extras.tableconfig']
  const [naming, setNaming] = useState(false)
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const [problem, setProblem] = useState<string>()
  const { data } = useQuery({
    queryKey: ['table configs', model.name],
    queryFn: async ({ signal }) => {
      const search = new URLSearchParams({ object_type: model.name, table: model.table, enabled: 'true', limit: '50' })
      return (await get<Page>(`${target!.api}?${search}`, signal)).results
    },
    enabled: Boolean(target),
  })
  if (!target) return null
  const save = async () => {
    if (!name.trim()) return
    try {
      await send<Row>('POST', target.api, {
        object_type: model.name,
        table: model.table,
        name: name.trim(),
        user: meta.user.id,
        shared,
        columns,
        ...(sort.length && { ordering: sort }),
      })
      await client.invalidateQueries({ queryKey: ['table configs'] })
      setNaming(false)
      setName('')
      setProblem(undefined)
      notify({ text: `The columns are kept as “${name.trim()}”.` })
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
  }
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    void save()
  }
  return (
    <section className={styles.sets} aria-label="Kept sets of columns">
      {data?.map(row => (
        <button
          key={row.id}
          type="button"
          className={styles.set}
          title={String(row.description || row.display)}
          onClick={() => props.onTake(row.columns as string[], (row.ordering ?? []) as string[])}
        >
          {row.display}
        </button>
      ))}
      {target.may.includes('add') && !naming && (
        <Button size="compact-xs" variant="subtle" onClick={() => setNaming(true)}>
          Keep these columns…
        </Button>
      )}
      {naming && (
        <div className={styles.keep} onKeyDown={press}>
          <TextInput
            size="xs"
            aria-label="Name of the set"
            placeholder="Name of the set"
            value={name}
            maxLength={100}
            error={problem}
            autoFocus
            onChange={event => setName(event.currentTarget.value)}
          />
          <Checkbox
            size="xs"
            label="Others see it, too"
            checked={shared}
            onChange={event => setShared(event.currentTarget.checked)}
          />
          <Button size="compact-xs" disabled={!name.trim()} onClick={() => void save()}>
            Keep
          </Button>
        </div>
      )}
      {Boolean(data?.length) && (
        <Go className={styles.manage} href={`${target.path}?object_type=${model.name}`}>
          Manage
        </Go>
      )}
    </section>
  )
}
