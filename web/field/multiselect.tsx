import { StatusBadge } from '../ui/StatusBadge.tsx'
import styles from './field.module.css'
import { None } from './None.tsx'
import { choiceOf } from './select.tsx'
import type { FieldProps, FieldView } from './view.ts'

/** Several choices. */
export const multiselect: FieldView = { Cell, Detail }

function Cell({ value, field }: FieldProps) {
  if (!Array.isArray(value) || !value.length) return <None />
  return <>{value.map(each => choiceOf(field, each).label).join(', ')}</>
}

function Detail({ value, field }: FieldProps) {
  if (!Array.isArray(value) || !value.length) return <None />
  return (
    <span className={styles.wrap}>
      {value.map((each, index) => (
        <StatusBadge key={index} {...choiceOf(field, each)} />
      ))}
    </span>
  )
}
