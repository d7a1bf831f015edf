import type { ModelMeta } from '@demarc/engine/meta'
import { Button, Modal } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { titleCase, useMeta } from '../api/meta.ts'
import type { Params } from '../api/query.ts'
import { notify } from '../app/notices.tsx'
import { CreateContext, type Picked } from '../field/input/Picker.tsx'
import { PageSkeleton } from '../ui/Skeletons.tsx'
import { type Closing, useClosing } from './Discard.tsx'
import { changedOf, type Values } from './draft.ts'
import styles from './form.module.css'
import { prefill } from './prefill.ts'
import { create } from './save.ts'
import { Sheet, useForm } from './Sheet.tsx'

/** Lets pickers make what is missing, in a form above this one. */
export function Nest({ children }: { children: ReactNode }) {
  const [nested, setNested] = useState<Nested>()
  const [open] = useState(
    () => (model: ModelMeta, name: string, narrow: Params, done: (row: Picked) => void) =>
      setNested({ model, name, narrow, done }),
  )
  return (
    <CreateContext value={open}>
      {children}
      {nested && <NestedForm nested={nested} onClose={() => setNested(undefined)} />}
    </CreateContext>
  )
}

/** A window with a form, from whose pickers one may go on to make what is missing there. */
function NestedForm({ nested, onClose }: { nested: Nested; onClose: () => void }) {
  const closing = useClosing(onClose)
  return (
    <Modal opened onClose={closing.close} title={`New ${nested.model.label}`} size={640} closeOnClickOutside={false}>
      <Nest>
        <Inner nested={nested} onClose={onClose} closing={closing} />
      </Nest>
      {closing.question}
    </Modal>
  )
}

interface Nested {
  readonly model: ModelMeta
  readonly name: string
  readonly narrow: Params
  readonly done: (row: Picked) => void
}

function Inner(props: { nested: Nested; onClose: () => void; closing: Closing }) {
  const { nested, onClose, closing } = props
  const { model, name, narrow, done } = nested
  const client = useQueryClient()
  const meta = useMeta()
  const key = model.fields.name ? 'name' : model.form[0]?.fields[0]
  const { data } = useQuery({
    queryKey: ['prefill', model.name, 'nested', name, narrow],
    queryFn: () => {
      const given = Object.fromEntries(narrow.map(([each, value]) => [each.replace(/_id$/, ''), value]))
      return prefill(client, meta, model, key && name ? { ...given, [key]: name } : given)
    },
    gcTime: 0,
  })
  if (!data) return <PageSkeleton />
  return <InnerForm model={model} initial={data} name={name} done={done} onClose={onClose} closing={closing} />
}

function InnerForm(props: {
  model: ModelMeta
  initial: Values
  name: string
  done: (row: Picked) => void
  onClose: () => void
  closing: Closing
}) {
  const { model, name, onClose, closing } = props
  const client = useQueryClient()
  const form = useForm(model, props.initial)
  const [busy, setBusy] = useState(false)
  const { set } = form
  // Its slug follows the name it comes with.
  useEffect(() => {
    if (name && model.fields.name) set('name', name)
  }, [set, name, model])
  const { values, before } = form
  useEffect(() => {
    // What it came with is not what was entered.
    const own = (key: string) => key !== 'slug' && !(key === 'name' && values.name === name)
    closing.dirty.current = changedOf(model, values, before).some(own)
  }, [closing.dirty, model, name, values, before])
  const save = async () => {
    if (busy) return
    setBusy(true)
    const row = await create(model, form)
    setBusy(false)
    if (!row) return
    void client.invalidateQueries({ queryKey: ['brief', model.name] })
    notify({ text: `${titleCase(model.label)} ${row.display} was created.` })
    props.done(row)
    onClose()
  }
  return (
    <div
      onKeyDown={event => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        event.stopPropagation()
        void save()
      }}
    >
      <Sheet model={model} form={form} />
      <div className={styles.modalBar}>
        <Button variant="default" size="sm" onClick={onClose}>
          Cancel
        </Button>
        <Button size="sm" loading={busy} onClick={() => void save()}>
          Create
        </Button>
      </div>
    </div>
  )
}
