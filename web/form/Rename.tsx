import type { ModelMeta } from '@demarc/engine/meta'
import { Alert, Button, Checkbox, Modal, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { send } from '../api/client.ts'
import { type Row, useMeta } from '../api/meta.ts'
import { refresh } from '../api/write.ts'
import { notify } from '../app/notices.tsx'
import { plain } from '../field/plain.ts'
import { Unfit } from '../field/input/view.ts'
import type { Targets } from '../list/BulkBar.tsx'
import { Bone } from '../ui/Skeletons.tsx'
import { Background, leaveToWorker } from './Background.tsx'
import { useClosing } from './Discard.tsx'
import styles from './form.module.css'
import own from './rename.module.css'
import { renamable, renamer } from './rename.ts'
import { nameOf, rowsOf, type Trouble, troublesOf } from './targets.ts'
import { Troubles } from './Troubles.tsx'
import { undoAction } from './undoing.ts'

interface Renaming {
  readonly row: Row
  readonly key: string
  readonly before: string
  readonly after: string
}

const shown = 200

/** Finds and replaces in the names of many objects, after showing what would become of them. */
export function Rename(props: { model: ModelMeta; targets: Targets; onClose: () => void; onDone: () => void }) {
  const { model, targets } = props
  const { close, dirty, question } = useClosing(props.onClose)
  const client = useQueryClient()
  const meta = useMeta()
  const all = renamable(model)
  const [keys, setKeys] = useState(() => all.slice(0, 1))
  const [find, setFind] = useState('')
  const [replace, setReplace] = useState('')
  const [regex, setRegex] = useState(true)
  const [message, setMessage] = useState('')
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    dirty.current = Boolean(find || replace)
  }, [dirty, find, replace])
  const [background, setBackground] = useState(false)
  const [problem, setProblem] = useState<string>()
  const [troubles, setTroubles] = useState<readonly Trouble[]>([])
  const { data: rows, error } = useQuery({
    queryKey: ['rename', model.name, targets],
    queryFn: () => rowsOf(model, targets, all),
    gcTime: 0,
    staleTime: Infinity,
  })
  const { renamings, fault } = useMemo(
    () => planned(rows ?? [], keys, find, replace, regex),
    [rows, keys, find, replace, regex],
  )
  const changed = new Set(renamings.map(({ row }) => row.id)).size

  const save = async () => {
    if (busy || !changed) return
    setBusy(true)
    setProblem(undefined)
    setTroubles([])
    const bodies = new Map<number, Record<string, unknown>>()
    for (const { row, key, after } of renamings)
      bodies.set(row.id, {
        ...bodies.get(row.id),
        id: row.id,
        [key]: after,
        ...(message && { changelog_message: message }),
      })
    try {
      if (background) await leaveToWorker(meta, model, 'PATCH', [...bodies.values()])
      else {
        await send('PATCH', model.api, [...bodies.values()])
        const many = changed > 1
        const name = `${changed.toLocaleString('en')} ${many ? model.plural : model.label}`
        const [id] = bodies.keys()
        const action = await undoAction(meta, client, { model, id: id!, name, many })
        notify({ text: `${name} ${many ? 'were' : 'was'} renamed.`, ...(action && { action }) })
        void refresh(client, model)
      }
      props.onDone()
    } catch (error) {
      setBusy(false)
      setProblem(error instanceof Error ? error.message : String(error))
      setTroubles(await troublesOf(model, targets, [...bodies.keys()], error))
    }
  }
  return (
    <Modal opened onClose={close} title={`Rename ${nameOf(model, targets)}`} size={760} closeOnClickOutside={!find}>
      <form
        className={styles.sheet}
        onSubmit={event => {
          event.preventDefault()
          void save()
        }}
      >
        {problem && (
          <Alert color="red" variant="light" role="alert">
            <p>{problem} Nothing was renamed.</p>
            <Troubles troubles={troubles} />
          </Alert>
        )}
        <div className={styles.pair}>
          <TextInput
            label="Find"
            value={find}
            error={fault}
            data-autofocus
            spellCheck={false}
            autoComplete="off"
            onChange={event => setFind(event.currentTarget.value)}
          />
          <TextInput
            label="Replace with"
            value={replace}
            spellCheck={false}
            autoComplete="off"
            onChange={event => setReplace(event.currentTarget.value)}
          />
        </div>
        <div className={own.switches}>
          <Checkbox
            label="Regular expression"
            checked={regex}
            onChange={event => setRegex(event.currentTarget.checked)}
          />
          {all.length > 1 && (
            <div role="group" aria-label="Fields" className={own.switches}>
              {all.map(key => (
                <Checkbox
                  key={key}
                  label={model.fields[key]!.label}
                  checked={keys.includes(key)}
                  onChange={event =>
                    setKeys(
                      event.currentTarget.checked
                        ? all.filter(each => each === key || keys.includes(each))
                        : keys.filter(each => each !== key),
                    )
                  }
                />
              ))}
            </div>
          )}
          {regex && (
            <span className={styles.help}>
              A group, as in <code>Port(\d+)</code>, is put in by <code>\1</code>.
            </span>
          )}
        </div>
        <section className={own.preview} aria-label="Preview" tabIndex={0}>
          {error && <p className={own.note}>{error.message}</p>}
          {!rows && !error && <Bone width="60%" />}
          {rows && !renamings.length && (
            <p className={own.note}>{find && !fault ? 'Nothing would change.' : 'What changes is shown here.'}</p>
          )}
          {renamings.length > 0 && (
            <table className={own.table}>
              <thead>
                <tr>
                  <th scope="col">Now</th>
                  <th scope="col">Then</th>
                </tr>
              </thead>
              <tbody>
                {renamings.slice(0, shown).map(({ row, key, before, after }) => (
                  <tr key={`${row.id} ${key}`}>
                    <td>
                      {before}
                      {keys.length > 1 && <span className={own.note}> {model.fields[key]!.label.toLowerCase()}</span>}
                    </td>
                    <td data-empty={!after || undefined}>{after || 'empty'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {renamings.length > shown && <p className={own.note}>and {renamings.length - shown} more</p>}
        </section>
        <TextInput
          label="Reason"
          description="Kept in the change log"
          value={message}
          maxLength={200}
          onChange={event => setMessage(event.currentTarget.value)}
        />
        {changed > 1 && <Background checked={background} onChange={setBackground} />}
        <div className={styles.modalBar} style={{ marginTop: 0 }}>
          <Button variant="default" size="sm" onClick={props.onClose}>
            Cancel
          </Button>
          <Button size="sm" type="submit" loading={busy} disabled={!changed}>
            {changed
              ? `Rename ${changed.toLocaleString('en')} of ${(rows?.length ?? 0).toLocaleString('en')}`
              : 'Rename'}
          </Button>
        </div>
      </form>
      {question}
    </Modal>
  )
}

/** What would become of each name, as far as it changes; and what is wrong with what is sought. */
function planned(
  rows: readonly Row[],
  keys: readonly string[],
  find: string,
  replace: string,
  regex: boolean,
): { readonly renamings: readonly Renaming[]; readonly fault?: string } {
  try {
    const rename = renamer(find, replace, regex)
    const renamings = rows.flatMap(row =>
      keys.flatMap((key): Renaming[] => {
        const before = plain(row[key])
        const after = rename(before)
        return after === before ? [] : [{ row, key, before, after }]
      }),
    )
    return { renamings }
  } catch (error) {
    if (!(error instanceof Unfit)) throw error
    return { renamings: [], fault: error.message }
  }
}
