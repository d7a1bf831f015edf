import type { ModelMeta } from '@demarc/engine/meta'
import { Alert, Button, Modal, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ApiError, send } from '../api/client.ts'
import { titleCase, useMeta } from '../api/meta.ts'
import { countsOf } from '../api/related.ts'
import { refresh } from '../api/write.ts'
import { notify } from '../app/notices.tsx'
import type { Targets } from '../list/BulkBar.tsx'
import { useFocusBack } from '../ui/dialogs.ts'
import { Background, leaveToWorker } from './Background.tsx'
import styles from './form.module.css'
import { idsOf, nameOf, sizeOf, type Trouble, troublesOf } from './targets.ts'
import { Troubles } from './Troubles.tsx'
import { isKept, undoAction } from './undoing.ts'

/** Asks before objects are deleted, and for a reason; says what stands in the way. */
export function Delete(props: { model: ModelMeta; targets: Targets; onClose: () => void; onDone: () => void }) {
  const { model, targets } = props
  const client = useQueryClient()
  useFocusBack()
  const meta = useMeta()
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  const [background, setBackground] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [troubles, setTroubles] = useState<readonly Trouble[]>([])
  const name = nameOf(model, targets)
  const [row] = targets.rows
  const single = sizeOf(targets) === 1 && row
  const related = single
    ? countsOf(meta, model).flatMap(({ key, relation }) => {
        const count = Number(row[key])
        if (!(count > 0)) return []
        const label = relation ? (count === 1 ? relation.model.label : relation.model.plural) : model.fields[key]!.label
        return [`${count.toLocaleString('en')} ${label}`]
      })
    : []

  const logged = isKept(meta, model)

  const remove = async () => {
    setBusy(true)
    setProblem(undefined)
    setTroubles([])
    const ids: number[] = []
    try {
      ids.push(...(await idsOf(model, targets)))
      const reason = message && { changelog_message: message }
      const items = ids.map(id => ({ id, ...reason }))
      if (background) {
        await leaveToWorker(meta, model, 'DELETE', items)
        return props.onDone()
      }
      if (single) await send('DELETE', `${model.api}${row.id}/`, reason || undefined)
      else await send('DELETE', model.api, items)
      const action = await undoAction(meta, client, { model, id: ids[0]!, name, many: !single })
      notify({ text: `${titleCase(name)} ${single ? 'was' : 'were'} deleted.`, ...(action && { action }) })
      props.onDone()
      for (const id of ids) client.removeQueries({ queryKey: ['detail', model.name, String(id)] })
      void refresh(client, model)
    } catch (error) {
      const found = error instanceof ApiError && error.status === 409 ? dependents(error.message) : undefined
      setProblem(found?.text ?? (error instanceof Error ? error.message : String(error)))
      setTroubles(found?.list ?? (await troublesOf(model, targets, ids, error)))
      setBusy(false)
    }
  }
  return (
    <Modal opened onClose={props.onClose} title={`Delete ${name}?`} size={520} centered>
      <form
        className={styles.sheet}
        onSubmit={event => {
          event.preventDefault()
          void remove()
        }}
      >
        {problem ? (
          <Alert color="red" variant="light" role="alert">
            <p>{problem}</p>
            <Troubles troubles={troubles} />
          </Alert>
        ) : (
          <p>
            {related.length > 0 && `It has ${related.slice(0, 6).join(', ')}${related.length > 6 ? ' and more' : ''}. `}
            {logged
              ? `The change log keeps what was, and can bring ${single ? 'it' : 'them'} back.`
              : 'This cannot be undone.'}
          </p>
        )}
        <TextInput
          label="Reason"
          description="Kept in the change log"
          value={message}
          maxLength={200}
          data-autofocus
          onChange={event => setMessage(event.currentTarget.value)}
        />
        {sizeOf(targets) > 1 && <Background checked={background} onChange={setBackground} />}
        <div className={styles.modalBar} style={{ marginTop: 0 }}>
          <Button variant="default" size="sm" onClick={props.onClose}>
            Cancel
          </Button>
          <Button color="red.9" size="sm" type="submit" loading={busy}>
            {problem ? 'Try again' : 'Delete'}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

/** The objects that the server says stand in the way. */
function dependents(detail: string): { text: string; list: Trouble[] } | undefined {
  const [, count, names] = /(\d+) dependent objects were found: (.+)$/s.exec(detail) ?? []
  if (!names) return undefined
  const list = [...names.matchAll(/(.+?) \((\d+)\)(?:, |$)/gs)].map(([, name]) => ({ name: name!, text: '' }))
  const one = count === '1'
  return {
    text: `It cannot be deleted while ${one ? 'another object depends' : `${count} others depend`} on it:`,
    list,
  }
}
