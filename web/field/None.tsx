import styles from './field.module.css'

/** Nothing is set. */
export function None() {
  return (
    <span className={styles.none} aria-label="none">
      —
    </span>
  )
}
