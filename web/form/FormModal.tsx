import type { ModelMeta } from '@demarc/engine/meta'
import { Button, Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Row, titleCase } from '../api/meta.ts'
import { refresh } from '../api/write.ts'
import { notify } from '../app/notices.tsx'
import { type Closing, useClosing } from './Discard.tsx'
import { type Values, valuesOf } from './draft.ts'
import styles from './form.module.css'
import { Nest } from './Nest.tsx'
import { create, update } from './save.ts'
import { Sheet, useForm } from './Sheet.tsx'

interface FormModalProps {
  readonly model: ModelMeta
  readonly title: string
  /** The object to change; a new one is made without. */
  readonly row?: Row | undefined
  /** What is sent though the form does not show it. */
  readonly fixed?: Values | undefined
  readonly onClose: () => void
}

/** A form in a window over the page it belongs to. */
export function FormModal(props: FormModalProps) {
  const closing = useClosing(props.onClose)
  return (
    <Modal opened onClose={closing.close} title={props.title} size={640} closeOnClickOutside={false}>
      <Nest>
        <Content {...props} closing={closing} />
      </Nest>
      {closing.question}
    </Modal>
  )
}

function Content({ model, row, fixed, onClose, closing }: FormModalProps & { readonly closing: Closing }) {
  const client = useQueryClient()
  const [initial] = useState(() => valuesOf(model, row))
  const form = useForm(model, initial, row?.id)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    closing.dirty.current = form.dirty
  }, [closing.dirty, form.dirty])
  const save = async () => {
    if (busy) return
    setBusy(true)
    const done = row ? await update(model, form, row.id) : await create(model, form, fixed)
    setBusy(false)
    if (!done) return
    notify({ text: `${titleCase(model.label)} ${row ? 'was saved' : 'was added'}.` })
    void refresh(client, model)
    onClose()
  }
  return (
    <div
      onKeyDown={event => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        void save()
      }}
    >
      <Sheet model={model} form={form} id={row?.id} />
      <div className={styles.modalBar}>
        <Button variant="default" size="sm" onClick={onClose}>
          Cancel
        </Button>
        <Button size="sm" loading={busy} onClick={() => void save()}>
          {row ? 'Save' : 'Add'}
        </Button>
      </div>
    </div>
  )
}
