import type { Meta, ModelMeta } from '@demarc/engine/meta'
import { Kbd, Modal, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import IconSearch from '@tabler/icons-react/icons/IconSearch'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { pageOf, titleCase, useMeta } from '../api/meta.ts'
import { searchQuery, type Hit } from '../api/query.ts'
import { Icon } from '../ui/Icon.tsx'
import { useVisits } from './memory.ts'
import styles from './Palette.module.css'
import { useLogout } from './session.ts'
import { useGo } from '../ui/Go.tsx'

interface Entry {
  readonly key: string
  readonly group: string
  readonly label: string
  readonly note?: string
  readonly icon: string
  /** It comes from the search, whose answers may still be those to an earlier text. */
  readonly found?: boolean
  readonly run: () => void
}

/** Ctrl-K: go to a list, find an object, do something. */
export function Palette({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const found = useObjects(text.trim())
  const list = useRef<HTMLDivElement>(null)
  const entries = useEntries(text.trim(), found.entries)
  const chosen = Math.min(at, entries.length - 1)
  const [entered, setEntered] = useState(false)

  useEffect(() => {
    setAt(0)
    setEntered(false)
  }, [text])
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [chosen])

  const run = (entry: Entry | undefined) => {
    if (!entry) return
    onClose()
    entry.run()
  }
  // Whoever types a name and presses Enter at once means what will be found.
  useEffect(() => {
    if (!entered || found.busy) return
    setEntered(false)
    run(entries[0])
  })
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key]
    if (step) {
      event.preventDefault()
      setAt(Math.max(0, Math.min(entries.length - 1, chosen + step)))
    } else if (event.key === 'Enter') {
      if (found.busy && (!entries[chosen] || entries[chosen].found)) setEntered(true)
      else run(entries[chosen])
    }
  }

  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={620}
      yOffset="12vh"
      attributes={{ content: { 'aria-label': 'Go to or search' } }}
      transitionProps={{ duration: 0 }}
      overlayProps={{ backgroundOpacity: 0.35 }}
    >
      <div className={styles.field}>
        <IconSearch size={17} aria-hidden />
        <input
          data-autofocus
          autoFocus
          value={text}
          onChange={event => setText(event.currentTarget.value)}
          onKeyDown={press}
          placeholder="Go to a page, or find a device, address, circuit…"
          aria-label="Go to or search"
          role="combobox"
          aria-expanded
          aria-controls="palette-list"
          aria-autocomplete="list"
          aria-activedescendant={entries[chosen] && `palette-${chosen}`}
          spellCheck={false}
          autoComplete="off"
        />
        {found.busy && <span className={styles.busy} aria-label="Searching" />}
      </div>
      <div
        id="palette-list"
        ref={list}
        role="listbox"
        aria-label="Results"
        className={styles.list}
        data-empty={!entries.length || undefined}
      >
        {entries.map((entry, index) => (
          <div key={entry.key} role="presentation">
            {entry.group !== entries[index - 1]?.group && (
              <p className={styles.group} role="presentation">
                {entry.group}
              </p>
            )}
            <div
              id={`palette-${index}`}
              role="option"
              aria-selected={index === chosen}
              className={styles.entry}
              onPointerMove={() => setAt(index)}
              onClick={() => run(entry)}
            >
              <Icon name={entry.icon} size={16} />
              <span className={styles.label}>{entry.label}</span>
              {entry.note && <span className={styles.note}>{entry.note}</span>}
            </div>
          </div>
        ))}
      </div>
      {!entries.length && !found.busy && <p className={styles.none}>Nothing is called “{text.trim()}”.</p>}
      <div className={styles.foot}>
        <span>
          <Kbd size="xs">↑</Kbd> <Kbd size="xs">↓</Kbd> choose
        </span>
        <span>
          <Kbd size="xs">Enter</Kbd> open
        </span>
        <span>
          <Kbd size="xs">Esc</Kbd> close
        </span>
      </div>
    </Modal>
  )
}

function useEntries(text: string, objects: readonly Entry[]): readonly Entry[] {
  const meta = useMeta()
  const goTo = useGo()
  const [visits] = useVisits()
  const { setColorScheme } = useMantineColorScheme()
  const scheme = useComputedColorScheme('light')
  const logout = useLogout()
  return useMemo(() => {
    const go = (path: string) => () => goTo(path)
    const actions: Entry[] = [
      { key: 'home', group: 'Actions', label: 'Home', icon: 'home', run: go('/') },
      {
        key: 'theme',
        group: 'Actions',
        label: scheme === 'dark' ? 'Light theme' : 'Dark theme',
        icon: 'palette',
        run: () => setColorScheme(scheme === 'dark' ? 'light' : 'dark'),
      },
      { key: 'logout', group: 'Actions', label: 'Log out', icon: 'user', run: logout },
    ]
    const pages = lists(meta, text).map((model): Entry => ({
      key: model.name,
      group: 'Go to',
      label: titleCase(model.plural),
      note: menuOf(meta, model),
      icon: model.icon,
      run: go(model.path),
    }))
    const [, wanted] = /^(?:new|add|create)\s+(.+)$/i.exec(text) ?? []
    if (wanted) {
      const may = lists(meta, wanted).filter(model => model.may.includes('add'))
      return may.slice(0, 10).map((model): Entry => ({
        key: `new ${model.name}`,
        group: 'Create',
        label: `New ${model.label}`,
        note: menuOf(meta, model),
        icon: model.icon,
        run: go(`${model.path}add/`),
      }))
    }
    if (!text) {
      const recent = visits.slice(0, 6).flatMap((visit): Entry[] => {
        const model = meta.models[visit.model]
        return model
          ? [
              {
                key: visit.path,
                group: 'Recent',
                label: visit.display,
                note: model.label,
                icon: model.icon,
                run: go(visit.path),
              },
            ]
          : []
      })
      return [...recent, ...pages.slice(0, 8), ...actions]
    }
    const matching = actions.filter(action => action.label.toLowerCase().includes(text.toLowerCase()))
    return [...pages.slice(0, 6), ...objects, ...matching]
  }, [text, objects, meta, goTo, visits, scheme, setColorScheme, logout])
}

const perKind = 6

/** What the index of all values knows of the text, the kind of the best match first. */
function useObjects(typed: string): { entries: readonly Entry[]; busy: boolean } {
  const meta = useMeta()
  const goTo = useGo()
  const [text] = useDebouncedValue(typed, 140)
  const asked = text.length >= 2
  const { data, isFetching } = useQuery({
    ...searchQuery(text),
    enabled: asked,
    retry: false,
    placeholderData: keepPreviousData,
  })
  const entries = useMemo(
    () =>
      [...Map.groupBy(data ?? [], hit => hit.object_type)].flatMap(([name, hits]) => {
        const model = meta.models[name]
        return model ? hits.slice(0, perKind).map(hit => entryOf(meta, model, hit, goTo)) : []
      }),
    [data, meta, goTo],
  )
  const isBehind = typed.length >= 2 && typed !== text
  return { busy: isBehind || (asked && isFetching), entries: typed && asked ? entries : [] }
}

function entryOf(meta: Meta, model: ModelMeta, { object, field, value }: Hit, goTo: (path: string) => void): Entry {
  const note = object.display.includes(value) ? object.description : `${labelOf(model, field)}: ${value}`
  return {
    key: object.url,
    group: titleCase(model.plural),
    label: object.display,
    icon: model.icon,
    found: true,
    ...(typeof note === 'string' && note ? { note } : {}),
    run: () => goTo(pageOf(meta, object) ?? `${model.path}${object.id}/`),
  }
}

const labelOf = (model: ModelMeta, field: string) => model.fields[field]?.label ?? field.replace(/^cf_/, '')

const first = [
  'dcim.device',
  'dcim.rack',
  'dcim.site',
  'ipam.prefix',
  'ipam.ipaddress',
  'ipam.vlan',
  'circuits.circuit',
  'dcim.cable',
]

function lists(meta: Meta, text: string): ModelMeta[] {
  if (!text) return first.flatMap(name => meta.models[name] ?? [])
  const wanted = text.toLowerCase()
  const listed = new Set(meta.menus.flatMap(menu => menu.groups.flatMap(group => group.models)))
  return Object.values(meta.models)
    .map(model => ({ model, rank: rankOf(model.plural.toLowerCase(), wanted) }))
    .filter(({ model, rank }) => rank < 9 && listed.has(model.name))
    .toSorted((a, b) => a.rank - b.rank || a.model.plural.length - b.model.plural.length)
    .map(({ model }) => model)
}

function rankOf(name: string, wanted: string): number {
  if (name.startsWith(wanted)) return 0
  if (name.split(/[\s-]/).some(word => word.startsWith(wanted))) return 1
  if (initials(name).startsWith(wanted)) return 2
  return wanted.length > 2 && name.includes(wanted) ? 3 : 9
}

function initials(name: string): string {
  return name
    .split(/[\s-]/)
    .map(word => word[0] ?? '')
    .join('')
}

function menuOf(meta: Meta, model: ModelMeta): string {
  return meta.menus.find(menu => menu.groups.some(group => group.models.includes(model.name)))?.label ?? ''
}
