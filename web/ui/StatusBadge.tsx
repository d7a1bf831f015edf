import { cssColor } from './color.ts'
import styles from './StatusBadge.module.css'

/** A choice: a dot in its colour and its label in normal ink on a faint tint. */
export function StatusBadge({ label, color }: { label: string; color?: string | undefined }) {
  const css = cssColor(color)
  if (!css) return <span className={styles.plain}>{label}</span>
  return (
    <span className={styles.badge} style={{ '--c': css } as React.CSSProperties}>
      <i className={styles.dot} />
      {label}
    </span>
  )
}
