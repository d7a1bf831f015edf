import { TextInput } from '@mantine/core'
import { plain } from '../plain.ts'
import { attributes, type InputProps, type InputView, Unfit } from './view.ts'

/** A figure. */
export const number: InputView = {
  Input,
  read: plain,
  write: value => {
    const text = String(value ?? '')
      .trim()
      .replace(',', '.')
    if (!text) return null
    if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(text)) throw new Unfit('This is no number.')
    return Number(text)
  },
}

function Input(props: InputProps) {
  return (
    <TextInput
      {...attributes(props)}
      value={String(props.value ?? '')}
      onChange={event => props.onChange(event.currentTarget.value)}
      inputMode="decimal"
      autoComplete="off"
      maw={props.field.unit ? 240 : 200}
      required={Boolean(props.field.required)}
      {...(props.field.unit && {
        rightSection: <span style={{ color: 'var(--d-muted)', paddingRight: 10 }}>{props.field.unit}</span>,
        rightSectionWidth: 16 + 8 * props.field.unit.length,
        rightSectionPointerEvents: 'none',
      })}
    />
  )
}
