import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../api/client.ts'
import { useMeta } from '../../api/meta.ts'
import { notify } from '../../app/notices.tsx'
import styles from './job.module.css'

/** What may be done to the task of a job, by the status of that. */
const offers: Readonly<Record<string, readonly (readonly [action: string, label: string, said: string])[]>> = {
  pending: [['delete', 'Remove', 'The job was taken out of its queue.']],
  scheduled: [
    ['enqueue', 'Run now', 'The job is done as soon as a worker is free.'],
    ['delete', 'Remove', 'The job was taken out of its queue.'],
  ],
  running: [['stop', 'Stop', 'The job is being stopped.']],
  failed: [['requeue', 'Run again', 'The job is done once more.']],
  errored: [['requeue', 'Run again', 'The job is done once more.']],
}

/** Buttons with which a superuser stops, hastens or takes away the task of a job, named by its `job_id`. */
export function TaskActions(props: { task: string; status: string; compact?: boolean }) {
  const { task, status, compact } = props
  const client = useQueryClient()
  const { user } = useMeta()
  const [busy, setBusy] = useState<string>()
  if (!user.superuser || !offers[status]) return null
  const run = async (action: string, said: string) => {
    setBusy(action)
    try {
      await send('POST', `/api/core/background-tasks/${task}/${action}/`)
      notify({ text: said })
    } catch (error) {
      notify({ text: error instanceof Error ? error.message : String(error), bad: true })
    }
    setBusy(undefined)
    await client.invalidateQueries({ predicate: query => query.queryKey[0] !== 'meta' })
  }
  return (
    <div className={styles.actions}>
      {offers[status].map(([action, label, said]) => (
        <Button
          key={action}
          variant="default"
          {...(compact && { size: 'compact-xs' })}
          loading={busy === action}
          onClick={() => void run(action, said)}
        >
          {label}
        </Button>
      ))}
    </div>
  )
}
