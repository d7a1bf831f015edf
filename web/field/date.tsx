import styles from './field.module.css'
import { None } from './None.tsx'
import { plain } from './plain.ts'
import type { FieldProps, FieldView } from './view.ts'

/** A day, as ISO writes it. */
export const date: FieldView = { Cell, Detail: Cell }

function Cell({ value }: FieldProps) {
  const text = plain(value)
  return text ? (
    <time className={styles.number} dateTime={text}>
      {text}
    </time>
  ) : (
    <None />
  )
}
