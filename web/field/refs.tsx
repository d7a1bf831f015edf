import styles from './field.module.css'
import { None } from './None.tsx'
import { RefLink } from './ref.tsx'
import { objectsOf } from './plain.ts'
import type { FieldProps, FieldView } from './view.ts'

/** Several other objects. */
export const refs: FieldView = { Cell, Detail }

function Cell({ value }: FieldProps) {
  const all = objectsOf(value)
  if (!all.length) return <None />
  return (
    <>
      {all.slice(0, 2).map((each, index) => (
        <span key={index}>
          {index > 0 && ', '}
          <RefLink value={each} within />
        </span>
      ))}
      {all.length > 2 && <span className={styles.muted}> +{all.length - 2}</span>}
    </>
  )
}

function Detail({ value }: FieldProps) {
  const all = objectsOf(value)
  if (!all.length) return <None />
  const shown = all.slice(0, 50)
  return (
    <span className={all.length > 6 ? styles.wrap : styles.rows}>
      {shown.map((each, index) => (
        <span key={index}>
          <RefLink value={each} within />
        </span>
      ))}
      {all.length > shown.length && <span className={styles.muted}>and {all.length - shown.length} more</span>}
    </span>
  )
}
