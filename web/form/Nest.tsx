import type { ModelMeta } from '@demarc/engine/meta'
import { Button, Modal } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { titleCase, useMeta } from '../api/meta.ts'
import type { Params } from '../api/query.ts'
import { notify } from '../app/notices.tsx'
import { CreateContext, type Picked } from '../field/input/Picker.tsx'
import { openDialogs } from '../ui/dialogs.ts'
import { PageSkeleton } from '../ui/Skeletons.tsx'
import type { Values } from './draft.ts'
import styles from './form.module.css'
import { prefill } from './prefill.ts'
import { create } from './save.ts'
import { Sheet, useForm } from './Sheet.tsx'

/** Lets pickers make what is missing, in a form above this one. */
export function Nest({ children }: { children: ReactNode }) {
  const [nested, setNested] = useState<Nested>()
  const [open] = useState(
    () => (model: ModelMeta, name: string, narrow: Params, done: (row: Picked) => void) =>
      setNested({ model, name, narrow, done, below: openDialogs() }),
  )
  const close = () => {
    // Escape is heard by all windows, and meant for the last one.
    if (nested && openDialogs() <= nested.below + 1) setNested(undefined)
  }
  return (
    <CreateContext value={open}>
      {children}
      <Modal
        opened={Boolean(nested)}
        onClose={close}
        title={nested && `New ${nested.model.label}`}
        size={640}
        closeOnClickOutside={false}
      >
        {nested && <Inner key={nested.model.name} nested={nested} onClose={() => setNested(undefined)} />}
      </Modal>
    </CreateContext>
  )
}

interface Nested {
  readonly model: ModelMeta
  readonly name: string
  readonly narrow: Params
  readonly done: (row: Picked) => void
  /** How many windows lie below it. */
  readonly below: number
}

function Inner({ nested, onClose }: { nested: Nested; onClose: () => void }) {
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
  return data ? <InnerForm model={model} initial={data} name={name} done={done} onClose={onClose} /> : <PageSkeleton />
}

function InnerForm(props: {
  model: ModelMeta
  initial: Values
  name: string
  done: (row: Picked) => void
  onClose: () => void
}) {
  const { model, onClose } = props
  const client = useQueryClient()
  const form = useForm(model, props.initial)
  const [busy, setBusy] = useState(false)
  const { set } = form
  // Its slug follows the name it comes with.
  useEffect(() => {
    if (props.name && model.fields.name) set('name', props.name)
  }, [set, props.name, model])
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
