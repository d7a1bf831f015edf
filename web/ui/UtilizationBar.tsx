import styles from './UtilizationBar.module.css'

/** How full something is: a bar and the figure beside it. */
export function UtilizationBar({ percent }: { percent: number }) {
  const level = percent < 70 ? 'good' : percent < 90 ? 'warn' : 'bad'
  const figure = `${Number.isInteger(percent) ? percent : percent.toFixed(1)} %`
  return (
    <span className={styles.root}>
      <span className={styles.track} role="img" aria-label={`${figure} used`}>
        <span className={styles.fill} data-level={level} style={{ width: `${Math.min(100, Math.max(0, percent))}%` }} />
      </span>
      <span className={styles.figure}>{figure}</span>
    </span>
  )
}
