import { TextInput } from '@mantine/core'
import { local } from '../datetime.tsx'
import { plain } from '../plain.ts'
import { attributes, type InputProps, type InputView } from './view.ts'

/** A moment, entered in the time zone of the browser. */
export const datetime: InputView = {
  Input,
  read: value => plain(value) && local(plain(value)).replace(' ', 'T'),
  write: value => (value ? new Date(String(value)).toISOString() : null),
}

function Input(props: InputProps) {
  return (
    <TextInput
      {...attributes(props)}
      type="datetime-local"
      max="9999-12-31T23:59"
      value={String(props.value ?? '')}
      onChange={event => props.onChange(event.currentTarget.value)}
      maw={240}
      required={Boolean(props.field.required)}
    />
  )
}
