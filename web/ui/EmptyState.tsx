import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import styles from './EmptyState.module.css'

/** What stands where there is nothing: what it would be, and what to do. */
export function EmptyState(props: {
  icon: string
  title: string
  children?: ReactNode
  actions?: ReactNode
  page?: boolean
}) {
  const Heading = props.page ? 'h1' : 'h2'
  return (
    <div className={styles.root}>
      <span className={styles.icon}>
        <Icon name={props.icon} size={22} />
      </span>
      <Heading className={styles.title}>{props.title}</Heading>
      {props.children && <div className={styles.text}>{props.children}</div>}
      {props.actions && <div className={styles.actions}>{props.actions}</div>}
    </div>
  )
}
