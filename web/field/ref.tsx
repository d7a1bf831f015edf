import { pageOf, useMeta } from '../api/meta.ts'
import { Go } from '../ui/Go.tsx'
import { cssColor } from '../ui/color.ts'
import styles from './field.module.css'
import { None } from './None.tsx'
import { isEmpty, parentOf, plain } from './plain.ts'
import type { FieldProps, FieldView } from './view.ts'

/** Another object. */
export const ref: FieldView = { Cell, Detail }

/** A link to another object; plain text where the user may not see its model. */
export function RefLink({ value, within }: { value: unknown; within?: boolean }) {
  const meta = useMeta()
  if (isEmpty(value)) return <None />
  if (typeof value !== 'object') return <span className={styles.muted}>#{String(value)}</span>
  const object = value as Record<string, unknown>
  const parent = within ? parentOf(object) : undefined
  const page = pageOf(meta, object)
  const color = typeof object.color === 'string' ? cssColor(object.color) : undefined
  const text = plain(object)
  return (
    <>
      {Boolean(parent) && (
        <>
          <RefLink value={parent} />
          <span className={styles.muted}> › </span>
        </>
      )}
      {color && (
        <>
          <span
            className={styles.swatch}
            style={{ background: color, display: 'inline-block', marginRight: 6, verticalAlign: -1 }}
          />
        </>
      )}
      {page ? (
        <Go className={styles.link} href={page}>
          {text}
        </Go>
      ) : (
        text
      )}
    </>
  )
}

function Cell({ value }: FieldProps) {
  return <RefLink value={value} />
}

function Detail({ value }: FieldProps) {
  return (
    <span>
      <RefLink value={value} within />
    </span>
  )
}
