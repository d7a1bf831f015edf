import { modelAtUrl, titleCase, useMeta } from '../api/meta.ts'
import styles from './field.module.css'
import { RefLink } from './ref.tsx'
import type { FieldProps, FieldView } from './view.ts'

/** Another object of one of several models. */
export const anyRef: FieldView = { Cell, Detail }

function Cell({ value }: FieldProps) {
  return <RefLink value={value} within />
}

function Detail({ value }: FieldProps) {
  const meta = useMeta()
  const url = typeof value === 'object' && value !== null ? (value as { url?: unknown }).url : undefined
  const model = typeof url === 'string' ? modelAtUrl(meta, url)?.model : undefined
  return (
    <span className={styles.kinded}>
      {model && <span className={styles.muted}>{titleCase(model.label)}</span>}
      <RefLink value={value} within />
    </span>
  )
}
