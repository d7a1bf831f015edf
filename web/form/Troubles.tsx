import styles from './form.module.css'
import type { Trouble } from './targets.ts'

const most = 50

/** What went wrong, a line for each object. */
export function Troubles({ troubles }: { troubles: readonly Trouble[] }) {
  if (!troubles.length) return null
  return (
    <ul className={styles.troubles}>
      {troubles.slice(0, most).map(({ name, text }, index) => (
        <li key={index}>
          <b>{name}</b> {text}
        </li>
      ))}
      {troubles.length > most && <li>and {troubles.length - most} more</li>}
    </ul>
  )
}
