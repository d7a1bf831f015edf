import type { ModelMeta } from '@demarc/engine/meta'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Row } from '../api/meta.ts'
import { notify } from '../app/notices.tsx'
import type { Targets } from '../list/BulkBar.tsx'
import { Delete } from './Delete.tsx'
import { rowsOf } from './targets.ts'

/** Takes the cables of many objects away, whole, with all their ends; asks first. */
export function Disconnect(props: {
  model: ModelMeta
  cables: ModelMeta
  targets: Targets
  onClose: () => void
  onDone: () => void
}) {
  const { model, cables, targets, onClose } = props
  const { data, error } = useQuery({
    queryKey: ['disconnect', model.name, targets],
    queryFn: async () => {
      const rows = await rowsOf(model, targets, ['cable'])
      const found = rows.flatMap(({ cable }) => (cable ? [cable as Row] : []))
      return [...new Map(found.map(cable => [cable.id, cable])).values()]
    },
    gcTime: 0,
  })
  const text = error?.message ?? (data && !data.length ? `None of these ${model.plural} has a cable.` : undefined)
  useEffect(() => {
    if (text === undefined) return
    notify({ text, bad: Boolean(error) })
    onClose()
  }, [text, error, onClose])
  if (!data?.length) return null
  return <Delete model={cables} targets={{ rows: data }} onClose={onClose} onDone={props.onDone} />
}
