import type { ModelMeta } from '@demarc/engine/meta'
import { Button, Select } from '@mantine/core'
import form from '../form/form.module.css'
import styles from './import.module.css'
import { type Heading, headingsOf, reheaded } from './records.ts'
import { type Column, meant } from './reference.ts'

/** The columns of pasted data that are not known under their headings, and what they may mean. */
export function Headings(props: {
  model: ModelMeta
  columns: readonly Column[]
  data: string
  delimiter: string
  onChange: (data: string) => void
}) {
  const { model, columns, data, delimiter, onChange } = props
  const headings = headingsOf(data, delimiter)
  const baseOf = ({ text }: Heading) => text.split('.')[0]!
  const known = new Set(['id', ...columns.map(({ name }) => name)])
  const strange = headings.filter(each => !known.has(baseOf(each)))
  const given = new Set(headings.map(baseOf))
  const missing = given.has('id') ? [] : columns.filter(({ name, required }) => required && !given.has(name))
  if (!headings.length || (!strange.length && !missing.length)) return null
  const free = columns.filter(({ name }) => !given.has(name)).map(({ name }) => name)
  const guesses = strange.flatMap(heading => {
    const guess = meant(model, columns, heading.text)
    return guess && free.includes(guess) ? [{ heading, guess }] : []
  })
  // From the last on, for a heading of another length moves those behind it.
  const rename = (all: readonly { heading: Heading; guess: string }[]) =>
    onChange(
      all
        .toSorted((a, b) => b.heading.from - a.heading.from)
        .reduce((text, { heading, guess }) => reheaded(text, heading, guess), data),
    )
  return (
    <section className={form.group} aria-label="Columns of the data">
      <h2>Columns of the data</h2>
      <div className={form.entries}>
        {strange.length > 0 && (
          <>
            <p className={form.help}>
              {strange.length === 1 ? 'One heading is' : `${strange.length} headings are`} not known. Choose what{' '}
              {strange.length === 1 ? 'it means' : 'they mean'}, or take the column out of the data.
            </p>
            <div className={styles.headings}>
              {strange.map(heading => (
                <div key={heading.from} className={styles.heading}>
                  <code>{heading.text || '(empty)'}</code>
                  <span aria-hidden>→</span>
                  <Select
                    aria-label={`What “${heading.text}” means`}
                    placeholder={guesses.find(each => each.heading === heading)?.guess ?? 'Choose a column…'}
                    data={free}
                    value={null}
                    searchable
                    onChange={name => name && rename([{ heading, guess: name }])}
                  />
                </div>
              ))}
            </div>
            {guesses.length > 0 && (
              <div>
                <Button variant="default" onClick={() => rename(guesses)}>
                  {guesses.length === 1 ? 'Take what is proposed' : `Take all ${guesses.length} proposals`}
                </Button>
              </div>
            )}
          </>
        )}
        {missing.length > 0 && (
          <p className={form.help}>
            New ones also take{' '}
            {missing.map(({ name }, at) => (
              <span key={name}>
                {at > 0 && ', '}
                <code>{name}</code>
              </span>
            ))}
            .
          </p>
        )}
      </div>
    </section>
  )
}
