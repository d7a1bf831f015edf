import type { ModelMeta } from '@demarc/engine/meta'
import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core'
import IconDownload from '@tabler/icons-react/icons/IconDownload'
import IconPlus from '@tabler/icons-react/icons/IconPlus'
import IconUpload from '@tabler/icons-react/icons/IconUpload'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { base } from '../api/base.ts'
import { detailQuery } from '../api/query.ts'
import { notify } from '../app/notices.tsx'
import { isTyping } from '../app/Shortcuts.tsx'
import { Go, useGo } from '../ui/Go.tsx'
import styles from './Actions.module.css'
import type { ListState } from './state.ts'

/** What a list offers besides reading it: new, import, export; and the keys for it. */
export function Actions(props: { model: ModelMeta; columns: readonly string[]; state: ListState }) {
  const { model, columns, state } = props
  const goTo = useGo()
  const client = useQueryClient()
  const mayAdd = model.may.includes('add')
  const mayChange = model.may.includes('change')

  useEffect(() => {
    const clone = async (id: string) => {
      const [row, { cloneHref }] = await Promise.all([
        client.fetchQuery(detailQuery(client, model, id)),
        import('../form/draft.ts'),
      ])
      goTo(cloneHref(model, row))
    }
    const press = (event: KeyboardEvent) => {
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        isTyping(event.target) ||
        document.querySelector('[role=dialog]')
      )
        return
      if (event.key === 'n' && mayAdd) goTo(`${model.path}add/`)
      const row = document.activeElement?.closest<HTMLElement>('[data-id]')?.dataset.id
      if (event.key === 'e' && row && mayChange) goTo(`${model.path}${row}/edit/`)
      if (event.key === 'c' && row && mayAdd && model.clone) void clone(row)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [client, model, mayAdd, mayChange, goTo])

  const save = async (format: 'csv' | 'yaml', own: boolean) => {
    const search = new URLSearchParams(state.filters.map(([key, value]) => [key, value]))
    if (state.q) search.set('q', state.q)
    if (state.sort.length) search.set('ordering', state.sort.join(','))
    search.set('format', format)
    if (own) search.set('columns', columns.join(','))
    const answer = await fetch(`${base}/ui/export/${model.name}?${search}`, { credentials: 'same-origin' }).catch(
      () => null,
    )
    if (!answer?.ok) {
      const said = (await answer?.json().catch(() => null)) as { detail?: string } | null
      notify({ text: said?.detail ?? 'The export failed.', bad: true })
      return
    }
    const url = URL.createObjectURL(await answer.blob())
    const named = /filename="?([^";]+)/.exec(answer.headers.get('content-disposition') ?? '')?.[1]
    const link = document.createElement('a')
    link.href = url
    link.download = named ?? `${model.name.replace('.', '-')}.${format}`
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  }

  return (
    <div className={styles.root}>
      <Menu position="bottom-end">
        <Menu.Target>
          <Tooltip label="Export">
            <ActionIcon variant="default" size={30} aria-label="Export">
              <IconDownload size={15} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void save('csv', true)}>These columns as CSV</Menu.Item>
          <Menu.Item onClick={() => void save('csv', false)}>All data as CSV</Menu.Item>
          <Menu.Item onClick={() => void save('yaml', false)}>All data as YAML</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {mayAdd && (
        <>
          <Tooltip label="Import">
            <ActionIcon component={Go} href={`${model.path}import/`} variant="default" size={30} aria-label="Import">
              <IconUpload size={15} />
            </ActionIcon>
          </Tooltip>
          <Button
            component={Go}
            href={`${model.path}add/`}
            leftSection={<IconPlus size={15} />}
            title={`New ${model.label} (n)`}
          >
            New
          </Button>
        </>
      )}
    </div>
  )
}
