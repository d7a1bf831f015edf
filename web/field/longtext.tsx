import styles from './field.module.css'
import { None } from './None.tsx'
import { plain } from './plain.ts'
import type { FieldProps, FieldView } from './view.ts'

/** Text of several lines. */
export const longtext: FieldView = { Cell, Detail }

function Cell({ value }: FieldProps) {
  const text = plain(value)
  return text ? <>{text.split('\n', 1)[0]}</> : <None />
}

function Detail({ value }: FieldProps) {
  const text = plain(value)
  return text ? <span className={styles.prose}>{text}</span> : <None />
}
