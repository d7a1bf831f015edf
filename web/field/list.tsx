import styles from './field.module.css'
import { None } from './None.tsx'
import { plain } from './plain.ts'
import type { FieldProps, FieldView } from './view.ts'

/** Values in one line, runs of whole numbers drawn together. */
export const list: FieldView = { Cell, Detail: Cell }

function Cell({ value }: FieldProps) {
  const text = Array.isArray(value) ? joined(value) : plain(value)
  return text ? <span className={styles.number}>{text}</span> : <None />
}

function joined(list: readonly unknown[]): string {
  if (list.every(each => Number.isInteger(each))) return runs(list as number[])
  const pair = (each: unknown): each is [number, number] =>
    Array.isArray(each) && each.length === 2 && each.every(Number.isInteger)
  if (list.every(pair)) return list.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ')
  return plain(list)
}

function runs(numbers: readonly number[]): string {
  const out: [number, number][] = []
  for (const each of numbers.toSorted((a, b) => a - b)) {
    const last = out.at(-1)
    if (last && each <= last[1] + 1) last[1] = each
    else out.push([each, each])
  }
  return out.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ')
}
