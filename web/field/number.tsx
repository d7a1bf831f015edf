import { useMeta } from '../api/meta.ts'
import { countedBy, isCount, listOf } from '../api/related.ts'
import { Go } from '../ui/Go.tsx'
import { Mono } from '../ui/Mono.tsx'
import { UtilizationBar } from '../ui/UtilizationBar.tsx'
import styles from './field.module.css'
import { None } from './None.tsx'
import { plain } from './plain.ts'
import type { FieldProps, FieldView } from './view.ts'

/** A figure; a count leads to what it counts, a share of 100 is a bar. */
export const number: FieldView = { Cell, Detail, align: 'right' }

function Cell(props: FieldProps) {
  const { value, name, field } = props
  const text = plain(value)
  if (!text) return <None />
  if (field.unit === '%' && field.readonly) return <UtilizationBar percent={Number(value)} />
  if (isCount(name)) return <Count {...props} />
  return (
    <span className={styles.number}>
      {text}
      {field.unit && <span className={styles.muted}> {field.unit}</span>}
    </span>
  )
}

function Detail(props: FieldProps) {
  const text = plain(props.value)
  return props.field.mono && text ? <Mono text={text} /> : <Cell {...props} />
}

function Count({ value, name, model, row }: FieldProps) {
  const meta = useMeta()
  const relation = Number(value) > 0 ? countedBy(meta, model, name) : undefined
  const text = Number(value).toLocaleString('en')
  if (!relation) return <span className={Number(value) ? styles.number : styles.none}>{text}</span>
  return (
    <Go className={styles.number} href={listOf(relation, row)}>
      {text}
    </Go>
  )
}
