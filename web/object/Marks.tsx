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
  const { models } = useMeta()
  return kinds.map(({ name, feature, ...look }) => {
    const own = models[name]
    return (
      own?.may.includes('add') &&
      model.features.includes(feature) && <Mark key={name} own={own} model={model} id={id} {...look} />
    )
  })
}

const kinds = [
  {
    name: 'extras.bookmark',
    feature: 'bookmarks',
    labels: ['Bookmark', 'Bookmarked'],
    off: <IconStar size={17} />,
    on: <IconStarFilled size={17} />,
  },
  {
    name: 'extras.subscription',
    feature: 'notifications',
    labels: ['Notify me of changes', 'You are notified of changes'],
    off: <IconBell size={17} />,
    on: <IconBellFilled size={17} />,
  },
] as const satisfies readonly { readonly name: OwnKind; readonly [key: string]: unknown }[]

function Mark(props: {
  own: ModelMeta
  model: ModelMeta
  id: string
  labels: readonly [off: string, on: string]
  off: ReactNode
  on: ReactNode
}) {
  const { own, model, labels } = props
  const meta = useMeta()
  const client = useQueryClient()
  const { data, refetch } = useQuery(ownQuery(meta, own))
  const [busy, setBusy] = useState(false)
  if (!data) return null
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
