import type { ModelMeta } from '@demarc/engine/meta'
import type { ReactNode } from 'react'
import { type Row, valueOf } from '../api/meta.ts'
import { viewOf } from '../field/index.ts'
import { isEmpty } from '../field/plain.ts'
import { Bone } from '../ui/Skeletons.tsx'
import styles from './object.module.css'

/** A titled box on an object's page, with tools beside the title. */
export function Panel({ title, tools, children }: { title: string; tools?: ReactNode; children: ReactNode }) {
  return (
    <section className={styles.panel}>
      <h2>
        {title}
        {tools}
      </h2>
      {children}
    </section>
  )
}

/** A box of which nothing is set: one line. */
export function EmptyPanel({ title, note }: { title: string; note: string }) {
  return (
    <section className={styles.panel} data-empty>
      <h2>
        {title}
        <span className={styles.note}>{note}</span>
      </h2>
    </section>
  )
}

/** Some fields of an object as a definition list, the unset ones in one line; bones where a value has not come yet. */
export function Facts(props: {
  title: string
  keys: readonly string[]
  model: ModelMeta
  row: Row | undefined
  hideEmpty?: boolean | undefined
}) {
  const { title, keys, model, row } = props
  const unset = (key: string) => row && valueOf(row, key) !== undefined && isEmpty(valueOf(row, key))
  if (keys.every(unset) && props.hideEmpty) return null
  if (keys.every(unset)) return <EmptyPanel title={title} note={keys.length === 1 ? 'not set' : 'nothing set'} />
  const missing = keys.filter(unset)
  const shown = missing.length > 2 ? keys.filter(key => !missing.includes(key)) : keys
  return (
    <Panel title={title}>
      <dl className={styles.list}>
        {shown.map(key => (
          <div key={key} className={styles.fact}>
            <dt title={model.fields[key]!.help}>{model.fields[key]!.label}</dt>
            <dd>
              {row && valueOf(row, key) !== undefined ? (
                <Value model={model} row={row} name={key} />
              ) : (
                <Bone width="50%" />
              )}
            </dd>
          </div>
        ))}
      </dl>
      {missing.length > 2 && (
        <p className={styles.missing}>Not set: {missing.map(key => model.fields[key]!.label).join(', ')}</p>
      )}
    </Panel>
  )
}

/** A field of an object, drawn by its widget. */
export function Value(props: { model: ModelMeta; row: Row; name: string; short?: boolean }) {
  const { model, row, name } = props
  const field = model.fields[name]!
  const view = viewOf(field.widget)
  const Drawn = props.short ? view.Cell : view.Detail
  return <Drawn value={valueOf(row, name)} name={name} field={field} model={model} row={row} />
}
