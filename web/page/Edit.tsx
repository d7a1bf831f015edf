import type { ModelMeta } from '@demarc/engine/meta'
import { Alert, Button, TextInput } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { ApiError, send, type Tagged } from '../api/client.ts'
import { type Row, titleCase, useMeta } from '../api/meta.ts'
import type { Search } from '../api/search.ts'
import { lastChange, readForEdit, refresh } from '../api/write.ts'
import { notify } from '../app/notices.tsx'
import { ago } from '../field/datetime.tsx'
import { plain } from '../field/plain.ts'
import { bodyOf, changedOf, fieldsOf, packed, type Values, valuesOf } from '../form/draft.ts'
import styles from '../form/form.module.css'
import { Leave } from '../form/Leave.tsx'
import { Nest } from '../form/Nest.tsx'
import { prefill } from '../form/prefill.ts'
import { refused } from '../form/save.ts'
import { authorizationOf, Secret } from '../form/Secret.tsx'
import { createAll, patterned } from '../form/series.ts'
import { type FormState, Sheet, useForm } from '../form/Sheet.tsx'
import { useGo } from '../ui/Go.tsx'
import { Icon } from '../ui/Icon.tsx'
import { PageSkeleton } from '../ui/Skeletons.tsx'
import { Failure } from './Failure.tsx'
import { Forbidden } from './Forbidden.tsx'
import { NotFound } from './NotFound.tsx'
import { Unknown } from './Unknown.tsx'
import { useAddress } from './useModel.ts'

/** The form for a new object; what the address says is filled in already. */
export function Add() {
  const { model, path } = useAddress()
  if (!model) return <Unknown path={path} />
  if (!model.may.includes('add'))
    return <Forbidden permission={permission(model, 'add')} detail="You may not make these." />
  return <Prefilled key={model.name} model={patterned(model)} />
}

function Prefilled({ model }: { model: ModelMeta }) {
  const client = useQueryClient()
  const meta = useMeta()
  const search = useSearch({ strict: false }) as Search
  const [asked] = useState(search)
  const { data } = useQuery({
    queryKey: ['prefill', model.name, asked],
    queryFn: () => prefill(client, meta, model, asked),
    gcTime: 0,
    staleTime: Infinity,
  })
  useDocumentTitle(`New ${model.label} · Demarc`)
  return data ? <New model={model} initial={data} /> : <PageSkeleton />
}

function New({ model, initial }: { model: ModelMeta; initial: Values }) {
  const client = useQueryClient()
  const goTo = useGo()
  const form = useForm(model, valuesOf(model))
  const meta = useMeta()
  const back = useBack()
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState<'one' | 'more'>()
  const [secret, setSecret] = useState<{ readonly authorization: string; readonly next: string }>()
  const free = useRef(false)
  const { restart } = form
  useEffect(() => restart(initial), [restart, initial])

  const save = async (more: boolean) => {
    if (busy) return
    setBusy(more ? 'more' : 'one')
    const rows = await createAll(meta.models[model.name]!, form, message ? { changelog_message: message } : {})
    setBusy(undefined)
    const [row] = rows ?? []
    if (!rows || !row) return
    free.current = true
    void refresh(client, model)
    const href = `${model.path}${row.id}/`
    const one = rows.length === 1
    const text = one
      ? `${titleCase(model.label)} ${row.display} was created.`
      : `${rows.length.toLocaleString('en')} ${model.plural} were created.`
    const authorization = authorizationOf(row)
    if (authorization) return setSecret({ authorization, next: back ?? href })
    if (!more) {
      notify({ text, ...(back && one && { link: { href, label: 'Open' } }) })
      goTo(back ?? (one ? href : model.path))
      return
    }
    notify({ text, ...(one && { link: { href, label: 'Open' } }) })
    free.current = false
    form.restart(kept(model, form.values))
    document.getElementById('page')?.scrollTo({ top: 0 })
    form.root.current?.querySelector<HTMLElement>('[data-field] :is(input, textarea)')?.focus({ preventScroll: true })
  }
  return (
    <Frame
      model={model}
      title={`New ${model.label}`}
      about={model.about}
      form={form}
      message={message}
      onMessage={setMessage}
      onSave={() => void save(false)}
      leave={
        <>
          <Leave dirty={form.dirty} free={free} />
          {secret && <Secret authorization={secret.authorization} onClose={() => goTo(secret.next)} />}
        </>
      }
    >
      <Button onClick={() => void save(false)} loading={busy === 'one'} size="sm">
        Create
      </Button>
      <Button variant="default" onClick={() => void save(true)} loading={busy === 'more'} size="sm">
        Create and add another
      </Button>
      <Button variant="subtle" color="gray" size="sm" onClick={() => goTo(back ?? model.path)}>
        Cancel
      </Button>
    </Frame>
  )
}

/** Where the address says to go when the form is done. */
function useBack(): string | undefined {
  const { return_url: asked } = useSearch({ strict: false }) as Search
  return typeof asked === 'string' && /^\/(?![/\\])/.test(asked) ? asked : undefined
}

/** What the next of several new objects takes over from the last. */
function kept(model: ModelMeta, values: Values): Values {
  const fields = fieldsOf(model)
  const keys = model.clone ?? Object.keys(fields).filter(key => fields[key]!.required && fields[key]!.widget !== 'text')
  return {
    ...valuesOf(model),
    ...Object.fromEntries(
      [...keys, 'tags', 'device', 'device_type', 'module_type', 'virtual_machine']
        .filter(key => key in values)
        .map(key => [key, values[key]]),
    ),
  }
}

/** The form of an object there is. */
export function Edit() {
  const { model, path, id } = useAddress()
  if (!model) return <Unknown path={path} />
  if (!/^\d+$/.test(id ?? '')) return <NotFound />
  if (!model.may.includes('change'))
    return <Forbidden permission={permission(model, 'change')} detail="You may not change these." />
  return <Loaded key={`${model.name} ${id}`} model={model} id={id!} />
}

function Loaded({ model, id }: { model: ModelMeta; id: string }) {
  const client = useQueryClient()
  const { data, error, refetch } = useQuery({
    queryKey: ['edit', model.name, id],
    queryFn: async ({ signal }) => {
      const read = await readForEdit(model, id, signal)
      client.setQueryData(['detail', model.name, id], read.data)
      return read
    },
    gcTime: 0,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  })
  const title = data ? data.data.display : titleCase(model.label)
  useDocumentTitle(`Edit ${title} · Demarc`)
  if (error instanceof ApiError && error.status === 404)
    return <NotFound what={model.label} back={{ href: model.path, label: `All ${model.plural}` }} />
  if (error) return <Failure error={error} reset={() => void refetch()} />
  return data ? <Old model={model} id={id} first={data} /> : <PageSkeleton />
}

function Old({ model, id, first }: { model: ModelMeta; id: string; first: Tagged<Row> }) {
  const client = useQueryClient()
  const goTo = useGo()
  const [loaded, setLoaded] = useState(first)
  const [initial] = useState(() => valuesOf(model, first.data))
  const form = useForm(model, initial, Number(id))
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const [stale, setStale] = useState<Stale>()
  const free = useRef(false)
  const href = useBack() ?? `${model.path}${id}/`

  const save = async () => {
    if (busy) return
    const { body, faults } = bodyOf(model, form.values, form.before)
    if (Object.keys(faults).length) return form.fail(faults)
    if (!Object.keys(body).length) {
      free.current = true
      notify({ text: 'Nothing was changed.' })
      return goTo(href)
    }
    setBusy(true)
    try {
      const sent = packed({ ...body, ...(message && { changelog_message: message }) })
      const row = await send<Row>('PATCH', `${model.api}${id}/`, sent, loaded.etag ? { 'If-Match': loaded.etag } : {})
      free.current = true
      client.setQueryData(['detail', model.name, id], row)
      void refresh(client, model)
      notify({ text: `${titleCase(model.label)} ${row.display} was saved.` })
      goTo(href)
    } catch (error) {
      if (error instanceof ApiError && error.status === 412) setStale(await staleness(model, id))
      else form.fail(refused(model, error))
    } finally {
      setBusy(false)
    }
  }
  const reload = (now: Tagged<Row>, keep: boolean) => {
    const theirs = valuesOf(model, now.data)
    const mine = keep
      ? Object.fromEntries(changedOf(model, form.values, form.before).map(key => [key, form.values[key]]))
      : {}
    setLoaded(now)
    form.restart(theirs, mine)
    setStale(undefined)
  }
  return (
    <Frame
      model={model}
      title={loaded.data.display}
      about={`Edit this ${model.label}`}
      form={form}
      id={Number(id)}
      message={message}
      onMessage={setMessage}
      onSave={() => void save()}
      leave={<Leave dirty={form.dirty} free={free} />}
      above={stale && <Conflict model={model} form={form} stale={stale} onReload={reload} />}
    >
      <Button onClick={() => void save()} loading={busy} size="sm">
        Save
      </Button>
      <Button variant="subtle" color="gray" size="sm" onClick={() => goTo(href)}>
        Cancel
      </Button>
    </Frame>
  )
}

interface Stale {
  readonly now: Tagged<Row> | undefined
  readonly change: Row | undefined
}

async function staleness(model: ModelMeta, id: string): Promise<Stale> {
  const [now, change] = await Promise.all([
    readForEdit(model, id).catch(() => undefined),
    lastChange(model, id).catch(() => undefined),
  ])
  return { now, change }
}

function Conflict(props: {
  model: ModelMeta
  form: FormState
  stale: Stale
  onReload: (now: Tagged<Row>, keep: boolean) => void
}) {
  const { model, form, stale } = props
  const { now, change } = stale
  const fields = fieldsOf(model)
  const theirs = now ? changedOf(model, valuesOf(model, now.data), form.before) : []
  const mine = changedOf(model, form.values, form.before)
  const names = (keys: readonly string[]) => keys.map(key => fields[key]!.label).join(', ')
  const both = theirs.filter(key => mine.includes(key))
  return (
    <Alert
      color="yellow"
      variant="light"
      role="alert"
      className={styles.stale}
      title={`This ${model.label} was changed while you were editing it`}
    >
      <p>
        {change ? `${plain(change.user_name) || 'Somebody'} saved it ${ago(plain(change.time))}` : 'Somebody saved it'}
        {theirs.length ? ` and changed: ${names(theirs)}.` : '.'}{' '}
        {both.length > 0 && `You have changed ${names(both)} too; your value would win.`}
      </p>
      {now && (
        <div className={styles.modalBar} style={{ justifyContent: 'flex-start' }}>
          <Button onClick={() => props.onReload(now, true)}>Take theirs, keep my changes</Button>
          <Button variant="default" onClick={() => props.onReload(now, false)}>
            Drop my changes
          </Button>
        </div>
      )}
    </Alert>
  )
}

function Frame(props: {
  model: ModelMeta
  title: string
  about: string
  form: FormState
  id?: number
  message: string
  onMessage: (message: string) => void
  onSave: () => void
  leave: ReactNode
  above?: ReactNode
  children: ReactNode
}) {
  const { model, form } = props
  const logged = model.features.includes('change_logging')
  return (
    <Nest>
      <form
        className={styles.page}
        noValidate
        onSubmit={event => {
          event.preventDefault()
        }}
        onKeyDown={event => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          props.onSave()
        }}
      >
        <div className={styles.body}>
          <header className={styles.header}>
            <span className={styles.icon}>
              <Icon name={model.icon} size={20} />
            </span>
            <div>
              <h1>{props.title}</h1>
              <p>{props.about}</p>
            </div>
          </header>
          {props.above && <div style={{ marginBottom: 16 }}>{props.above}</div>}
          <Sheet model={model} form={form} id={props.id} several={!props.id} />
        </div>
        <div className={styles.bar}>
          <div className={styles.actions}>{props.children}</div>
          {logged && (
            <TextInput
              className={styles.message}
              size="sm"
              aria-label="Reason, for the change log"
              placeholder="Reason, for the change log"
              value={props.message}
              maxLength={200}
              onChange={event => props.onMessage(event.currentTarget.value)}
            />
          )}
          <span className={styles.hint}>
            {form.dirty ? 'Unsaved changes · ' : ''}
            {/mac/i.test(navigator.platform) ? '⌘' : 'Ctrl'} + Enter saves
          </span>
        </div>
      </form>
      {props.leave}
    </Nest>
  )
}

function permission(model: ModelMeta, act: string): string {
  const [app, name] = model.name.split('.')
  return `${app}.${act}_${name}`
}
