import type { ModelMeta } from '@demarc/engine/meta'
import { useQueries } from '@tanstack/react-query'
import { Fragment, useState } from 'react'
import { type Row, useMeta } from '../api/meta.ts'
import { briefQuery } from '../api/query.ts'
import { plain } from '../field/plain.ts'
import { choiceOf } from '../field/select.tsx'
import { type Difference, differences } from './diff.ts'
import styles from './changes.module.css'

const few = 8

/** What a change changed, field by field: before → after, with names; the JSON on demand. */
export function Diff({ model, change }: { model: ModelMeta | undefined; change: Row }) {
  const before = stateOf(change.prechange_data)
  const after = stateOf(change.postchange_data)
  const [all, setAll] = useState(false)
  const [raw, setRaw] = useState(false)
  const rows = differences(model, before, after)
  const names = useNames(rows)
  const updated = Boolean(before && after)
  const shown = all || rows.length <= few + 2 ? rows : rows.slice(0, few)
  return (
    <div className={styles.diff}>
      {rows.length > 0 ? (
        <dl className={styles.rows}>
          {shown.map(row => (
            <Fragment key={row.key}>
              <dt>{row.label}</dt>
              <dd>
                {before && <Side row={row} value={row.before} names={names} kind="before" />}
                {updated && (
                  <span className={styles.arrow} aria-label="became">
                    →
                  </span>
                )}
                {after && <Side row={row} value={row.after} names={names} kind="after" />}
              </dd>
            </Fragment>
          ))}
        </dl>
      ) : (
        <p className={styles.none}>{updated ? 'No field differs.' : 'Nothing was recorded.'}</p>
      )}
      <p className={styles.more}>
        {shown.length < rows.length && (
          <button type="button" onClick={() => setAll(true)}>
            All {rows.length} fields
          </button>
        )}
        <button type="button" aria-expanded={raw} onClick={() => setRaw(!raw)}>
          {raw ? 'Hide JSON' : 'JSON'}
        </button>
      </p>
      {raw && (
        <div className={styles.raw}>
          {before && <Raw title="Before" data={before} />}
          {after && <Raw title="After" data={after} />}
        </div>
      )}
    </div>
  )
}

/** The recorded state of an object; before it was there, and after it was gone, the record is empty. */
function stateOf(data: unknown): Readonly<Record<string, unknown>> | null {
  const state = (data ?? {}) as Readonly<Record<string, unknown>>
  return Object.keys(state).length ? state : null
}

function Raw({ title, data }: { title: string; data: unknown }) {
  return (
    <figure>
      <figcaption>{title}</figcaption>
      <pre tabIndex={0}>{JSON.stringify(data, null, 2)}</pre>
    </figure>
  )
}

function Side(props: { row: Difference; value: unknown; names: Names; kind: 'before' | 'after' }) {
  const text = wordsOf(props.row, props.value, props.names)
  if (!text) return <span className={styles.nothing}>{props.kind === 'before' ? 'nothing' : 'cleared'}</span>
  return (
    <span className={styles.chip} data-kind={props.kind}>
      {text}
    </span>
  )
}

type Names = ReadonlyMap<string, string>

function wordsOf({ field }: Difference, value: unknown, names: Names): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  const to = field?.to?.length === 1 ? field.to[0] : undefined
  const one = (each: unknown): string => {
    if (to && typeof each === 'number') return names.get(`${to} ${each}`) ?? `#${each}`
    if (field?.choices) return choiceOf(field, each).label
    if (Array.isArray(each)) return each.map(one).join('–')
    return typeof each === 'object' ? JSON.stringify(each) : plain(each)
  }
  if (field?.widget === 'json') return JSON.stringify(value)
  return Array.isArray(value) ? value.map(one).join(', ') : one(value)
}

/** The names of the objects that appear by id, a question for each model. */
function useNames(rows: readonly Difference[]): Names {
  const meta = useMeta()
  const wanted = new Map<string, Set<number>>()
  for (const { field, before, after } of rows) {
    const to = field?.to?.length === 1 ? field.to[0]! : undefined
    if (!to || !meta.models[to] || field?.widget === 'tags') continue
    for (const id of [before, after].flat()) {
      if (typeof id !== 'number') continue
      wanted.set(to, (wanted.get(to) ?? new Set()).add(id))
    }
  }
  const asked = [...wanted]
  const answers = useQueries({
    queries: asked.map(([name, ids]) => {
      const params = [...ids].toSorted((a, b) => a - b).map(id => ['id', String(id)] as const)
      return briefQuery(meta.models[name]!, params, ids.size)
    }),
  })
  const names = new Map<string, string>()
  for (const [at, { data }] of answers.entries())
    for (const row of data ?? []) names.set(`${asked[at]![0]} ${row.id}`, row.display)
  return names
}
