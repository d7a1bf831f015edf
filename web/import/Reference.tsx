import type { ModelMeta } from '@demarc/engine/meta'
import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useMeta } from '../api/meta.ts'
import form from '../form/form.module.css'
import styles from './import.module.css'
import { type Column, fieldOf } from './reference.ts'

/** Every column that may be given, and what stands in it. */
export function Reference({ model, columns }: { model: ModelMeta; columns: readonly Column[] }) {
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const shown = columns.filter(
    ({ name }) => name.includes(wanted) || fieldOf(model, name)?.label.toLowerCase().includes(wanted),
  )
  return (
    <section className={form.group} aria-label="Columns">
      <h2>Columns</h2>
      <div className={styles.find}>
        <TextInput
          size="xs"
          placeholder="Find a column"
          aria-label="Find a column"
          value={text}
          onChange={event => setText(event.currentTarget.value)}
        />
      </div>
      <div className={styles.fields} tabIndex={0} role="region" aria-label="Columns that may be given">
        <dl>
          {shown.map(column => (
            <div key={column.name}>
              <dt>
                <code>{column.name}</code>
                {column.required && <span className={styles.required}>required</span>}
              </dt>
              <dd>
                <Said model={model} column={column} />
              </dd>
            </div>
          ))}
          {!wanted && (
            <div>
              <dt>
                <code>id</code>
              </dt>
              <dd>The row changes the one with this id; without, it makes a new one.</dd>
            </div>
          )}
        </dl>
      </div>
    </section>
  )
}

const most = 12

function Said({ model, column }: { model: ModelMeta; column: Column }) {
  const meta = useMeta()
  const field = fieldOf(model, column.name)
  if (column.to) {
    const label = meta.models[column.to]?.label ?? column.to.split('.')[1]
    return (
      <>
        The {column.by} of {column.many ? 'each ' : 'a '}
        {label}
        {column.many && ', with commas between'}. Or, under <code>{column.name}.id</code>, its id.
      </>
    )
  }
  if (field?.choices?.length) {
    const values = field.choices.map(([value]) => String(value))
    if (values.length <= most) return values.join(', ')
    return (
      <details>
        <summary>
          {values.slice(0, 4).join(', ')} and {values.length - 4} more
        </summary>
        {values.slice(4).join(', ')}
      </details>
    )
  }
  const [type] = field?.sent ?? []
  if (type) return column.name === type ? `Its kind: ${(field!.to ?? []).slice(0, 3).join(', ')} …` : 'Its id'
  return field?.help ?? hints[field?.widget ?? ''] ?? field?.label ?? 'Only in files'
}

const hints: Readonly<Record<string, string>> = {
  tags: 'Slugs, with commas between',
  switch: 'true or false',
  date: 'As 2026-12-31',
  datetime: 'As 2026-12-31 23:59:00',
  json: 'JSON',
  list: 'Values with commas between',
}
