import { Button } from '@mantine/core'
import IconArrowBackUp from '@tabler/icons-react/icons/IconArrowBackUp'
import { lazy, Suspense, useState } from 'react'
import { type Row, useMeta } from '../api/meta.ts'
import { plain } from '../field/plain.ts'

const Undo = lazy(async () => ({ default: (await import('../form/Undo.tsx')).Undo }))

/** What it takes to undo each action. */
const needed: Readonly<Record<string, 'add' | 'change' | 'delete'>> = {
  create: 'delete',
  update: 'change',
  delete: 'add',
}

/** Offers to put an object back as it was before a change, to whoever may. */
export function UndoButton({ change, small = false }: { change: Row; small?: boolean }) {
  const meta = useMeta()
  const [asking, setAsking] = useState(false)
  const model = meta.models[plain(change.changed_object_type)]
  const action = (change.action as { value?: string } | null)?.value ?? ''
  if (!model?.may.includes(needed[action] ?? 'change')) return null
  return (
    <>
      <Button
        variant={small ? 'subtle' : 'default'}
        size={small ? 'compact-xs' : 'xs'}
        leftSection={<IconArrowBackUp size={small ? 14 : 15} />}
        onClick={() => setAsking(true)}
      >
        {action === 'delete' ? 'Bring back' : 'Undo'}
      </Button>
      {asking && (
        <Suspense fallback={null}>
          <Undo change={change} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  )
}
