import styles from './field.module.css'
import { None } from './None.tsx'
import { isEmpty } from './plain.ts'
import type { FieldProps, FieldView } from './view.ts'

/** A document. */
export const json: FieldView = { Cell, Detail }

function Cell({ value }: FieldProps) {
  if (isEmpty(value)) return <None />
  const size = Array.isArray(value)
    ? `[ ${value.length} ]`
    : typeof value === 'object'
      ? `{ ${Object.keys(value!).length} }`
      : JSON.stringify(value)
  return (
    <span className={styles.muted} style={{ fontFamily: 'var(--d-mono)', fontSize: 12 }}>
      {size}
    </span>
  )
}

function Detail({ value }: FieldProps) {
  if (isEmpty(value)) return <None />
  return (
    <pre className={styles.json} tabIndex={0}>
      {JSON.stringify(value, null, 2)}
    </pre>
  )
}
