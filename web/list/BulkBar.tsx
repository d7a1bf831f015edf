import type { Meta, ModelMeta } from '@demarc/engine/meta'
import { Button, CloseButton, Menu } from '@mantine/core'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import { type Row, titleCase, useMeta } from '../api/meta.ts'
import type { Params } from '../api/query.ts'
import { type Parts, partsOf } from '../form/parts.ts'
import { renamable } from '../form/rename.ts'
import { Icon } from '../ui/Icon.tsx'
import styles from './BulkBar.module.css'
import type { Chosen } from './selection.ts'

const AddParts = lazy(async () => ({ default: (await import('../form/AddParts.tsx')).AddParts }))
const BulkEdit = lazy(async () => ({ default: (await import('../form/BulkEdit.tsx')).BulkEdit }))
const Disconnect = lazy(async () => ({ default: (await import('../form/Disconnect.tsx')).Disconnect }))
const Rename = lazy(async () => ({ default: (await import('../form/Rename.tsx')).Rename }))
const Delete = lazy(async () => ({ default: (await import('../form/Delete.tsx')).Delete }))

/** What the work is done on: the rows chosen, or all that a filter finds. */
export interface Targets {
  readonly rows: readonly Row[]
  readonly all?: { readonly params: Params; readonly count: number } | undefined
}

/** Slides up when rows are selected: how many, and what can be done with them. */
export function BulkBar(props: { model: ModelMeta; chosen: Chosen; count: number; params: Params }) {
  const { model, chosen, count, params } = props
  const meta = useMeta()
  const [open, setOpen] = useState<'edit' | 'rename' | 'disconnect' | 'delete' | Parts>()
  const size = chosen.all ? count : chosen.rows.size
  const { clear } = chosen
  const close = useCallback(() => setOpen(undefined), [])
  useEffect(() => {
    if (!size || open) return
    // The Escape that has just closed a window is still on its way.
    const since = performance.now()
    const press = (event: KeyboardEvent) => {
      if (event.timeStamp < since) return
      const inMenu = event.target instanceof Element && event.target.closest('[role=menu]')
      if (event.key === 'Escape' && !event.defaultPrevented && !inMenu) clear()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [size, open, clear])
  if (!size) return null
  const targets: Targets = {
    rows: [...chosen.rows.values()],
    ...(chosen.all && { all: { params, count } }),
  }
  // What leads to another part of the same whole cannot be the same for all.
  const kinds = partsOf(meta, model).filter(kind => !kind.model.fields.rear_ports)
  const cables = model.fields.cable && model.may.includes('change') ? cablesOf(meta) : undefined
  const done = () => {
    setOpen(undefined)
    clear()
  }
  return (
    <div className={styles.root} role="region" aria-label="Selection">
      <CloseButton size={24} iconSize={16} aria-label="Select none" onClick={clear} />
      <b aria-live="polite">{size.toLocaleString('en')} selected</b>
      {!chosen.all && count > size && (
        <Button variant="subtle" onClick={chosen.setAll}>
          Select all {count.toLocaleString('en')} {params.length ? 'matching' : model.plural}
        </Button>
      )}
      <span className={styles.acts}>
        {kinds.length > 0 && (
          <Menu position="top-end">
            <Menu.Target>
              <Button variant="default">Add…</Button>
            </Menu.Target>
            <Menu.Dropdown>
              {kinds.map(kind => (
                <Menu.Item
                  key={kind.model.name}
                  leftSection={<Icon name={kind.model.icon} size={15} />}
                  onClick={() => setOpen(kind)}
                >
                  {titleCase(kind.model.plural)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
        {model.may.includes('change') && (
          <Button variant="default" onClick={() => setOpen('edit')}>
            Edit…
          </Button>
        )}
        {renamable(model).length > 0 && (
          <Button variant="default" onClick={() => setOpen('rename')}>
            Rename…
          </Button>
        )}
        {cables && (
          <Button variant="default" onClick={() => setOpen('disconnect')}>
            Disconnect…
          </Button>
        )}
        {model.may.includes('delete') && (
          <Button variant="default" c="var(--d-bad)" onClick={() => setOpen('delete')}>
            Delete…
          </Button>
        )}
      </span>
      <Suspense fallback={null}>
        {typeof open === 'object' && (
          <AddParts model={model} parts={open} targets={targets} onClose={close} onDone={done} />
        )}
        {open === 'edit' && <BulkEdit model={model} targets={targets} onClose={close} onDone={done} />}
        {open === 'rename' && <Rename model={model} targets={targets} onClose={close} onDone={done} />}
        {open === 'disconnect' && cables && (
          <Disconnect model={model} cables={cables} targets={targets} onClose={close} onDone={done} />
        )}
        {open === 'delete' && <Delete model={model} targets={targets} onClose={close} onDone={done} />}
      </Suspense>
    </div>
  )
}

/** Cables, where this user may take them away. */
function cablesOf(meta: Meta): ModelMeta | undefined {
  const cables = meta.models['dcim.cable']
  return cables?.may.includes('delete') ? cables : undefined
}
