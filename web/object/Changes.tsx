import type { ModelMeta } from '@demarc/engine/meta'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { get } from '../api/client.ts'
import { type Row, useMeta } from '../api/meta.ts'
import type { Page, Params } from '../api/query.ts'
import { ago, local } from '../field/datetime.tsx'
import { plain } from '../field/plain.ts'
import { RefLink } from '../field/ref.tsx'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Go } from '../ui/Go.tsx'
import { TableSkeleton } from '../ui/Skeletons.tsx'
import styles from './changes.module.css'
import { Diff } from './Diff.tsx'
import { UndoButton } from './UndoButton.tsx'

/** The history of an object, newest first, each change told field by field. */
export function Changes({ log, params }: { log: ModelMeta; params: Params }) {
  const [limit, setLimit] = useState(25)
  // Its own changes, and those of what is part of it: an interface of a device, a termination of a circuit.
  const related = params.map(([key, value]) => [key.replace('changed_object', 'related_object'), value] as const)
  const { data, error } = useQuery({
    queryKey: ['changes', log.api, params, limit],
    queryFn: async ({ signal }) => {
      const pages = await Promise.all(
        [params, related].map(each => {
          const search = new URLSearchParams([...each.map(([key, value]) => [key, value]), ['limit', String(limit)]])
          return get<Page>(`${log.api}?${search}`, signal)
        }),
      )
      const rows = new Map(pages.flatMap(page => page.results.map(row => [row.id, row] as const)))
      return {
        count: pages.reduce((sum, page) => sum + page.count, 0),
        results: [...rows.values()].toSorted((a, b) => b.id - a.id).slice(0, limit),
      }
    },
    placeholderData: before => before,
  })
  if (error) return <p>{error.message}</p>
  if (!data) return <TableSkeleton rows={8} />
  if (!data.results.length)
    return (
      <EmptyState icon="history" title="No changes are recorded">
        Every change is kept from now on: who made it, when, why, and what was before.
      </EmptyState>
    )
  return (
    <div className={styles.column}>
      <div className={styles.list}>
        {data.results.map(change => (
          <Change key={change.id} change={change} log={log} own={params} />
        ))}
      </div>
      {data.count > data.results.length && (
        <div>
          <Button variant="default" onClick={() => setLimit(limit + 50)}>
            Older changes ({(data.count - data.results.length).toLocaleString('en')})
          </Button>
        </div>
      )}
    </div>
  )
}

function Change({ change, log, own }: { change: Row; log: ModelMeta; own: Params }) {
  const meta = useMeta()
  const type = plain(change.changed_object_type)
  const model = meta.models[type]
  const mine =
    own.some(([, value]) => value === type) && own.some(([, value]) => value === String(change.changed_object_id))
  const message = plain(change.message)
  return (
    <article className={styles.change}>
      <div className={styles.what}>
        <b>{plain(change.user_name) || 'Demarc'}</b>
        <span>{plain(change.action).toLowerCase()}</span>
        {!mine && (
          <>
            <span className={styles.note}>{model?.label ?? type}</span>
            {change.changed_object ? <RefLink value={change.changed_object} within /> : plain(change.object_repr)}
          </>
        )}
        <Go href={`${log.path}${change.id}/`} className={styles.note}>
          <time dateTime={plain(change.time)} title={local(plain(change.time))}>
            {local(plain(change.time))} · {ago(plain(change.time))}
          </time>
        </Go>
        <UndoButton change={change} small />
      </div>
      {message && <p className={styles.message}>{message}</p>}
      <Diff model={model} change={change} />
    </article>
  )
}
