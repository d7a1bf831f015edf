import IconCheck from '@tabler/icons-react/icons/IconCheck'
import IconX from '@tabler/icons-react/icons/IconX'
import styles from './field.module.css'
import { None } from './None.tsx'
import type { FieldProps, FieldView } from './view.ts'

/** Yes or no. */
export const switch_: FieldView = { Cell, Detail }

function Cell({ value }: FieldProps) {
  if (typeof value !== 'boolean') return <None />
  return value ? (
    <IconCheck size={15} role="img" aria-label="Yes" className={styles.yes} />
  ) : (
    <IconX size={14} role="img" aria-label="No" className={styles.no} />
  )
}

function Detail({ value }: FieldProps) {
  if (typeof value !== 'boolean') return <None />
  return value ? (
    <span className={styles.inline}>
      <IconCheck size={15} aria-hidden className={styles.yes} />
      Yes
    </span>
  ) : (
    <span className={styles.inline}>
      <IconX size={14} aria-hidden className={styles.no} />
      No
    </span>
  )
}
