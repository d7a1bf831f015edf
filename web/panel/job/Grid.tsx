import type { ReactNode } from 'react'
import { ago, local } from '../../field/datetime.tsx'
import styles from './job.module.css'

/** A cell that says how long ago something was. */
export function Moment({ value }: { value: unknown }) {
  return (
    <td className={styles.time}>
      {typeof value === 'string' ? (
        <time dateTime={value} title={local(value)}>
          {ago(value)}
        </time>
      ) : (
        '—'
      )}
    </td>
  )
}

/** A table that scrolls by itself; heads of numbers begin with `#`. */
export function Grid({ label, heads, children }: { label: string; heads: readonly string[]; children: ReactNode }) {
  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={label}>
      <table className={styles.table}>
        <thead>
          <tr>
            {heads.map(head =>
              head ? (
                <th key={head} scope="col" className={head.startsWith('#') ? styles.number : undefined}>
                  {head.replace('#', '')}
                </th>
              ) : (
                <td key={head} className={styles.head} />
              ),
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
