import type { FieldMeta, ModelMeta } from '@demarc/engine/meta'
import { queryOptions, useQueries, useQuery } from '@tanstack/react-query'
import { Fragment, useState } from 'react'
import { get } from '../api/client.ts'
import { type Row, titleCase, useMeta } from '../api/meta.ts'
import { briefQuery, type Page } from '../api/query.ts'
import { local } from '../field/datetime.tsx'
import { plain } from '../field/plain.ts'
import { choiceOf } from '../field/select.tsx'
import { type Difference, differences, type Pointer } from './diff.ts'
import styles from './changes.module.css'

const few = 8

/** What a change changed, field by field: before → after, with names; the JSON on demand. */
export function Diff({ model, change }: { model: ModelMeta | undefined; change: Row }) {
  const before = useBefore(change)
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

/** What was before a change. Of one that followed from another the API does not tell, but the change log knows. */
function useBefore(change: Row) {
  const served = stateOf(change.prechange_data)
  const isUntold = !served && (change.action as { value: string }).value === 'update'
  const { data } = useQuery({
    queryKey: ['change', change.id],
    queryFn: ({ signal }) => get<Row>(`/ui/undo/${change.id}`, signal),
    enabled: isUntold,
    staleTime: Infinity,
  })
  return served ?? (data ? stateOf(data.prechange_data) : null)
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

function wordsOf({ field, key }: Difference, value: unknown, { display, models }: Names): string {
  if (value === null || value === undefined || value === '') return ''
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  const to = targetOf(key, field)
  const one = (each: unknown): string => {
    if (field?.sent && typeof each === 'object') {
      const { type, id } = each as Pointer
      return display(models.get(type), id, true)
    }
    if (to && typeof each === 'number') return display(to, each)
    if (field?.choices) return choiceOf(field, models.get(each as number) ?? each).label
    if (Array.isArray(each)) return each.map(one).join('–')
    return typeof each === 'object' ? JSON.stringify(each) : plain(each)
  }
  if (field?.widget === 'json') return JSON.stringify(value)
  if (field?.widget === 'datetime') return local(plain(value))
  const list = listOf(field, value)
  return Array.isArray(list) ? list.map(one).join(', ') : one(list)
}

/** The elements of a list that is recorded as one text; of ranges, both ends. */
function listOf(field: FieldMeta | undefined, value: unknown): unknown {
  if (typeof value !== 'string' || !['list', 'multiselect'].includes(field?.widget ?? '')) return value
  try {
    const texts = JSON.parse(value) as string[]
    if (field?.items === 'pair') return texts.map(text => JSON.parse(text) as string[])
    if (field?.items !== 'range') return texts
    return texts.map(text => {
      const { lower, upper } = JSON.parse(text) as { lower: string; upper: string }
      return [lower, Number(upper) - 1]
    })
  } catch {
    return value
  }
}

/** The model whose rows a field holds by their ids; what terminates a cable is recorded as terminations. */
const targetOf = (key: string, field: FieldMeta | undefined): string | undefined =>
  /^[ab]_terminations$/.test(key) ? 'dcim.cabletermination' : field?.to?.length === 1 ? field.to[0] : undefined

/** What ids and numbers in records stand for. */
interface Names {
  /** The name of an object, of one that is gone the last that is recorded. */
  readonly display: (model: string | undefined, id: number, withKind?: boolean) => string
  /** Models by their numbers. */
  readonly models: ReadonlyMap<number, string>
}

/** Models by the numbers that records hold. */
const numbersQuery = queryOptions({
  queryKey: ['object types'],
  queryFn: async ({ signal }) => {
    const url = '/api/core/object-types/?limit=1000&fields=id,app_label,model'
    const { results } = await get<Page>(url, signal)
    return new Map(results.map(row => [row.id, `${String(row.app_label)}.${String(row.model)}`]))
  },
  staleTime: Infinity,
})

const nothing: ReadonlyMap<number, string> = new Map()

/** The names of the objects that appear by id: a question for each model, and one more for those that are gone. */
function useNames(rows: readonly Difference[]): Names {
  const meta = useMeta()
  const numbered = rows.some(
    ({ field, before, after }) =>
      field?.sent || (field?.choices && [before, after].flat().some(each => typeof each === 'number')),
  )
  const { data: models = nothing } = useQuery({ ...numbersQuery, enabled: numbered })
  const wanted = new Map<string, Set<number>>()
  const want = (name: string | undefined, id: unknown) => {
    if (name && meta.models[name] && typeof id === 'number') wanted.set(name, (wanted.get(name) ?? new Set()).add(id))
  }
  for (const { key, field, before, after } of rows) {
    if (field?.widget === 'tags') continue
    for (const each of [before, after].flat())
      if (field?.sent) {
        const { type, id } = (each ?? {}) as Partial<Pointer>
        want(models.get(type ?? 0), id)
      } else want(targetOf(key, field), each)
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
  const gone = answers.map(({ data }, at) =>
    data ? [...asked[at]![1]].filter(id => !names.has(`${asked[at]![0]} ${id}`)) : [],
  )
  const remembered = useQueries({
    queries: asked.map(([name], at) => ({ ...goneQuery(name, gone[at]!), enabled: gone[at]!.length > 0 })),
  })
  for (const [at, { data }] of remembered.entries())
    for (const [id, text] of data ?? []) names.set(`${asked[at]![0]} ${id}`, `${text} (deleted)`)
  return {
    models,
    display(name, id, withKind = false) {
      const text = names.get(`${name} ${id}`) ?? `#${id}`
      return withKind ? `${titleCase((name && meta.models[name]?.label) ?? name ?? '')} ${text}`.trim() : text
    },
  }
}

/** What objects were called when they were deleted. */
const goneQuery = (name: string, ids: readonly number[]) =>
  queryOptions({
    queryKey: ['gone', name, ids.join()],
    queryFn: async ({ signal }) => {
      const search = new URLSearchParams([
        ['changed_object_type', name],
        ['action', 'delete'],
        ['fields', 'id,changed_object_id,object_repr'],
        ['limit', String(ids.length)],
        ...ids.map(id => ['changed_object_id', String(id)]),
      ])
      const { results } = await get<Page>(`/api/core/object-changes/?${search}`, signal)
      return new Map(results.map(row => [Number(row.changed_object_id), plain(row.object_repr)]))
    },
    staleTime: 60_000,
  })
