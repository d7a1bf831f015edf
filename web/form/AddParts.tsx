import type { ModelMeta } from '@demarc/engine/meta'
import { Alert, Button, Drawer } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { ApiError, fieldsOf as messagesOf, send } from '../api/client.ts'
import { useMeta } from '../api/meta.ts'
import { refresh } from '../api/write.ts'
import { notify } from '../app/notices.tsx'
import type { Targets } from '../list/BulkBar.tsx'
import { type Closing, useClosing } from './Discard.tsx'
import { bodyOf, landed, valuesOf } from './draft.ts'
import styles from './form.module.css'
import { Nest } from './Nest.tsx'
import { type Parts } from './parts.ts'
import { refused } from './save.ts'
import { patterned, seriesOf } from './series.ts'
import { Sheet, useForm } from './Sheet.tsx'
import { idsOf, nameOf, sizeOf, type Trouble } from './targets.ts'
import { Troubles } from './Troubles.tsx'

interface AddPartsProps {
  /** What the parts are added to. */
  readonly model: ModelMeta
  readonly parts: Parts
  readonly targets: Targets
  readonly onClose: () => void
  readonly onDone: () => void
}

/** Adds the same parts to each of many objects, in one request: to all, or to none. */
export function AddParts(props: AddPartsProps) {
  const { model, parts, targets } = props
  const closing = useClosing(props.onClose)
  return (
    <Drawer
      opened
      onClose={closing.close}
      position="right"
      size={560}
      title={`Add ${parts.model.plural} to ${nameOf(model, targets)}`}
      closeOnClickOutside={false}
      transitionProps={{ duration: 120 }}
    >
      <Nest>
        <Content {...props} closing={closing} />
      </Nest>
      {closing.question}
    </Drawer>
  )
}

function Content({ model, parts, targets, onClose, onDone, closing }: AddPartsProps & { readonly closing: Closing }) {
  const client = useQueryClient()
  const meta = useMeta()
  const shown = useMemo(() => patterned(alone(meta.models, parts)), [meta, parts])
  const [initial] = useState(() => valuesOf(shown))
  const form = useForm(shown, initial)
  const [busy, setBusy] = useState(false)
  const [troubles, setTroubles] = useState<readonly Trouble[]>([])
  useEffect(() => {
    closing.dirty.current = form.dirty
  }, [closing.dirty, form.dirty])
  const size = sizeOf(targets)

  const save = async () => {
    if (busy) return
    setTroubles([])
    const { body, faults } = bodyOf(shown, form.values)
    const series = seriesOf(parts.model, body)
    const all = { ...series.faults, ...faults }
    if (Object.keys(all).length) return form.fail(all)
    setBusy(true)
    let ids: number[] = []
    try {
      ids = await idsOf(model, targets)
      const bodies = ids.flatMap(id => series.bodies.map(each => ({ ...each, [parts.key]: id })))
      await send('POST', parts.model.api, bodies)
      notify({
        text: `${bodies.length.toLocaleString('en')} ${parts.model.plural} were added to ${nameOf(model, targets)}.`,
      })
      void refresh(client, parts.model)
      onDone()
    } catch (error) {
      setBusy(false)
      if (!(error instanceof ApiError) || !error.items.length) return form.fail(refused(parts.model, error))
      const names = new Map(targets.rows.map(row => [row.id, row.display]))
      setTroubles(
        error.items.map(({ index = 0, errors }): Trouble => {
          const id = ids[Math.floor(index / series.bodies.length)]!
          const texts = Object.entries(landed(parts.model, messagesOf(errors)))
          const part = String(series.bodies[index % series.bodies.length]!.name ?? '')
          return {
            name: `${names.get(id) ?? `#${id}`} ${part}`.trim(),
            text: texts.map(([key, said]) => labelled(parts.model, key) + said.join(' ')).join(' '),
          }
        }),
      )
    }
  }
  return (
    <div
      onKeyDown={event => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.preventDefault()
        void save()
      }}
    >
      {troubles.length > 0 && (
        <Alert color="red" variant="light" role="alert" className={styles.refusal}>
          <p>Nothing was added.</p>
          <Troubles troubles={troubles} />
        </Alert>
      )}
      <Sheet model={shown} form={form} several />
      <div className={styles.modalBar}>
        <Button variant="default" size="sm" onClick={onClose}>
          Cancel
        </Button>
        <Button size="sm" loading={busy} onClick={() => void save()}>
          Add to {size.toLocaleString('en')} {size === 1 ? model.label : model.plural}
        </Button>
      </div>
    </div>
  )
}

const labelled = (model: ModelMeta, key: string) => (key === '__all__' ? '' : `${model.fields[key]?.label ?? key}: `)

/** The form of a part without what it is a part of, and without what lies within the same whole. */
function alone(models: Readonly<Record<string, ModelMeta>>, { model, key }: Parts): ModelMeta {
  const [whole] = model.fields[key]!.to!
  const within = (name: string | undefined) => models[name ?? '']?.fields[key]?.to?.[0] === whole
  const fields = Object.fromEntries(
    Object.entries(model.fields).filter(([name, field]) => name !== key && !within(field.to?.[0])),
  )
  return { ...model, fields }
}
