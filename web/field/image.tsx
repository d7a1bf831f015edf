import styles from './field.module.css'
import { None } from './None.tsx'
import { plain } from './plain.ts'
import type { FieldProps, FieldView } from './view.ts'

/** A picture. */
export const image: FieldView = { Cell, Detail }

function Cell({ value, field }: FieldProps) {
  const source = plain(value)
  return source ? <img className={styles.thumb} src={source} alt={field.label} loading="lazy" /> : <None />
}

function Detail({ value, field }: FieldProps) {
  const source = plain(value)
  if (!source) return <None />
  return (
    <a href={source} target="_blank" rel="noreferrer">
      <img className={styles.picture} src={source} alt={field.label} loading="lazy" />
    </a>
  )
}
