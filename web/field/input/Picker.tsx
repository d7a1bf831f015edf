import type { ModelMeta } from '@demarc/engine/meta'
import { CloseButton, Combobox, InputBase, Pill, PillsInput, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import IconFilter from '@tabler/icons-react/icons/IconFilter'
import IconPlus from '@tabler/icons-react/icons/IconPlus'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { createContext, lazy, type ReactNode, Suspense, use, useState } from 'react'
import type { Row } from '../../api/meta.ts'
import { briefQuery, type Params } from '../../api/query.ts'
import { useRecentPicks } from '../../app/memory.ts'
import { cssColor, inkOn } from '../../ui/color.ts'
import styles from '../field.module.css'
import { parentOf, plain } from '../plain.ts'

/** An object that was picked: brief, as REST gives it. */
export type Picked = Pick<Row, 'id' | 'display'> & Readonly<Record<string, unknown>>

/** Opens a form for a new object and hands it over when saved; absent where none can be made in place. */
export const CreateContext = createContext<
  ((model: ModelMeta, name: string, narrow: Params, done: (row: Picked) => void) => void) | undefined
>(undefined)

interface PickerProps {
  readonly model: ModelMeta
  readonly narrow?: Params | undefined
  readonly id?: string | undefined
  readonly label?: string | undefined
  readonly describedBy?: string | undefined
  readonly invalid?: boolean | undefined
  readonly required?: boolean | undefined
  readonly placeholder?: string | undefined
  readonly autoFocus?: boolean | undefined
}

const shown = 20
const remembered = 4
const newOne = '+'
const filtered = '?'

// The list and its filters are only loaded where they are wanted.
const Selector = lazy(async () => ({ default: (await import('./Selector.tsx')).Selector }))

/** Picks one object while one types; or none. */
export function Picker(props: PickerProps & { value: Picked | null; onChange: (value: Picked | null) => void }) {
  const { value, onChange } = props
  const search = useSearch(props)
  const { combobox } = search
  const pick = (row: Picked) => {
    onChange(row)
    search.setText('')
    combobox.closeDropdown()
  }
  return (
    <Combobox store={combobox} onOptionSubmit={key => search.submit(key, pick)}>
      <Combobox.Target withExpandedAttribute>
        <InputBase
          {...search.attributes}
          value={combobox.dropdownOpened ? search.text : (value?.display ?? '')}
          placeholder={combobox.dropdownOpened && value ? value.display : (props.placeholder ?? 'Type to search…')}
          onChange={event => search.type(event.currentTarget.value)}
          onFocus={event => event.currentTarget.select()}
          onClick={() => combobox.openDropdown()}
          onBlur={() => {
            combobox.closeDropdown()
            search.setText('')
          }}
          onKeyDown={event => {
            if (event.key === 'Backspace' && !search.text && value) onChange(null)
          }}
          rightSection={
            value ? (
              <CloseButton
                size={20}
                iconSize={14}
                aria-label={`Clear ${props.label ?? ''}`}
                onMouseDown={event => event.preventDefault()}
                onClick={() => onChange(null)}
              />
            ) : (
              <Combobox.Chevron />
            )
          }
          rightSectionPointerEvents={value ? 'all' : 'none'}
        />
      </Combobox.Target>
      {search.dropdown(value ? [value.id] : [])}
      {search.selector(pick)}
    </Combobox>
  )
}

/** Picks any number of objects while one types. */
export function MultiPicker(
  props: PickerProps & { value: readonly Picked[]; onChange: (value: readonly Picked[]) => void },
) {
  const { value, onChange } = props
  const search = useSearch(props)
  const { combobox } = search
  const toggle = (row: Picked) => {
    const has = value.some(each => each.id === row.id)
    onChange(has ? value.filter(each => each.id !== row.id) : [...value, row])
    search.setText('')
  }
  return (
    <Combobox store={combobox} onOptionSubmit={key => search.submit(key, toggle)}>
      <Combobox.DropdownTarget>
        <PillsInput
          onClick={() => combobox.openDropdown()}
          error={props.invalid}
          size="sm"
          {...(props.id && { id: props.id })}
        >
          <Pill.Group>
            {value.map(row => {
              const background = cssColor(row.color as string | undefined)
              return (
                <Pill
                  key={row.id}
                  withRemoveButton
                  onRemove={() => onChange(value.filter(each => each.id !== row.id))}
                  removeButtonProps={{ 'aria-label': `Remove ${row.display}`, 'aria-hidden': false, tabIndex: 0 }}
                  {...(background && { style: { background, color: inkOn(background) } })}
                >
                  {parentOf(row) && <>{plain(parentOf(row))} › </>}
                  {row.display}
                </Pill>
              )
            })}
            <Combobox.EventsTarget withExpandedAttribute>
              <PillsInput.Field
                // Mantine knows of no description but its own.
                ref={node => {
                  if (props.describedBy) node?.setAttribute('aria-describedby', props.describedBy)
                  else node?.removeAttribute('aria-describedby')
                }}
                role="combobox"
                // Takes room of its own only while one writes in it.
                type={value.length ? 'auto' : 'visible'}
                aria-label={props.id ? undefined : props.label}
                aria-invalid={props.invalid || undefined}
                autoComplete="off"
                value={search.text}
                placeholder={value.length ? '' : (props.placeholder ?? 'Type to search…')}
                onChange={event => search.type(event.currentTarget.value)}
                onBlur={() => {
                  combobox.closeDropdown()
                  search.setText('')
                }}
                onKeyDown={event => {
                  if (event.key === 'Backspace' && !search.text && value.length) onChange(value.slice(0, -1))
                }}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      {search.dropdown(value.map(row => row.id))}
      {search.selector(toggle)}
    </Combobox>
  )
}

function useSearch(props: PickerProps) {
  const { model } = props
  const narrow = props.narrow ?? []
  const [text, setText] = useState('')
  const [late] = useDebouncedValue(text.trim(), 150)
  const create = use(CreateContext)
  const [asking, setAsking] = useState<string>()
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const { data, error, isFetching } = useQuery({
    ...briefQuery(model, [...(late ? [['q', late] as const] : []), ...narrow], shown),
    enabled: combobox.dropdownOpened,
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
  const [recent, setRecent] = useRecentPicks(model.name)
  const { data: lately } = useQuery({
    ...briefQuery(model, [...recent.map(id => ['id', String(id)] as const), ...narrow], remembered),
    enabled: combobox.dropdownOpened && recent.length > 0,
    staleTime: 10_000,
  })
  const all = (data ?? []) as readonly Picked[]
  // Only where there is more than can be seen at a glance.
  const first = late || all.length < shown ? [] : ((lately ?? []) as readonly Picked[])
  const rows = [...first, ...all.filter(row => !first.some(each => each.id === row.id))]
  const remember = (row: Picked) =>
    setRecent(before => [row.id, ...before.filter(id => id !== row.id)].slice(0, remembered))
  const mayCreate = create && model.may.includes('add')

  return {
    text,
    setText,
    combobox,
    attributes: {
      id: props.id,
      'aria-label': props.id ? undefined : props.label,
      'aria-describedby': props.describedBy,
      'aria-invalid': props.invalid || undefined,
      role: 'combobox',
      'data-autofocus': props.autoFocus || undefined,
      error: props.invalid,
      required: props.required,
      autoComplete: 'off',
      spellCheck: false,
    },
    type(next: string) {
      setText(next)
      combobox.openDropdown()
      combobox.selectFirstOption()
    },
    submit(key: string, pick: (row: Picked) => void) {
      if (key === filtered) {
        combobox.closeDropdown()
        setAsking(text.trim())
        return
      }
      if (key === newOne) {
        combobox.closeDropdown()
        create?.(model, text.trim(), narrow, pick)
        return
      }
      const row = rows.find(each => String(each.id) === key)
      if (!row) return
      remember(row)
      pick(row)
    },
    selector(pick: (row: Picked) => void): ReactNode {
      if (asking === undefined) return null
      return (
        <Suspense fallback={null}>
          <Selector
            model={model}
            narrow={narrow}
            text={asking}
            onPick={row => {
              remember(row)
              pick(row)
            }}
            onClose={() => setAsking(undefined)}
          />
        </Suspense>
      )
    },
    dropdown(chosen: readonly number[]): ReactNode {
      return (
        <Combobox.Dropdown>
          <Combobox.Options mah={300} style={{ overflowY: 'auto' }} aria-label="Choices">
            {rows.map(row => (
              <Combobox.Option value={String(row.id)} key={row.id} active={chosen.includes(row.id)}>
                <Line row={row} chosen={chosen.includes(row.id)} flat={Boolean(late)} lately={first.includes(row)} />
              </Combobox.Option>
            ))}
            {!rows.length && (
              <Combobox.Empty>
                {error
                  ? error.message
                  : isFetching || !data
                    ? 'Searching…'
                    : late
                      ? `No ${model.label} is called “${late}”.`
                      : narrow.length
                        ? `There are no ${model.plural} here.`
                        : `There are no ${model.plural} yet.`}
              </Combobox.Empty>
            )}
            {all.length === shown && (
              <Combobox.Option value={filtered} className={styles.create}>
                <span className={styles.inline}>
                  <IconFilter size={14} aria-hidden />
                  More, with filters…
                </span>
              </Combobox.Option>
            )}
            {mayCreate && (
              <Combobox.Option value={newOne} className={styles.create}>
                <span className={styles.inline}>
                  <IconPlus size={14} aria-hidden />
                  {text.trim() ? `New ${model.label} “${text.trim()}”` : `New ${model.label}`}
                </span>
              </Combobox.Option>
            )}
          </Combobox.Options>
        </Combobox.Dropdown>
      )
    },
  }
}

function Line({ row, chosen, flat, lately }: { row: Picked; chosen: boolean; flat: boolean; lately: boolean }) {
  const color = typeof row.color === 'string' ? cssColor(row.color) : undefined
  const parent = parentOf(row)
  const depth = flat || lately ? 0 : Number(row._depth) || 0
  return (
    <span className={styles.option} data-chosen={chosen || undefined} style={{ paddingLeft: depth * 14 }}>
      {color && <span className={styles.swatch} style={{ background: color }} />}
      <span className={styles.optionName}>
        {parent && <span className={styles.muted}>{plain(parent)} › </span>}
        {row.display}
      </span>
      {lately && <span className={styles.optionNote}>lately</span>}
      {!lately && typeof row.description === 'string' && row.description && (
        <span className={styles.optionNote}>{row.description}</span>
      )}
    </span>
  )
}
