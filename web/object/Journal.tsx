import type { ModelMeta } from '@demarc/engine/meta'
import { ActionIcon, Alert, Button } from '@mantine/core'
import IconPencil from '@tabler/icons-react/icons/IconPencil'
import IconTrash from '@tabler/icons-react/icons/IconTrash'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type KeyboardEvent, lazy, Suspense, useState } from 'react'
import { get, send } from '../api/client.ts'
import { type Row, useMeta } from '../api/meta.ts'
import type { Page, Params } from '../api/query.ts'
import { refresh } from '../api/write.ts'
import { ago, local } from '../field/datetime.tsx'
import { inputOf } from '../field/input/index.ts'
import { plain } from '../field/plain.ts'
import { choiceOf } from '../field/select.tsx'
import { Entry } from '../form/Entry.tsx'
import { Go } from '../ui/Go.tsx'
import { Markdown } from '../ui/Markdown.tsx'
import { TableSkeleton } from '../ui/Skeletons.tsx'
import { StatusBadge } from '../ui/StatusBadge.tsx'
import styles from './changes.module.css'

const Delete = lazy(async () => ({ default: (await import('../form/Delete.tsx')).Delete }))

/** Notes on an object, newest first, and the place to write one. */
export function Journal({ journal, params }: { journal: ModelMeta; params: Params }) {
  const search = new URLSearchParams([...params.map(([key, value]) => [key, value]), ['limit', '200']])
  const url = `${journal.api}?${search}`
  const { data, error } = useQuery({
    queryKey: ['journal', url],
    queryFn: ({ signal }) => get<Page>(url, signal),
  })
  return (
    <div className={styles.column}>
      {journal.may.includes('add') && <Write journal={journal} params={params} />}
      {error && <p>{error.message}</p>}
      {!data && !error && <TableSkeleton rows={4} />}
      {data && data.results.length > 0 && (
        <div className={styles.list}>
          {data.results.map(row => (
            <Note key={row.id} journal={journal} row={row} />
          ))}
        </div>
      )}
      {data && !data.results.length && <p className={styles.none}>No notes yet.</p>}
    </div>
  )
}

function Write({ journal, params }: { journal: ModelMeta; params: Params }) {
  const client = useQueryClient()
  const kind = journal.fields.kind!
  const start = { kind: inputOf(kind.widget).read(kind.default, kind), comments: '' }
  const [values, setValues] = useState<Record<string, unknown>>(start)
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const [set] = useState(() => (key: string, value: unknown) => setValues(before => ({ ...before, [key]: value })))
  const text = String(values.comments ?? '').trim()
  const save = async () => {
    if (!text || busy) return
    setBusy(true)
    setProblem(undefined)
    try {
      await send('POST', journal.api, { ...Object.fromEntries(params), kind: values.kind, comments: text })
      setValues(start)
      await refresh(client, journal)
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    } finally {
      setBusy(false)
    }
  }
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    void save()
  }
  return (
    <section className={styles.write} aria-label="New note" onKeyDown={press}>
      {problem && (
        <Alert color="red" variant="light" role="alert">
          {problem}
        </Alert>
      )}
      <Entry
        name="comments"
        field={{ label: 'New note', widget: 'markdown' }}
        model={journal}
        value={values.comments}
        onChange={set}
      />
      <div className={styles.writeFoot}>
        <Entry name="kind" field={{ ...kind, required: true }} model={journal} value={values.kind} onChange={set} />
        <Button size="sm" loading={busy} disabled={!text} onClick={() => void save()}>
          Add note
        </Button>
      </div>
    </section>
  )
}

function Note({ journal, row }: { journal: ModelMeta; row: Row }) {
  const meta = useMeta()
  const [deleting, setDeleting] = useState(false)
  const kind = journal.fields.kind!
  return (
    <article className={styles.change}>
      <div className={styles.what}>
        <StatusBadge {...choiceOf(kind, row.kind)} />
        <Author id={row.created_by} users={meta.models['users.user']} />
        <time className={styles.note} dateTime={plain(row.created)} title={local(plain(row.created))}>
          {local(plain(row.created))} · {ago(plain(row.created))}
        </time>
        <span className={styles.acts} style={{ marginLeft: 'auto' }}>
          {journal.may.includes('change') && (
            <ActionIcon component={Go} href={`${journal.path}${row.id}/edit/`} aria-label="Edit this note" size={24}>
              <IconPencil size={14} />
            </ActionIcon>
          )}
          {journal.may.includes('delete') && (
            <ActionIcon aria-label="Delete this note" size={24} onClick={() => setDeleting(true)}>
              <IconTrash size={14} />
            </ActionIcon>
          )}
        </span>
      </div>
      <div className={styles.text}>
        <Markdown text={plain(row.comments)} />
      </div>
      {deleting && (
        <Suspense fallback={null}>
          <Delete
            model={journal}
            targets={{ rows: [row] }}
            onClose={() => setDeleting(false)}
            onDone={() => setDeleting(false)}
          />
        </Suspense>
      )}
    </article>
  )
}

/** Who wrote a note; the peer's API gives only an id. */
function Author({ id, users }: { id: unknown; users: ModelMeta | undefined }) {
  const meta = useMeta()
  const known = typeof id === 'number' && id !== meta.user.id && users
  const { data } = useQuery({
    queryKey: ['brief', 'users.user', id],
    queryFn: ({ signal }) => get<Row>(`${users?.api}${String(id)}/?brief=true`, signal),
    enabled: Boolean(known),
    staleTime: 600_000,
  })
  const name = typeof id === 'object' ? plain(id) : id === meta.user.id ? meta.user.display : data?.display
  return name ? <b>{name}</b> : null
}
