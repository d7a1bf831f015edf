import { Mono } from '../ui/Mono.tsx'
import styles from './field.module.css'
import { None } from './None.tsx'
import { plain } from './plain.ts'
import type { FieldProps, FieldView } from './view.ts'

/** One line of text; identifiers in the monospace face. */
export const text: FieldView = { Cell, Detail }

function Cell({ value, field }: FieldProps) {
  const text = plain(value)
  if (!text) return <None />
  return field.mono ? <Mono text={text} quiet /> : <>{text}</>
}

function Detail({ value, field }: FieldProps) {
  const text = plain(value)
  if (!text) return <None />
  return field.mono ? <Mono text={text} /> : <span className={styles.prose}>{text}</span>
}
