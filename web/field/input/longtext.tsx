import { Textarea } from '@mantine/core'
import { plain } from '../plain.ts'
import { textOrNull } from './text.tsx'
import styles from '../field.module.css'
import { attributes, type InputProps, type InputView } from './view.ts'

/** Text of several lines. */
export const longtext: InputView = { Input, read: plain, write: textOrNull }

function Input(props: InputProps) {
  const code = /code|template|header|text|url|rules|parameters/.test(props.name)
  return (
    <Textarea
      {...attributes(props)}
      value={String(props.value ?? '')}
      onChange={event => props.onChange(event.currentTarget.value)}
      rows={code ? 6 : 3}
      resize="vertical"
      spellCheck={!code}
      {...(code && { classNames: { input: styles.mono! } })}
      required={Boolean(props.field.required)}
    />
  )
}
