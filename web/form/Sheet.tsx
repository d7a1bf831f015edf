import type { ModelMeta } from '@demarc/engine/meta'
import { Alert } from '@mantine/core'
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useMeta } from '../api/meta.ts'
import { slugOf } from '../field/input/slug.tsx'
import { changedOf, type Faults, fieldsOf, groupsOf, narrowOf, type Values } from './draft.ts'
import { Entry } from './Entry.tsx'
import styles from './form.module.css'
import { Preview } from './Preview.tsx'

/** The state of a form: what it holds, what it held, what is wrong with it. */
export interface FormState {
  readonly values: Values
  readonly before: Values
  readonly faults: Faults
  readonly dirty: boolean
  readonly set: (name: string, value: unknown) => void
  readonly fail: (faults: Faults) => void
  /** Starts anew from other values; what was entered may be laid over them. */
  readonly restart: (before: Values, entered?: Values) => void
  readonly root: RefObject<HTMLDivElement | null>
}

/** Holds a form; slugs follow names until they are touched, and what was chosen within another goes when that does. */
export function useForm(model: ModelMeta, initial: Values, id?: number): FormState {
  const meta = useMeta()
  const [before, setBefore] = useState(initial)
  const [values, setValues] = useState(initial)
  const [faults, setFaults] = useState<Faults>({})
  const touched = useRef(Boolean(id) || Boolean(initial.slug))
  const root = useRef<HTMLDivElement>(null)
  const source = nameKeyOf(model)

  const set = useCallback(
    (name: string, value: unknown) => {
      if (name === 'slug') touched.current = Boolean(value)
      setFaults(old => {
        if (!old[name]) return old
        const { [name]: _, ...rest } = old
        return rest
      })
      setValues(old => {
        const next: Record<string, unknown> = { ...old, [name]: value }
        if (name === source && 'slug' in next && !touched.current) next.slug = slugOf(String(value))
        if (fieldsOf(model)[name]?.widget === 'ref' && old[name])
          for (const other of Object.keys(old)) {
            if (other === name || !isChosen(old[other])) continue
            const params = narrowOf(meta, model, other, old, id)
            if (params.some(([key]) => key === `${name}_id`)) next[other] = Array.isArray(old[other]) ? [] : null
          }
        return next
      })
    },
    [meta, model, source, id],
  )
  const fail = useCallback((next: Faults) => {
    setFaults(next)
    requestAnimationFrame(() => {
      const first = root.current?.querySelector<HTMLElement>('[data-invalid] :is(input, textarea, button)')
      const top = root.current?.querySelector<HTMLElement>('[data-summary]')
      if (first) first.focus()
      ;(first?.closest('[data-field]') ?? top)?.scrollIntoView({ block: 'center' })
    })
  }, [])
  const restart = useCallback((next: Values, entered?: Values) => {
    touched.current = Boolean(next.slug)
    setBefore(next)
    setValues({ ...next, ...entered })
    setFaults({})
  }, [])
  const dirty = useMemo(() => values !== before && changedOf(model, values, before).length > 0, [model, values, before])
  return { values, before, faults, dirty, set, fail, restart, root }
}

const isChosen = (value: unknown) =>
  Array.isArray(value) ? value.length > 0 : typeof value === 'object' && value !== null

/** The field from which a model's slug is made. */
function nameKeyOf(model: ModelMeta): string {
  return model.fields.name ? 'name' : 'model'
}

/** All fields of a form in their groups, under a summary of what is wrong. */
export function Sheet(props: {
  model: ModelMeta
  form: FormState
  id?: number | undefined
  /** Patterns of names are shown written out. */
  several?: boolean
}) {
  const { model, form, id } = props
  const meta = useMeta()
  const { values, faults, set, root } = form
  const fields = fieldsOf(model)
  const groups = useMemo(() => groupsOf(model), [model])
  const start = useRef(false)
  useEffect(() => {
    if (start.current || id) return
    start.current = true
    // Once what the address says of a new one stands in it.
    requestAnimationFrame(() => {
      const all = [...(root.current?.querySelectorAll<HTMLInputElement>('[data-field] :is(input, textarea)') ?? [])]
      ;(all.find(each => !each.value) ?? all[0])?.focus({ preventScroll: true })
    })
  }, [root, id])
  const entry = (name: string) => {
    if (!props.several || !model.patterns?.includes(name)) return input(name)
    return (
      <div key={name}>
        {input(name)}
        <Preview model={model} name={name} values={values} />
      </div>
    )
  }
  const input = (name: string) => (
    <Entry
      key={name}
      name={name}
      field={fields[name]!}
      model={model}
      value={values[name]}
      fault={faults[name]}
      narrow={narrowOf(meta, model, name, values, id)}
      source={name === 'slug' ? String(values[nameKeyOf(model)] ?? '') : undefined}
      onChange={set}
    />
  )
  return (
    <div ref={root} className={styles.sheet}>
      <Summary faults={faults} labelOf={key => fields[key]?.label ?? key} root={root} />
      {groups.map((group, at) => (
        <section key={group.name || at} className={styles.group} aria-label={group.name || undefined}>
          {group.name && <h2>{group.name}</h2>}
          <div className={styles.entries}>
            {rowsOf(group.fields).map(row =>
              row.length === 1 ? (
                entry(row[0]!)
              ) : (
                <div key={row[0]} className={styles.pair}>
                  {row.map(entry)}
                </div>
              ),
            )}
          </div>
        </section>
      ))}
    </div>
  )
}

const together = new Set([
  'latitude longitude',
  'face position',
  'vc_position vc_priority',
  'install_date termination_date',
])

/** A figure and its unit stand in one row, and so do a few other pairs. */
function rowsOf(keys: readonly string[]): readonly (readonly string[])[] {
  const rows: string[][] = []
  for (const key of keys) {
    const last = rows.at(-1)
    const before = last?.at(-1)
    if (last?.length === 1 && (key === `${before}_unit` || together.has(`${before} ${key}`))) last.push(key)
    else rows.push([key])
  }
  return rows
}

function Summary({
  faults,
  labelOf,
  root,
}: {
  faults: Faults
  labelOf: (key: string) => string
  root: RefObject<HTMLDivElement | null>
}) {
  const { __all__: all, ...own } = faults
  const keys = Object.keys(own)
  if (!all && !keys.length) return null
  const go = (key: string) => {
    const field = root.current?.querySelector<HTMLElement>(`[data-field="${key}"]`)
    field?.scrollIntoView({ block: 'center' })
    field?.querySelector<HTMLElement>('input, textarea, button')?.focus({ preventScroll: true })
  }
  return (
    <Alert color="red" variant="light" role="alert" data-summary className={styles.summary}>
      {all?.map(text => (
        <p key={text}>{text}</p>
      ))}
      {keys.length > 0 && (
        <>
          <p>{keys.length === 1 ? 'One field needs another look:' : `${keys.length} fields need another look:`}</p>
          <ul>
            {keys.map(key => (
              <li key={key}>
                <button type="button" onClick={() => go(key)}>
                  {labelOf(key)}
                </button>
                <span>: {own[key]!.join(' ')}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Alert>
  )
}
