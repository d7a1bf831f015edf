import { cssColor } from '../ui/color.ts'
import styles from './field.module.css'
import { None } from './None.tsx'
import { plain } from './plain.ts'
import type { FieldProps, FieldView } from './view.ts'

/** A colour: a swatch and its code. */
export const color: FieldView = { Cell, Detail: Cell }

function Cell({ value }: FieldProps) {
  const text = plain(value)
  if (!text) return <None />
  return (
    <span className={styles.inline}>
      <span className={styles.swatch} style={{ background: cssColor(text) }} />
      <span style={{ fontFamily: 'var(--d-mono)', fontSize: 12 }}>{text}</span>
    </span>
  )
}
