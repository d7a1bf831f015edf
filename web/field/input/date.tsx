import { TextInput } from '@mantine/core'
import { plain } from '../plain.ts'
import { attributes, type InputProps, type InputView } from './view.ts'

/** A day. */
export const date: InputView = { Input, read: plain, write: value => value || null }

function Input(props: InputProps) {
  return (
    <TextInput
      {...attributes(props)}
      type="date"
      max="9999-12-31"
      value={String(props.value ?? '')}
      onChange={event => props.onChange(event.currentTarget.value)}
      maw={200}
      required={Boolean(props.field.required)}
    />
  )
}
