import type { ModelMeta } from '@demarc/engine/meta'
import { ActionIcon, Button, Checkbox, Popover, TextInput } from '@mantine/core'
import IconArrowDown from '@tabler/icons-react/icons/IconArrowDown'
import IconArrowUp from '@tabler/icons-react/icons/IconArrowUp'
import IconColumns3 from '@tabler/icons-react/icons/IconColumns3'
import { useState } from 'react'
import { identityOf } from '../api/meta.ts'
import styles from './Columns.module.css'
import { TableConfigs } from './TableConfigs.tsx'

/** Which columns stand in the table, and in which order; undefined means those the model proposes. */
export function Columns(props: {
  model: ModelMeta
  columns: readonly string[]
  sort: readonly string[]
  onChange: (columns: readonly string[] | undefined) => void
  onSort: (sort: readonly string[]) => void
}) {
  const { model, columns, sort, onChange } = props
  const [text, setText] = useState('')
  const identity = identityOf(model)
  const all = Object.keys(model.fields).filter(key => !hidden.has(key) && key !== identity)
  const shown = columns.filter(key => key !== identity && model.fields[key])
  const wanted = text.trim().toLowerCase()
  const matches = (key: string) => model.fields[key]!.label.toLowerCase().includes(wanted) || key.includes(wanted)
  const rest = all
    .filter(key => !shown.includes(key))
    .toSorted((a, b) => model.fields[a]!.label.localeCompare(model.fields[b]!.label))
  const move = (key: string, step: number) => {
    const next = [...shown]
    const at = next.indexOf(key)
    next.splice(at, 1)
    next.splice(at + step, 0, key)
    onChange(next)
  }

  const box = (key: string, on: boolean) => (
    <div key={key} className={styles.line}>
      <Checkbox
        size="xs"
        label={model.fields[key]!.label}
        checked={on}
        className={styles.box}
        onChange={() => onChange(on ? shown.filter(each => each !== key) : [...shown, key])}
      />
      {on && !wanted && (
        <span className={styles.arrows}>
          <ActionIcon
            size={20}
            aria-label={`Move ${model.fields[key]!.label} up`}
            disabled={key === shown[0]}
            onClick={() => move(key, -1)}
          >
            <IconArrowUp size={13} />
          </ActionIcon>
          <ActionIcon
            size={20}
            aria-label={`Move ${model.fields[key]!.label} down`}
            disabled={key === shown.at(-1)}
            onClick={() => move(key, 1)}
          >
            <IconArrowDown size={13} />
          </ActionIcon>
        </span>
      )}
    </div>
  )

  return (
    <Popover position="bottom-end" width={280} trapFocus>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconColumns3 size={15} />}
          className={styles.button}
          aria-label="Columns"
        >
          <span className={styles.text}>Columns</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0}>
        <div className={styles.head}>
          <TextInput
            size="xs"
            placeholder="Find a column"
            aria-label="Find a column"
            value={text}
            onChange={event => setText(event.currentTarget.value)}
          />
        </div>
        <div className={styles.list}>
          {shown.filter(matches).map(key => box(key, true))}
          {shown.some(matches) && rest.some(matches) && <hr />}
          {rest.filter(matches).map(key => box(key, false))}
        </div>
        <TableConfigs
          model={model}
          columns={[identity, ...shown]}
          sort={sort}
          onTake={(all, order) => {
            onChange(all)
            if (order.join() !== sort.join()) props.onSort(order)
          }}
        />
        <div className={styles.foot}>
          <Button size="compact-xs" variant="subtle" onClick={() => onChange(undefined)}>
            Back to the default
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}

const hidden = new Set(['url', 'display_url', 'display', 'custom_fields', '_depth', '_occupied'])
