import { Alert, Button, Checkbox, Modal, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError, fieldsOf, get, send } from '../api/client.ts'
import { type Row, titleCase, useMeta } from '../api/meta.ts'
import type { Page } from '../api/query.ts'
import { refresh } from '../api/write.ts'
import { notify } from '../app/notices.tsx'
import { plain } from '../field/plain.ts'
import { labelOf } from '../object/diff.ts'
import { Diff } from '../object/Diff.tsx'
import { useFocusBack } from '../ui/dialogs.ts'
import { useGo } from '../ui/Go.tsx'
import { Bone } from '../ui/Skeletons.tsx'
import styles from './form.module.css'
import type { Trouble } from './targets.ts'
import { Troubles } from './Troubles.tsx'
import own from './undo.module.css'

/** Fields of an object that are told of for a reason of their own. */
interface Remark {
  readonly model: string
  readonly display: string
  readonly fields: readonly string[]
}

/** What undoing does: changes as the change log has them, and what to know before. */
interface Undone {
  readonly count: number
  readonly changes: readonly Row[]
  readonly lost: readonly Remark[]
  readonly later: readonly Remark[]
}

/** An object that is in the way, as the server names it. */
interface Obstacle {
  readonly model: string
  readonly display: string
  readonly errors: unknown
}

/** What becomes of one object, and of several. */
const verbs: Readonly<Record<string, readonly [one: string, many: string]>> = {
  create: ['comes back', 'come back'],
  update: ['changes back', 'change back'],
  delete: ['goes', 'go'],
}

/** Asks before a change is undone: shows what would change, what stands in the way, and what is not kept. */
export function Undo({ change, onClose }: { change: Row; onClose: () => void }) {
  const meta = useMeta()
  const client = useQueryClient()
  useFocusBack()
  const goTo = useGo()
  const [whole, setWhole] = useState(false)
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const address = `/ui/undo/${change.id}`
  const scope = whole ? 'request' : 'change'
  const { data, error } = useQuery({
    queryKey: ['undo', change.id, scope],
    queryFn: () => send<Undone>('POST', address, { scope, dry_run: true }),
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  })
  const log = meta.models['core.objectchange']!
  const request = plain(change.request_id)
  const { data: together } = useQuery({
    queryKey: ['undo', 'request', request],
    queryFn: ({ signal }) => get<Page>(`${log.api}?request_id=${request}&limit=1&fields=id`, signal),
  })
  const type = plain(change.changed_object_type)
  const model = meta.models[type]
  const name = `${model?.label ?? type} ${plain(change.object_repr)}`
  const action = (change.action as { value?: string } | null)?.value
  const problem = failure ?? error
  const others = (together?.count ?? 1) - 1

  const undo = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      await send('POST', address, { scope, ...(message && { changelog_message: message }) })
      client.removeQueries({ queryKey: ['detail'] })
      if (model) await refresh(client, model)
      notify({ text: whole ? 'All that the request changed is as it was.' : `${titleCase(name)} is as it was.` })
      onClose()
      if (action === 'delete' && model) goTo(`${model.path}${String(change.changed_object_id)}/`)
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={onClose} title={titleOf(action, name)} size={640} centered>
      <form
        className={styles.sheet}
        onSubmit={event => {
          event.preventDefault()
          if (data) void undo()
        }}
      >
        {problem ? (
          <Alert color="red" variant="light" role="alert">
            <p>{problem instanceof Error ? problem.message : 'It cannot be undone.'}</p>
            <Troubles troubles={obstaclesOf(problem).map(obstacle => troubleOf(obstacle, meta.models))} />
          </Alert>
        ) : data ? (
          <Preview undone={data} />
        ) : (
          <Bone width="100%" height={60} />
        )}
        {others > 0 && (whole || others + 1 > (data?.changes.length ?? 0)) && (
          <Checkbox
            size="xs"
            label="With all else that the same request changed"
            description={`${others.toLocaleString('en')} more ${others === 1 ? 'change' : 'changes'} of the log`}
            checked={whole}
            onChange={event => {
              setFailure(undefined)
              setWhole(event.currentTarget.checked)
            }}
          />
        )}
        <TextInput
          label="Reason"
          description="Kept in the change log"
          value={message}
          maxLength={200}
          data-autofocus
          onChange={event => setMessage(event.currentTarget.value)}
        />
        <div className={styles.modalBar} style={{ marginTop: 0 }}>
          <Button variant="default" size="sm" onClick={onClose}>
            Cancel
          </Button>
          <Button size="sm" type="submit" loading={busy} disabled={!data || Boolean(error)}>
            {action === 'delete' ? 'Bring back' : 'Undo'}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

const titleOf = (action: string | undefined, name: string): string =>
  action === 'delete'
    ? `Bring back ${name}?`
    : action === 'create'
      ? `Undo the creation of ${name}?`
      : `Undo the change of ${name}?`

const obstaclesOf = (error: unknown): readonly Obstacle[] =>
  error instanceof ApiError ? (error.items as unknown as readonly Obstacle[]) : []

function troubleOf({ model, display, errors }: Obstacle, models: ReturnType<typeof useMeta>['models']): Trouble {
  const meta = models[model]
  const text = Object.entries(fieldsOf(errors))
    .map(([key, texts]) => (key === '__all__' ? '' : `${labelOf(meta, key)}: `) + texts.join(' '))
    .join(' ')
  return { name: `${titleCase(meta?.label ?? model)} ${display}`.trim(), text }
}

/** What would change: the object itself in full, what goes with it by name. */
function Preview({ undone: { count, changes, lost, later } }: { undone: Undone }) {
  const { models } = useMeta()
  const [first, ...rest] = changes
  if (!first) return <p>Everything is as it was before already.</p>
  const model = models[plain(first.changed_object_type)]
  const groups = [...Map.groupBy(rest, row => `${plain(row.changed_object_type)} ${actionOf(row)}`).values()]
  return (
    <div className={own.preview}>
      <Diff model={model} change={first} />
      {groups.length > 0 && (
        <ul className={own.rest} aria-label="What goes with it">
          {groups.map(rows => (
            <Group key={rows[0]!.id} rows={rows} />
          ))}
          {count > changes.length && <li>and {(count - changes.length).toLocaleString('en')} more changes</li>}
        </ul>
      )}
      <Remarks remarks={later} text="Changed again since, which is undone, too" />
      <Remarks remarks={lost} text="Not kept by the change log, and not brought back" />
    </div>
  )
}

const actionOf = (row: Row) => (row.action as { value: string }).value

function Group({ rows }: { rows: readonly Row[] }) {
  const { models } = useMeta()
  const type = plain(rows[0]!.changed_object_type)
  const model = models[type]
  const names = rows.map(row => plain(row.object_repr))
  const [one, many] = verbs[actionOf(rows[0]!)]!
  return (
    <li>
      <b>
        {rows.length === 1 ? `1 ${model?.label ?? type} ${one}` : `${rows.length} ${model?.plural ?? type} ${many}`}
      </b>{' '}
      {names.slice(0, 6).join(', ')}
      {names.length > 6 && ` and ${names.length - 6} more`}
    </li>
  )
}

function Remarks({ remarks, text }: { remarks: readonly Remark[]; text: string }) {
  const { models } = useMeta()
  if (!remarks.length) return null
  return (
    <p className={own.remark}>
      {text}:{' '}
      {remarks
        .slice(0, 10)
        .map(({ model, display, fields }) => {
          const labels = fields.map(key => labelOf(models[model], key)).join(', ')
          return remarks.length > 1 ? `${labels} of ${display}` : labels
        })
        .join('; ')}
      {remarks.length > 10 && ` and of ${remarks.length - 10} more`}.
    </p>
  )
}
