import type { ModelMeta } from '@demarc/engine/meta'
import { ActionIcon, Alert, Button, Checkbox, Popover, TextInput, Tooltip } from '@mantine/core'
import IconBookmarkPlus from '@tabler/icons-react/icons/IconBookmarkPlus'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { get, send } from '../api/client.ts'
import { type Row, useMeta } from '../api/meta.ts'
import type { Page, Params } from '../api/query.ts'
import { notify } from '../app/notices.tsx'
import { slugOf } from '../field/input/slug.tsx'
import styles from './views.module.css'

/** Saved filters of a list as tabs, beside all there is. */
export function Views(props: { model: ModelMeta; filters: Params; onChange: (filters: Params) => void }) {
  const { model, filters, onChange } = props
  const saved = useSaved(model)
  if (!saved?.length) return null
  const now = textOf(filters)
  return (
    <nav className={styles.tabs} aria-label="Saved filters">
      <button type="button" className={styles.tab} aria-pressed={!filters.length} onClick={() => onChange([])}>
        All
      </button>
      {saved.map(row => {
        const own = paramsOf(row)
        return (
          <button
            key={row.id}
            type="button"
            className={styles.tab}
            title={String(row.description || row.display)}
            aria-pressed={now !== '' && textOf(own) === now}
            onClick={() => onChange(own)}
          >
            {row.display}
          </button>
        )
      })}
    </nav>
  )
}

/** Keeps the filters of the moment under a name. */
export function SaveView({ model, filters }: { model: ModelMeta; filters: Params }) {
  const meta = useMeta()
  const client = useQueryClient()
  const saved = useSaved(model)
  const target = meta.models['extras.savedfilter']
  const [open, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const [problem, setProblem] = useState<string>()
  if (!target?.may.includes('add') || !filters.length || saved?.some(row => textOf(paramsOf(row)) === textOf(filters)))
    return null
  const save = async () => {
    const parameters = Object.fromEntries(
      [...Map.groupBy(filters, ([key]) => key)].map(([key, all]) => [key, all.map(([, value]) => value)]),
    )
    try {
      await send('POST', target.api, {
        name: name.trim(),
        slug: slugOf(name),
        object_types: [model.name],
        user: meta.user.id,
        shared,
        parameters,
      })
      await client.invalidateQueries({ queryKey: ['saved filters'] })
      setOpen(false)
      setName('')
      notify({ text: `The filters are kept as “${name.trim()}”.` })
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <Popover position="bottom-end" width={280} trapFocus opened={open} onChange={setOpen}>
      <Popover.Target>
        <Tooltip label="Keep these filters">
          <ActionIcon variant="default" size={30} aria-label="Keep these filters" onClick={() => setOpen(!open)}>
            <IconBookmarkPlus size={15} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown aria-label="Keep these filters">
        <form
          className={styles.form}
          onSubmit={event => {
            event.preventDefault()
            void save()
          }}
        >
          {problem && (
            <Alert color="red" variant="light" role="alert">
              {problem}
            </Alert>
          )}
          <TextInput
            label="Name"
            value={name}
            maxLength={100}
            data-autofocus
            onChange={event => setName(event.currentTarget.value)}
          />
          <Checkbox
            size="xs"
            label="Others see it, too"
            checked={shared}
            onChange={event => setShared(event.currentTarget.checked)}
          />
          <Button type="submit" disabled={!slugOf(name)}>
            Keep
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}

function useSaved(model: ModelMeta): readonly Row[] | undefined {
  const meta = useMeta()
  const target = meta.models['extras.savedfilter']
  const { data } = useQuery({
    queryKey: ['saved filters', model.name],
    queryFn: async ({ signal }) => {
      const search = new URLSearchParams({ object_type: model.name, enabled: 'true', limit: '50' })
      return (await get<Page>(`${target!.api}?${search}`, signal)).results
    },
    enabled: Boolean(target),
    staleTime: 60_000,
  })
  return data
}

const paramsOf = ({ parameters }: Row): Params =>
  Object.entries(Object(parameters) as Record<string, unknown>).flatMap(([key, value]) =>
    [value].flat().map(each => [key, String(each)] as const),
  )

const textOf = (params: Params) =>
  params
    .map(pair => pair.join('='))
    .toSorted()
    .join('&')
