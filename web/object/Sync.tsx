import type { ModelMeta } from '@demarc/engine/meta'
import { Button } from '@mantine/core'
import IconRefresh from '@tabler/icons-react/icons/IconRefresh'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../api/client.ts'
import { type Row, useMeta } from '../api/meta.ts'
import { detailQuery } from '../api/query.ts'
import { refresh } from '../api/write.ts'
import { notify } from '../app/notices.tsx'
import { isUnderWay } from './live.ts'

/** Has a data source read again, or what stands in a data file taken from there; nothing for what is neither. */
export function Sync({ model, row }: { model: ModelMeta; row: Row | undefined }) {
  if (!row || !model.may.includes('sync')) return null
  if (model.name === 'core.datasource') return <SyncSource model={model} row={row} />
  return row.data_file ? <SyncFromFile model={model} row={row} file={row.data_file as Row} /> : null
}

function SyncSource({ model, row }: { model: ModelMeta; row: Row }) {
  const busy = isUnderWay(model, row)
  return (
    <SyncButton
      model={model}
      row={row}
      disabled={busy || row.enabled === false}
      title={row.enabled === false ? 'This source is not enabled' : 'Fetch the files of this source now'}
      label={busy ? 'Syncing…' : 'Sync'}
      said={`${row.display} is going to be synchronized.`}
    />
  )
}

function SyncFromFile({ model, row, file }: { model: ModelMeta; row: Row; file: Row }) {
  const files = useMeta().models['core.datafile']
  const client = useQueryClient()
  const { data } = useQuery({
    ...(files ? detailQuery(client, files, String(file.id)) : { queryKey: ['none'] }),
    enabled: Boolean(files),
  })
  const changed = data && Date.parse(String(data.last_updated)) > Date.parse(String(row.data_synced ?? 0))
  return (
    <SyncButton
      model={model}
      row={row}
      fresh={!changed}
      title={changed ? `${file.display} has changed since` : `Take the content from ${file.display} again`}
      label={changed ? 'Sync: file has changed' : 'Sync'}
      said={`${row.display} is as ${file.display} says.`}
    />
  )
}

function SyncButton(props: {
  model: ModelMeta
  row: Row
  label: string
  title: string
  /** What is told when it is done. */
  said: string
  disabled?: boolean
  /** Whether there is nothing new to take. */
  fresh?: boolean
}) {
  const { model, row, fresh = true } = props
  const client = useQueryClient()
  const [busy, setBusy] = useState(false)
  const sync = async () => {
    setBusy(true)
    try {
      await send('POST', `${model.api}${row.id}/sync/`)
      notify({ text: props.said })
      await refresh(client, model)
    } catch (error) {
      notify({ text: error instanceof Error ? error.message : String(error), bad: true })
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button
      variant={fresh ? 'default' : 'filled'}
      leftSection={<IconRefresh size={15} />}
      title={props.title}
      loading={busy}
      disabled={props.disabled ?? false}
      onClick={() => void sync()}
    >
      {props.label}
    </Button>
  )
}
