import styles from './Skeletons.module.css'

/** One grey bar where a value will be, or a block where something larger will. */
export function Bone({ width = '60%', height }: { width?: string | number; height?: number }) {
  return <span className={styles.bone} data-block={height !== undefined || undefined} style={{ width, height }} />
}

/** Rows that have not come yet. */
export function TableSkeleton({ rows = 20, height = 32 }: { rows?: number; height?: number }) {
  return (
    <div aria-hidden className={styles.table}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles.row} style={{ height, opacity: 1 - row / (rows * 1.1) }}>
          {widths.map((width, column) => (
            <Bone key={column} width={`${width - ((row * 7 + column * 5) % 18)}%`} />
          ))}
        </div>
      ))}
    </div>
  )
}

/** A page that has not come yet. */
export function PageSkeleton() {
  return (
    <div aria-hidden className={styles.page}>
      <Bone width={220} />
      <TableSkeleton rows={14} />
    </div>
  )
}

const widths = [82, 58, 66, 48, 60]
