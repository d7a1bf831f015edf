import type { ModelMeta } from '@demarc/engine/meta'
import { ActionIcon, Button, Tooltip } from '@mantine/core'
import IconCopy from '@tabler/icons-react/icons/IconCopy'
import IconPencil from '@tabler/icons-react/icons/IconPencil'
import IconTrash from '@tabler/icons-react/icons/IconTrash'
import { lazy, Suspense, useCallback, useEffect, useState } from 'react'
import type { Row } from '../api/meta.ts'
import { isTyping } from '../app/Shortcuts.tsx'
import { plain } from '../field/plain.ts'
import { TaskActions } from '../panel/job/TaskActions.tsx'
import { Go, useGo } from '../ui/Go.tsx'
import { AddMenu } from './AddMenu.tsx'
import { statusOf } from './live.ts'
import { MakePrimary } from './MakePrimary.tsx'
import { Sync } from './Sync.tsx'
import { UndoButton } from './UndoButton.tsx'

const Delete = lazy(async () => ({ default: (await import('../form/Delete.tsx')).Delete }))

/** What may be done to an object, and the keys for it. */
export function ObjectActions({ model, id, row }: { model: ModelMeta; id: string; row: Row | undefined }) {
  const goTo = useGo()
  const [deleting, setDeleting] = useState(false)
  const may = (act: 'add' | 'change' | 'delete') => model.may.includes(act)
  const mayClone = may('add') && Boolean(model.clone?.length)
  const mayEdit = may('change')
  const edit = `${model.path}${id}/edit/`
  const clone = useCallback(async () => {
    // The form's code is only loaded where it is wanted.
    const { cloneHref } = await import('../form/draft.ts')
    if (row) goTo(cloneHref(model, row))
  }, [goTo, model, row])
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        isTyping(event.target) ||
        document.querySelector('[role=dialog]')
      )
        return
      if (event.key === 'e' && mayEdit) goTo(edit)
      if (event.key === 'c' && mayClone) void clone()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [mayEdit, mayClone, edit, clone, goTo])
  const warm = () => void import('../page/Edit.tsx')
  return (
    <>
      <MakePrimary model={model} row={row} />
      <Sync model={model} row={row} />
      {model.name === 'core.job' && row && <TaskActions task={plain(row.job_id)} status={statusOf(row)} />}
      {model.name === 'core.objectchange' && row && <UndoButton change={row} />}
      <AddMenu model={model} row={row} />
      {mayEdit && (
        <Button
          component={Go}
          href={edit}
          variant="default"
          leftSection={<IconPencil size={15} />}
          title={`Edit this ${model.label} (e)`}
          onPointerEnter={warm}
        >
          Edit
        </Button>
      )}
      {mayClone && (
        <Button
          variant="default"
          leftSection={<IconCopy size={15} />}
          title={`Make another like this ${model.label} (c)`}
          disabled={!row}
          onClick={() => void clone()}
        >
          Clone
        </Button>
      )}
      {may('delete') && (
        <Tooltip label="Delete">
          <ActionIcon
            variant="default"
            size={30}
            aria-label={`Delete this ${model.label}`}
            disabled={!row}
            onClick={() => setDeleting(true)}
          >
            <IconTrash size={15} />
          </ActionIcon>
        </Tooltip>
      )}
      {deleting && row && (
        <Suspense fallback={null}>
          <Delete
            model={model}
            targets={{ rows: [row] }}
            onClose={() => setDeleting(false)}
            onDone={() => goTo(model.path)}
          />
        </Suspense>
      )}
    </>
  )
}
