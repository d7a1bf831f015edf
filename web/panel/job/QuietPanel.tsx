import { Panel } from '../../object/Panel.tsx'
import styles from './job.module.css'

/** A box in which there is nothing, as it says. */
export const QuietPanel = ({ title, note }: { title: string; note: string }) => (
  <Panel title={title}>
    <p className={styles.quiet}>{note}</p>
  </Panel>
)
