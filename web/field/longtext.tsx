import styles from './field.module.css'
import { None } from './None.tsx'
import { plain } from './plain.ts'
import type { FieldProps } from './view.ts'

/** The first line. */
export function Cell({ value }: FieldProps) {
  const text = plain(value)
  return text ? <>{text.split('\n', 1)[0]}</> : <None />
}

/** All lines as they were typed. */
export function Detail({ value }: FieldProps) {
  const text = plain(value)
  return text ? <span className={styles.prose}>{text}</span> : <None />
}
