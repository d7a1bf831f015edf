import type { ModelMeta } from '@demarc/engine/meta'
import { ActionIcon, Button, Popover } from '@mantine/core'
import IconBell from '@tabler/icons-react/icons/IconBell'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../api/client.ts'
import { modelAtUrl, type Row, titleCase, useMeta } from '../api/meta.ts'
import { leadsTo, ownQuery } from '../api/own.ts'
import { ago } from '../field/datetime.tsx'
import { plain } from '../field/plain.ts'
import { Go } from '../ui/Go.tsx'
import styles from './Bell.module.css'
import { notify } from './notices.tsx'

/** Milliseconds between two looks for something new. */
const pause = 60_000

const shown = 12

/** What the user has not read yet. */
export function Bell() {
  const model = useMeta().models['extras.notification']
  return model ? <Unread model={model} /> : null
}

function Unread({ model }: { model: ModelMeta }) {
  const meta = useMeta()
  const client = useQueryClient()
  const [opened, setOpened] = useState(false)
  const query = ownQuery(meta, model)
  const { data = [] } = useQuery({ ...query, refetchInterval: pause })
  const unread = data.filter(row => !row.read)
  const read = async (rows: readonly Row[]) => {
    const now = new Date().toISOString()
    const ids = new Set(rows.map(row => row.id))
    client.setQueryData(query.queryKey, before => before?.map(row => (ids.has(row.id) ? { ...row, read: now } : row)))
    try {
      await send(
        'PATCH',
        model.api,
        [...ids].map(id => ({ id, read: now })),
      )
    } catch (error) {
      notify({ text: error instanceof Error ? error.message : String(error), bad: true })
    }
    void client.invalidateQueries({ queryKey: query.queryKey })
  }
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={340} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          className={styles.bell}
          data-unread={unread.length > 0 || undefined}
          aria-label={unread.length ? `Notifications, ${unread.length} unread` : 'Notifications'}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          <IconBell size={17} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={styles.root} aria-label="Notifications">
        {unread.slice(0, shown).map(row => (
          <Notification
            key={row.id}
            model={model}
            row={row}
            onOpen={() => {
              setOpened(false)
              void read([row])
            }}
          />
        ))}
        {!unread.length && (
          <p className={styles.nothing}>Nothing new. The bell on an object's page tells you here of its changes.</p>
        )}
        <p className={styles.foot}>
          <Go href={model.path} onClick={() => setOpened(false)}>
            All notifications
          </Go>
          {unread.length > 0 && (
            <Button variant="default" size="compact-xs" onClick={() => void read(unread)}>
              Mark {unread.length === 1 ? 'it' : `all ${unread.length}`} as read
            </Button>
          )}
        </p>
      </Popover.Dropdown>
    </Popover>
  )
}

function Notification({ model, row, onOpen }: { model: ModelMeta; row: Row; onOpen: () => void }) {
  const meta = useMeta()
  const url = (row.object as { url?: unknown } | null)?.url
  const kind = typeof url === 'string' ? modelAtUrl(meta, url)?.model.label : undefined
  // Of `object_updated` what happened counts; what it happened to is named.
  const event = plain(row.event_type).replace(/^(object|job)_/, '')
  const text = (
    <>
      <span>
        {kind && titleCase(kind)} <b>{row.display}</b> {event}
      </span>
      <time dateTime={plain(row.created)}>{ago(plain(row.created))}</time>
    </>
  )
  const href = leadsTo(meta, model, row)
  return href ? (
    <Go href={href} className={styles.line} onClick={onOpen}>
      {text}
    </Go>
  ) : (
    <button type="button" className={styles.line} onClick={onOpen}>
      {text}
    </button>
  )
}
