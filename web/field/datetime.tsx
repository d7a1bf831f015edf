import styles from './field.module.css'
import { None } from './None.tsx'
import { plain } from './plain.ts'
import type { FieldProps, FieldView } from './view.ts'

/** A moment in local time. */
export const datetime: FieldView = { Cell, Detail }

function Cell({ value }: FieldProps) {
  const text = plain(value)
  if (!text) return <None />
  return (
    <time className={styles.number} dateTime={text} title={ago(text)}>
      {local(text)}
    </time>
  )
}

function Detail({ value }: FieldProps) {
  const text = plain(value)
  if (!text) return <None />
  return (
    <span>
      <time className={styles.number} dateTime={text}>
        {local(text)}
      </time>{' '}
      <span className={styles.ago}>· {ago(text)}</span>
    </span>
  )
}

/** `2020-12-30 19:32` in the time zone of the browser. */
export function local(text: string): string {
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) return text
  const two = (number: number) => String(number).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`
}

/** `3 days ago`. */
export function ago(text: string): string {
  const seconds = (new Date(text).getTime() - Date.now()) / 1000
  if (Number.isNaN(seconds)) return ''
  const [unit, size] = units.find(([, each]) => Math.abs(seconds) >= each) ?? units.at(-1)!
  return relative.format(Math.trunc(seconds / size), unit)
}

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

const units: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
]
