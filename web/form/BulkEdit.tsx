import type { FieldMeta, ModelMeta } from '@demarc/engine/meta'
import { ActionIcon, Alert, Button, Drawer, Select, TextInput, Tooltip } from '@mantine/core'
import IconX from '@tabler/icons-react/icons/IconX'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { ApiError, send } from '../api/client.ts'
import { identityOf, titleCase, useMeta } from '../api/meta.ts'
import { refresh } from '../api/write.ts'
import { notify } from '../app/notices.tsx'
import { inputOf } from '../field/input/index.ts'
import type { Targets } from '../list/BulkBar.tsx'
import { Background, leaveToWorker } from './Background.tsx'
import { useClosing } from './Discard.tsx'
import { bodyOf, type Faults, fieldsOf, landed, narrowOf, type Values, valuesOf } from './draft.ts'
import { Entry } from './Entry.tsx'
import styles from './form.module.css'
import { idsOf, nameOf, sizeOf, type Trouble, troublesOf } from './targets.ts'
import { Troubles } from './Troubles.tsx'
import { undoAction } from './undoing.ts'

/** Changes the same fields of many objects at once: all of them, or none. */
export function BulkEdit(props: { model: ModelMeta; targets: Targets; onClose: () => void; onDone: () => void }) {
  const { targets } = props
  const { close, dirty, question } = useClosing(props.onClose)
  const client = useQueryClient()
  const meta = useMeta()
  const model = useMemo(() => bulkModel(props.model), [props.model])
  const fields = fieldsOf(model)
  const [keys, setKeys] = useState<readonly string[]>([])
  const [values, setValues] = useState<Values>(() => empty(model))
  const [faults, setFaults] = useState<Faults>({})
  const [message, setMessage] = useState('')
  const [problem, setProblem] = useState<string>()
  const [troubles, setTroubles] = useState<readonly Trouble[]>([])
  const [busy, setBusy] = useState(false)
  const [background, setBackground] = useState(false)
  const name = nameOf(model, targets)
  const size = sizeOf(targets)
  useEffect(() => {
    dirty.current = keys.length > 0
  }, [dirty, keys])

  const [set] = useState(() => (key: string, value: unknown) => {
    setValues(before => ({ ...before, [key]: value }))
    setFaults({})
  })
  const save = async () => {
    if (busy || !keys.length) return
    const { body, faults: own } = chosenBody(model, keys, values)
    setFaults(own)
    setProblem(undefined)
    setTroubles([])
    if (Object.keys(own).length) return
    setBusy(true)
    const ids: number[] = []
    try {
      ids.push(...(await idsOf(model, targets)))
      const items = ids.map(id => ({ id, ...body, ...(message && { changelog_message: message }) }))
      if (background) await leaveToWorker(meta, model, 'PATCH', items)
      else {
        await send('PATCH', model.api, items)
        const action = await undoAction(meta, client, { model: props.model, id: ids[0]!, name, many: size > 1 })
        notify({ text: `${titleCase(name)} ${size === 1 ? 'was' : 'were'} changed.`, ...(action && { action }) })
        void refresh(client, model)
      }
      props.onDone()
    } catch (error) {
      setBusy(false)
      setProblem(error instanceof Error ? error.message : String(error))
      if (error instanceof ApiError && !error.items.length) setFaults(landed(model, error.fields))
      setTroubles(await troublesOf(model, targets, ids, error))
    }
  }
  const single = Object.values(props.model.fields).flatMap(({ widget, label }) => (widget === 'mapping' ? [label] : []))
  const rest = Object.entries(fields).filter(([key]) => !keys.includes(key))
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size={520}
      title={`Edit ${name}`}
      closeOnClickOutside={!keys.length}
      transitionProps={{ duration: 120 }}
    >
      <form
        className={styles.sheet}
        noValidate
        onSubmit={event => {
          event.preventDefault()
          void save()
        }}
        onKeyDown={event => {
          if (event.key !== 'Enter') return
          // Enter in a picker or a line of text chooses there; only Ctrl-Enter and the button save.
          event.preventDefault()
          if (event.ctrlKey || event.metaKey) void save()
        }}
      >
        {problem && (
          <Alert color="red" variant="light" role="alert" className={styles.summary}>
            <p>{problem} Nothing was changed.</p>
            <Troubles troubles={troubles} />
          </Alert>
        )}
        {!keys.length && <p className={styles.help}>Choose what to change. All other fields stay as they are.</p>}
        {!keys.length && single.length > 0 && (
          <p className={styles.help}>{single.join(' and ')} differ from one to the next, and are changed on each.</p>
        )}
        {keys.map(key => {
          const field = fields[key]!
          return (
            <div key={key} className={styles.chosen}>
              <Entry
                name={key}
                field={field}
                model={model}
                value={values[key]}
                fault={faults[key]}
                narrow={narrowOf(meta, model, key, Object.fromEntries(keys.map(each => [each, values[each]])))}
                onChange={set}
              />
              <Tooltip label="Leave this field as it is">
                <ActionIcon
                  aria-label={`Leave ${field.label} as it is`}
                  onClick={() => {
                    setKeys(keys.filter(each => each !== key))
                    setFaults({})
                  }}
                >
                  <IconX size={15} />
                </ActionIcon>
              </Tooltip>
              {isEmpty(field, key, values[key]) && !field.required && !isTags(key) && (
                <p className={styles.help}>Left empty, it will be cleared on every one.</p>
              )}
            </div>
          )
        })}
        <Select
          key={keys.length}
          aria-label="Add a field to change"
          placeholder="Add a field to change…"
          data={rest.map(([value, { label }]) => ({ value, label })).toSorted((a, b) => a.label.localeCompare(b.label))}
          searchable
          value={null}
          maxDropdownHeight={320}
          nothingFoundMessage="No such field"
          {...(!keys.length && { 'data-autofocus': true })}
          onChange={key => key && setKeys([...keys, key])}
        />
        {keys.length > 0 && (
          <TextInput
            label="Reason"
            description="Kept in the change log"
            value={message}
            maxLength={200}
            onChange={event => setMessage(event.currentTarget.value)}
          />
        )}
        {keys.length > 0 && size > 1 && <Background checked={background} onChange={setBackground} />}
        <div className={styles.modalBar} style={{ marginTop: 0 }}>
          <Button variant="default" size="sm" onClick={props.onClose}>
            Cancel
          </Button>
          <Button size="sm" type="submit" loading={busy} disabled={!keys.length}>
            Change {size.toLocaleString('en')} {size === 1 ? model.label : model.plural}
          </Button>
        </div>
      </form>
      {question}
    </Drawer>
  )
}

const isTags = (key: string) => key === 'add_tags' || key === 'remove_tags'

/** The model as bulk editing sees it: without what tells objects apart, and with tags to add and to remove. */
function bulkModel(model: ModelMeta): ModelMeta {
  const own = new Set([identityOf(model), 'name', 'slug', 'tags', 'serial', 'asset_tag', 'mac_address'])
  const fields: Record<string, FieldMeta> = Object.fromEntries(
    Object.entries(model.fields).filter(
      ([key, field]) => !own.has(key) && !['image', 'mapping'].includes(field.widget) && !field.readonly,
    ),
  )
  const { tags } = model.fields
  if (tags) {
    fields.add_tags = { ...tags, label: 'Add tags' }
    fields.remove_tags = { ...tags, label: 'Remove tags' }
  }
  const { inputs: _, ...rest } = model
  return { ...rest, fields }
}

const empty = (model: ModelMeta): Values => {
  const values = valuesOf(model)
  return Object.fromEntries(
    Object.entries(fieldsOf(model)).map(([key, field]) => [
      key,
      field.widget === 'switch' ? values[key] : inputOf(field.widget, key).read(null, field),
    ]),
  )
}

function chosenBody(model: ModelMeta, keys: readonly string[], values: Values) {
  const fields = Object.fromEntries(keys.map(key => [key, model.fields[key]!]))
  return bodyOf({ ...model, fields }, values, 'unknown')
}

function isEmpty(field: FieldMeta, key: string, value: unknown): boolean {
  try {
    const sent = inputOf(field.widget, key).write(value, field)
    if (field.widget === 'anyRef') return !(sent as { object: unknown }).object
    return sent === null || sent === '' || (Array.isArray(sent) && !sent.length)
  } catch {
    return false
  }
}
