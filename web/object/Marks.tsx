import type { ModelMeta } from '@demarc/engine/meta'
import { ActionIcon, Tooltip } from '@mantine/core'
import IconBell from '@tabler/icons-react/icons/IconBell'
import IconBellFilled from '@tabler/icons-react/icons/IconBellFilled'
import IconStar from '@tabler/icons-react/icons/IconStar'
import IconStarFilled from '@tabler/icons-react/icons/IconStarFilled'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { send } from '../api/client.ts'
import { useMeta } from '../api/meta.ts'
import { type OwnKind, ownQuery } from '../api/own.ts'
import { notify } from '../app/notices.tsx'

/** Lets a user keep an object at hand, and hear of its changes. */
export function Marks({ model, id }: { model: ModelMeta; id: string }) {
  return (
    <>
      <Mark
        kind="extras.bookmark"
        feature="bookmarks"
        model={model}
        id={id}
        off={<IconStar size={17} />}
        on={<IconStarFilled size={17} />}
        labels={['Bookmark', 'Bookmarked']}
      />
      <Mark
        kind="extras.subscription"
        feature="notifications"
        model={model}
        id={id}
        off={<IconBell size={17} />}
        on={<IconBellFilled size={17} />}
        labels={['Notify me of changes', 'You are notified of changes']}
      />
    </>
  )
}

function Mark(props: {
  kind: OwnKind
  feature: 'bookmarks' | 'notifications'
  model: ModelMeta
  id: string
  off: ReactNode
  on: ReactNode
  labels: readonly [off: string, on: string]
}) {
  const { model, labels } = props
  const meta = useMeta()
  const client = useQueryClient()
  const own = meta.models[props.kind]
  const may = Boolean(own?.may.includes('add') && model.features.includes(props.feature))
  const { data, refetch } = useQuery({ ...ownQuery(meta, own ?? model), enabled: may })
  const [busy, setBusy] = useState(false)
  if (!own || !may || !data) return null
  const mark = data.find(row => row.object_type === model.name && String(row.object_id) === props.id)
  const toggle = async () => {
    setBusy(true)
    try {
      if (mark) await send('DELETE', `${own.api}${mark.id}/`)
      else await send('POST', own.api, { object_type: model.name, object_id: Number(props.id), user: meta.user.id })
      await refetch()
      void client.invalidateQueries({ queryKey: ['list', own.name] })
    } catch (error) {
      notify({ text: error instanceof Error ? error.message : String(error), bad: true })
    }
    setBusy(false)
  }
  return (
    <Tooltip label={labels[mark ? 1 : 0]}>
      <ActionIcon
        aria-label={labels[0]}
        aria-pressed={Boolean(mark)}
        data-pressed={mark ? true : undefined}
        loading={busy}
        onClick={() => void toggle()}
      >
        {mark ? props.on : props.off}
      </ActionIcon>
    </Tooltip>
  )
}
