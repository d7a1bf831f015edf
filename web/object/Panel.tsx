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

/** Whether an object, as far as it is known, has none of these fields set. */
export function isBare(row: Row | undefined, keys: readonly string[]): boolean {
  return keys.every(key => row && valueOf(row, key) !== undefined && isEmpty(valueOf(row, key)))
}

/**
 * Some fields of an object as a definition list, the unset ones in one line; bones where a value has not come yet.
 * Nothing where none is set.
 */
export function Facts(props: { title: string; keys: readonly string[]; model: ModelMeta; row: Row | undefined }) {
  const { title, keys, model, row } = props
  if (isBare(row, keys)) return null
  const missing = keys.filter(key => isBare(row, [key]))
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
