import type { ModelMeta } from '@demarc/engine/meta'
import { Button } from '@mantine/core'
import IconPlug from '@tabler/icons-react/icons/IconPlug'
import IconPlugOff from '@tabler/icons-react/icons/IconPlugConnectedX'
import IconToggle from '@tabler/icons-react/icons/IconStatusChange'
import IconWifi from '@tabler/icons-react/icons/IconWifi'
import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { type Row, useMeta } from '../api/meta.ts'
import { refresh } from '../api/write.ts'
import { Go } from '../ui/Go.tsx'
import { isOpen, isRadio } from './route.ts'
import { setStatus } from './status.ts'

const Connect = lazy(async () => ({ default: (await import('./Connect.tsx')).Connect }))
const Delete = lazy(async () => ({ default: (await import('../form/Delete.tsx')).Delete }))

/** What can be done with the cable of an object, or to give it one: connect, disconnect, planned or connected. */
export function CableActions({ model, row, status }: { model: ModelMeta; row: Row; status?: string | undefined }) {
  const { 'dcim.cable': cables, 'wireless.wirelesslink': radios } = useMeta().models
  const client = useQueryClient()
  const [open, setOpen] = useState<'connect' | 'disconnect'>()
  const cable = (model === cables ? row : row.cable) as Row | null
  if (!cables) return null
  const close = () => setOpen(undefined)
  return (
    <>
      {isOpen(model, row) && cables.may.includes('add') && (
        <Button size="compact-sm" leftSection={<IconPlug size={14} />} onClick={() => setOpen('connect')}>
          Connect
        </Button>
      )}
      {radios?.may.includes('add') && isRadio(model, row) && (
        <Button
          size="compact-sm"
          component={Go}
          href={`${radios.path}add/?interface_a=${row.id}&return_url=${encodeURIComponent(`${model.path}${row.id}/`)}`}
          leftSection={<IconWifi size={14} />}
        >
          Link by radio
        </Button>
      )}
      {cable && status && cables.may.includes('change') && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconToggle size={14} />}
          onClick={() => void setStatus(cables, cable, status).then(() => refresh(client, cables))}
        >
          {status === 'connected' ? 'Mark planned' : 'Mark connected'}
        </Button>
      )}
      {cable && model !== cables && cables.may.includes('delete') && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlugOff size={14} />}
          onClick={() => setOpen('disconnect')}
        >
          Disconnect
        </Button>
      )}
      <Suspense fallback={null}>
        {open === 'connect' && <Connect model={model} id={String(row.id)} onClose={close} />}
        {open === 'disconnect' && cable && (
          <Delete model={cables} targets={{ rows: [cable] }} onClose={close} onDone={close} />
        )}
      </Suspense>
    </>
  )
}
