import { Textarea } from '@mantine/core'
import styles from '../field.module.css'
import { attributes, type InputProps, type InputView, Unfit } from './view.ts'

/** A document, as JSON. */
export const json: InputView = {
  Input,
  read: value => (value === null || value === undefined ? '' : JSON.stringify(value, null, 2)),
  write: (value, field) => {
    const text = String(value ?? '').trim()
    if (!text) return field.nullable || !field.required ? null : {}
    try {
      return JSON.parse(text) as unknown
    } catch (error) {
      throw new Unfit(`This is no JSON: ${(error as Error).message}`)
    }
  },
}

function Input(props: InputProps) {
  const text = String(props.value ?? '')
  return (
    <Textarea
      {...attributes(props)}
      value={text}
      onChange={event => props.onChange(event.currentTarget.value)}
      onBlur={() => {
        try {
          if (text.trim()) props.onChange(JSON.stringify(JSON.parse(text), null, 2))
        } catch {
          // It is said when saving.
        }
      }}
      rows={Math.min(16, Math.max(4, text.split('\n').length))}
      resize="vertical"
      spellCheck={false}
      classNames={{ input: styles.mono! }}
      placeholder="{ }"
    />
  )
}
