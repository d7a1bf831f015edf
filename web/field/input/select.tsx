import { Select } from '@mantine/core'
import { cssColor } from '../../ui/color.ts'
import styles from '../field.module.css'
import { type Choice, useChoices } from './choices.ts'
import { attributes, type InputProps, type InputView } from './view.ts'

/** One of some choices. */
export const select: InputView = {
  Input,
  read: bare,
  write: (value, field) =>
    value === null || value === undefined || value === '' ? (field.nullable ? null : '') : value,
}

/** The value of a choice, which REST gives as `{value, label}` or bare. */
export function bare(value: unknown): unknown {
  return (typeof value === 'object' && value !== null ? (value as { value?: unknown }).value : value) ?? null
}

function Input(props: InputProps) {
  const { field, name, value, onChange } = props
  const found = useChoices(field, [value])
  const choices = name === 'time_zone' ? zones() : found.choices
  const colors = new Map(choices.map(([each, , color]) => [String(each), cssColor(color)]))
  const chosen = value === null || value === undefined || value === '' ? null : String(value)
  const dot = (key: string) =>
    colors.get(key) && <span className={styles.dot} style={{ background: colors.get(key) }} aria-hidden />
  return (
    <Select
      {...attributes(props)}
      data={choices.map(([each, label]) => ({ value: String(each), label }))}
      value={chosen}
      onChange={key => onChange(key === null ? null : (choices.find(([each]) => String(each) === key)?.[0] ?? key))}
      searchable={Boolean(field.lookup) || choices.length > 8}
      onSearchChange={found.search}
      clearable={!field.required && field.default === undefined}
      allowDeselect={false}
      limit={200}
      placeholder="Choose…"
      nothingFoundMessage="No such choice"
      maxDropdownHeight={280}
      leftSection={chosen ? dot(chosen) : undefined}
      {...([...colors.values()].some(Boolean) && {
        renderOption: ({ option }) => (
          <span className={styles.inline}>
            {dot(option.value)}
            {option.label}
          </span>
        ),
      })}
      required={Boolean(field.required)}
    />
  )
}

let known: readonly Choice[] | undefined
const zones = () => (known ??= Intl.supportedValuesOf('timeZone').map(zone => [zone, zone] as const))
