import type { ModelMeta } from '@demarc/engine/meta'
import { ActionIcon, Tooltip } from '@mantine/core'
import IconPlug from '@tabler/icons-react/icons/IconPlug'
import IconRoute from '@tabler/icons-react/icons/IconRoute'
import IconToggle from '@tabler/icons-react/icons/IconStatusChange'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, lazy, type ReactNode, Suspense, use, useState } from 'react'
import { get } from '../api/client.ts'
import { type Row, useMeta } from '../api/meta.ts'
import type { Page } from '../api/query.ts'
import { refresh } from '../api/write.ts'
import { RefLink } from '../field/ref.tsx'
import { choiceOf } from '../field/select.tsx'
import { cssColor } from '../ui/color.ts'
import { Go } from '../ui/Go.tsx'
import styles from './cell.module.css'
import { isOpen } from './route.ts'
import { setStatus } from './status.ts'

const Connect = lazy(async () => ({ default: (await import('./Connect.tsx')).Connect }))

const Cables = createContext<ReadonlyMap<number, Row>>(new Map())

/** Whether a column shows the cables that are plugged into the rows. */
export const isCableColumn = (model: ModelMeta, key: string): boolean => key === 'cable' && 'link_peers' in model.fields

/** Asks for the cables of a table's rows, all at once, so that cells can tell how each stands. */
export function CablesOf({ rows, children }: { rows: readonly Row[]; children: ReactNode }) {
  const cables = useMeta().models['dcim.cable']
  const ids = [...new Set(rows.flatMap(({ cable }) => (cable ? [(cable as Row).id] : [])))].toSorted((a, b) => a - b)
  const search = new URLSearchParams([
    ...ids.map(id => ['id', String(id)] as [string, string]),
    ['fields', 'id,display,status,color'],
    ['limit', String(ids.length)],
  ])
  const { data } = useQuery({
    queryKey: ['list', 'dcim.cable', search.toString()],
    queryFn: ({ signal }) => get<Page>(`${cables!.api}?${search}`, signal),
    enabled: Boolean(cables && ids.length),
    placeholderData: before => before,
  })
  return <Cables value={new Map(data?.results.map(row => [row.id, row]))}>{children}</Cables>
}

/** The cable of a row: its colour and status, and what can be done about it. */
export function CableCell({ model, row }: { model: ModelMeta; row: Row }) {
  const cables = useMeta().models['dcim.cable']
  const client = useQueryClient()
  const [connecting, setConnecting] = useState(false)
  const cable = row.cable as Row | null
  const known = use(Cables).get(cable?.id ?? 0)
  if (!cables || !cable) {
    if (cable) return <RefLink value={cable} />
    if (!cables?.may.includes('add') || !isOpen(model, row)) return null
    return (
      <>
        <button type="button" className={styles.connect} onClick={() => setConnecting(true)}>
          <IconPlug size={13} aria-hidden />
          Connect
        </button>
        {connecting && (
          <Suspense fallback={null}>
            <Connect model={model} id={String(row.id)} onClose={() => setConnecting(false)} />
          </Suspense>
        )}
      </>
    )
  }
  const status = known && choiceOf(cables.fields.status!, known.status)
  const value = (known?.status as { value?: string } | undefined)?.value
  const change = value === 'connected' ? 'Mark planned' : 'Mark connected'
  return (
    <span className={styles.root}>
      <i className={styles.dot} style={{ background: cssColor(status?.color) }} title={status?.label} />
      <span className={styles.wire} style={{ background: cssColor(known?.color as string) ?? 'transparent' }} />
      <span className={styles.name}>
        <RefLink value={cable} />
      </span>
      <span className={styles.actions}>
        <Tooltip label="Trace">
          <ActionIcon
            component={Go}
            href={`${model.path}${row.id}/trace/`}
            variant="subtle"
            color="gray"
            size={22}
            aria-label={`Trace ${row.display}`}
          >
            <IconRoute size={14} />
          </ActionIcon>
        </Tooltip>
        {value && cables.may.includes('change') && (
          <Tooltip label={change}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={22}
              aria-label={`${change}: ${cable.display}`}
              onClick={() => void setStatus(cables, cable, value).then(() => refresh(client, cables))}
            >
              <IconToggle size={14} />
            </ActionIcon>
          </Tooltip>
        )}
      </span>
    </span>
  )
}
