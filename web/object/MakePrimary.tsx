import type { Meta, ModelMeta } from '@demarc/engine/meta'
import { Button } from '@mantine/core'
import IconStar from '@tabler/icons-react/icons/IconStar'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { get, send } from '../api/client.ts'
import { modelAtUrl, type Row, useMeta } from '../api/meta.ts'
import { refresh } from '../api/write.ts'
import { notify } from '../app/notices.tsx'

/** Makes an address the primary one of the device or the like that it is assigned to; a MAC address, of its interface. */
export function MakePrimary({ model, row }: { model: ModelMeta; row: Row | undefined }) {
  const meta = useMeta()
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const owner = row && ownerOf(meta, model, row)
  const { data } = useQuery({
    queryKey: ['primary', owner?.url, owner?.key],
    queryFn: ({ signal }) => get<Row>(`${owner!.url}?fields=display,${owner!.key}`, signal),
    enabled: Boolean(owner),
  })
  if (!owner || !data || (data[owner.key] as Row | null)?.id === row.id) return null
  const make = async () => {
    setBusy(true)
    try {
      await send('PATCH', owner.url, { [owner.key]: row.id })
      notify({ text: `${row.display} is the primary address of ${data.display}.` })
      await refresh(client, model)
    } catch (error) {
      notify({ text: error instanceof Error ? error.message : String(error), bad: true })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button
      variant="default"
      leftSection={<IconStar size={15} />}
      loading={busy}
      title={`Make it the primary address of ${data.display}`}
      onClick={() => void make()}
    >
      Make primary
    </Button>
  )
}

/** What an address is or could be the primary one of, and the field that says so; only where the user may change it. */
function ownerOf(meta: Meta, model: ModelMeta, row: Row): { url: string; key: string } | undefined {
  const port = row.assigned_object as (Row & { device?: Row; virtual_machine?: Row }) | null | undefined
  const isMac = model.name === 'dcim.macaddress'
  if (!port || (!isMac && model.name !== 'ipam.ipaddress')) return undefined
  const owner = isMac ? port : (port.device ?? port.virtual_machine)
  const found = owner && modelAtUrl(meta, owner.url)
  if (!found?.model.may.includes('change')) return undefined
  const family = (row.family as { value?: number } | undefined)?.value
  return { url: `${found.model.api}${found.id}/`, key: isMac ? 'primary_mac_address' : `primary_ip${family}` }
}
