import type { ModelMeta } from '@demarc/engine/meta'
import { Alert, Button, Modal } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../api/client.ts'
import type { Row } from '../api/meta.ts'
import { refresh } from '../api/write.ts'
import { notify } from '../app/notices.tsx'
import { MultiPicker, type Picked } from '../field/input/Picker.tsx'
import { useTopmost } from '../ui/dialogs.ts'
import styles from './form.module.css'

/** Gives addresses that belong to nothing yet to an interface. */
export function Assign(props: { addresses: ModelMeta; model: ModelMeta; row: Row; onClose: () => void }) {
  const { addresses, model, row } = props
  const onClose = useTopmost(props.onClose)
  const client = useQueryClient()
  const [chosen, setChosen] = useState<readonly Picked[]>([])
  const [problem, setProblem] = useState<string>()
  const [busy, setBusy] = useState(false)
  const save = async () => {
    if (busy || !chosen.length) return
    setBusy(true)
    try {
      await send(
        'PATCH',
        addresses.api,
        chosen.map(({ id }) => ({ id, assigned_object_type: model.name, assigned_object_id: row.id })),
      )
      notify({ text: `${chosen.map(each => each.display).join(', ')} ${chosen.length > 1 ? 'are' : 'is'} assigned.` })
      void refresh(client, addresses)
      onClose()
    } catch (error) {
      setBusy(false)
      setProblem(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <Modal opened onClose={onClose} title={`Assign IP addresses to ${row.display}`} size={520}>
      <form
        className={styles.sheet}
        onSubmit={event => {
          event.preventDefault()
          void save()
        }}
      >
        {problem && (
          <Alert color="red" variant="light" role="alert">
            {problem}
          </Alert>
        )}
        <div className={styles.entry}>
          <label className={styles.label} htmlFor="assign-addresses">
            IP addresses
          </label>
          <MultiPicker
            model={addresses}
            id="assign-addresses"
            describedBy="assign-help"
            narrow={[['assigned', 'false']]}
            value={chosen}
            onChange={setChosen}
          />
          <p className={styles.help} id="assign-help">
            Those that belong to nothing yet are offered.
          </p>
        </div>
        <div className={styles.modalBar} style={{ marginTop: 0 }}>
          <Button variant="default" size="sm" onClick={onClose}>
            Cancel
          </Button>
          <Button size="sm" type="submit" loading={busy} disabled={!chosen.length}>
            Assign
          </Button>
        </div>
      </form>
    </Modal>
  )
}
