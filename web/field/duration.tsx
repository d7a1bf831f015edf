import styles from './field.module.css'
import { None } from './None.tsx'
import { plain } from './plain.ts'
import { spanOf } from './span.ts'
import type { FieldProps, FieldView } from './view.ts'

/** A length of time. */
export const duration: FieldView = { Cell, Detail: Cell, align: 'right' }

function Cell({ value }: FieldProps) {
  const text = plain(value)
  return text ? (
    <span className={styles.number} title={text}>
      {spanOf(text)}
    </span>
  ) : (
    <None />
  )
}
