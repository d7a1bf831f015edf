import type { FilterMeta, ModelMeta } from '@demarc/engine/meta'
import { Combobox, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import IconCheck from '@tabler/icons-react/icons/IconCheck'
import IconFilter from '@tabler/icons-react/icons/IconFilter'
import IconX from '@tabler/icons-react/icons/IconX'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useMeta } from '../api/meta.ts'
import { briefQuery, type Params } from '../api/query.ts'
import { isTyping } from '../app/Shortcuts.tsx'
import styles from './FilterBar.module.css'
import { filterOf, lookupsOf, lookupWords } from './state.ts'

interface Option {
  readonly key: string
  readonly label: string
  readonly note?: string
  readonly chosen?: boolean
  readonly pick: () => void
}

/** Filters as tokens, with autocompletion: field, then comparison and value. */
export function FilterBar({
  model,
  filters,
  onChange,
}: {
  model: ModelMeta
  filters: Params
  onChange: (filters: Params) => void
}) {
  const [draft, setDraft] = useState<string>()
  const [text, setText] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      setDraft(undefined)
      setText('')
    },
  })
  const proposal = useMemo(() => {
    const labels = ranked(model, '').map(([, filter]) => filter.label.toLowerCase())
    return `Filter by ${[...new Set(labels)].slice(0, 3).join(', ')}…`
  }, [model])
  const params = [...new Set(filters.map(([param]) => param))]

  const begin = (name: string) => {
    setDraft(name)
    setText('')
    combobox.openDropdown()
    input.current?.focus()
  }
  const finish = () => {
    setDraft(undefined)
    setText('')
  }
  const without = (param: string) => onChange(filters.filter(([each]) => each !== param))
  const add = (param: string, value: string, stay: boolean) => {
    const has = filters.some(([key, each]) => key === param && each === value)
    onChange(has ? filters.filter(([key, each]) => key !== param || each !== value) : [...filters, [param, value]])
    if (stay) setText('')
    else finish()
  }

  const { options, hint } = useOptions(model, draft, text.trim(), filters, begin, add)
  useEffect(() => {
    if (combobox.dropdownOpened) combobox.selectFirstOption()
    // The first option is chosen anew whenever the list becomes another one.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [draft, text, combobox.dropdownOpened, options.length])
  useEffect(() => {
    const press = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'f' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      event.preventDefault()
      input.current?.focus()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])

  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Backspace' || text) return
    if (draft !== undefined) setDraft(undefined)
    else if (params.length) without(params.at(-1)!)
  }

  return (
    <Combobox
      store={combobox}
      position="bottom-start"
      width={300}
      withinPortal
      offset={4}
      onOptionSubmit={key => options.find(option => option.key === key)?.pick()}
    >
      <Combobox.DropdownTarget>
        <div className={styles.bar} onClick={event => event.target === event.currentTarget && input.current?.focus()}>
          <IconFilter size={15} className={styles.icon} aria-hidden />
          {params.map(param => (
            <Token
              key={param}
              model={model}
              param={param}
              filters={filters}
              onEdit={begin}
              onRemove={() => without(param)}
            />
          ))}
          {draft !== undefined && <span className={styles.draft}>{model.filters[draft]?.label ?? draft}:</span>}
          <Combobox.EventsTarget withExpandedAttribute>
            <input
              ref={input}
              role="combobox"
              className={styles.input}
              value={text}
              spellCheck={false}
              autoComplete="off"
              placeholder={draft === undefined ? (params.length ? 'Add filter' : proposal) : hint}
              aria-label={draft === undefined ? 'Add a filter' : `Value of ${model.filters[draft]?.label ?? draft}`}
              onChange={event => {
                setText(event.currentTarget.value)
                combobox.openDropdown()
              }}
              onFocus={() => combobox.openDropdown()}
              onClick={() => combobox.openDropdown()}
              onBlur={() => combobox.closeDropdown()}
              onKeyDown={press}
            />
          </Combobox.EventsTarget>
          {params.length > 0 && (
            <button type="button" className={styles.clear} onClick={() => onChange([])}>
              Clear
            </button>
          )}
        </div>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown>
        <Combobox.Options aria-label="Filters" mah={320} className={styles.options}>
          {options.map(option => (
            <Combobox.Option key={option.key} value={option.key} className={styles.option}>
              <span className={styles.optionLabel}>{option.label}</span>
              {option.note && <span className={styles.note}>{option.note}</span>}
              {option.chosen && <IconCheck size={14} aria-label="chosen" />}
            </Combobox.Option>
          ))}
          {!options.length && (
            <Combobox.Empty>{draft !== undefined && !text ? hint : 'Nothing matches'}</Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

function useOptions(
  model: ModelMeta,
  draft: string | undefined,
  text: string,
  filters: Params,
  begin: (name: string) => void,
  add: (param: string, value: string, stay: boolean) => void,
): { options: readonly Option[]; hint: string } {
  const meta = useMeta()
  const filter = draft === undefined ? undefined : (model.filters[draft] ?? { label: draft, kind: 'text' as const })
  const target = filter?.kind === 'ref' && filter.to ? meta.models[filter.to] : undefined
  const [asked] = useDebouncedValue(text, 120)
  const found = useQuery({
    ...briefQuery(target ?? model, asked ? [['q', asked]] : [], 30),
    enabled: Boolean(target),
    placeholderData: keepPreviousData,
  })
  const wanted = text.toLowerCase()
  const matches = (label: string) => label.toLowerCase().includes(wanted)
  const has = (param: string, value: string) => filters.some(([key, each]) => key === param && each === value)

  if (draft === undefined || !filter) {
    const options = ranked(model, wanted).map(([name, each]): Option => ({
      key: name,
      label: each.label,
      note: name,
      pick: () => begin(name),
    }))
    return { options, hint: '' }
  }
  if (filter.kind === 'boolean') {
    const options = [
      ['true', 'Yes'],
      ['false', 'No'],
    ]
      .filter(([, label]) => matches(label!))
      .map(([value, label]): Option => ({
        key: value!,
        label: label!,
        chosen: has(draft, value!),
        pick: () => add(draft, value!, false),
      }))
    return { options, hint: 'yes or no' }
  }
  if (filter.kind === 'choice') {
    const options = (filter.choices ?? [])
      .filter(([value, label]) => matches(label) || String(value).includes(wanted))
      .map(([value, label]): Option => ({
        key: String(value),
        label,
        chosen: has(draft, String(value)),
        pick: () => add(draft, String(value), true),
      }))
    return { options, hint: 'choose one or more' }
  }
  if (target) {
    const options = (found.data ?? []).map((row): Option => {
      const value = String(row[filter.key ?? 'id'] ?? row.id)
      return { key: value, label: row.display, chosen: has(draft, value), pick: () => add(draft, value, true) }
    })
    return { options, hint: `type to find a ${target.label}` }
  }
  const valid = filter.kind !== 'number' || !Number.isNaN(Number(text))
  const dated = filter.kind !== 'date' || /^\d{4}-\d\d-\d\d/.test(text)
  const lookups = text && valid && dated ? lookupsOf(model, draft, filter) : []
  const options = lookups.map((lookup): Option => {
    const param = lookup ? `${draft}__${lookup}` : draft
    return {
      key: param,
      label: `${lookupWords[lookup]} “${text}”`,
      chosen: has(param, text),
      pick: () => add(param, text, false),
    }
  })
  return {
    options,
    hint: { number: 'a number', date: 'a day, as 2026-01-31' }[filter.kind as string] ?? 'type a value',
  }
}

const common = [
  'status',
  'site',
  'site_id',
  'role',
  'role_id',
  'tenant',
  'tenant_id',
  'region',
  'region_id',
  'tag',
  'location',
  'location_id',
  'rack_id',
  'device',
  'device_id',
]

function ranked(model: ModelMeta, wanted: string): [string, FilterMeta][] {
  return Object.entries(model.filters)
    .filter(([name, each]) => name !== 'q' && (each.label.toLowerCase().includes(wanted) || name.includes(wanted)))
    .toSorted(([a, one], [b, two]) => rank(model, a, one, wanted) - rank(model, b, two, wanted))
}

function rank(model: ModelMeta, name: string, filter: FilterMeta, wanted: string): number {
  const at = common.indexOf(name)
  const listed = model.columns.includes(name.replace(/_id$/, '')) ? 0 : 40
  return (wanted && filter.label.toLowerCase().startsWith(wanted) ? -100 : 0) + listed + (at < 0 ? 30 : at)
}

function Token(props: {
  model: ModelMeta
  param: string
  filters: Params
  onEdit: (name: string) => void
  onRemove: () => void
}) {
  const { model, param } = props
  const filter = filterOf(model, param)
  const values = props.filters.filter(([key]) => key === param).map(([, value]) => value)
  const word = lookupWords[filter.lookup] ?? filter.lookup
  return (
    <span className={styles.token}>
      <button
        type="button"
        className={styles.edit}
        onClick={() => props.onEdit(filter.base)}
        title={`Change ${filter.meta.label}`}
      >
        <span className={styles.field}>{filter.meta.label}</span>
        {filter.lookup && <span className={styles.field}> {word}</span>}
        <span className={styles.values}>
          {values.slice(0, 3).map((value, index) => (
            <span key={value}>
              {index > 0 && ', '}
              <Value filter={filter.meta} value={value} />
            </span>
          ))}
          {values.length > 3 && ` +${values.length - 3}`}
        </span>
      </button>
      <button
        type="button"
        className={styles.remove}
        onClick={props.onRemove}
        aria-label={`Remove the filter ${filter.meta.label}`}
      >
        <IconX size={12} />
      </button>
    </span>
  )
}

function Value({ filter, value }: { filter: FilterMeta; value: string }) {
  const meta = useMeta()
  const target = filter.kind === 'ref' && filter.to ? meta.models[filter.to] : undefined
  if (target && value !== 'null') return <RefValue target={target} name={filter.key ?? 'id'} value={value} />
  if (filter.kind === 'boolean') return value === 'true' ? 'Yes' : value === 'false' ? 'No' : value
  if (value === 'null') return 'none'
  return filter.choices?.find(([each]) => String(each) === value)?.[1] ?? value
}

function RefValue({ target, name, value }: { target: ModelMeta; name: string; value: string }) {
  const { data } = useQuery({ ...briefQuery(target, [[name, value]], 1), staleTime: 10 * 60_000 })
  return data?.[0]?.display ?? value
}
