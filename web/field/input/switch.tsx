import { Checkbox, Select } from '@mantine/core'
import { attributes, type InputProps, type InputView } from './view.ts'

/** Yes or no, or neither where the field may be null. */
export const switch_: InputView = {
  Input,
  read: (value, field) => (field.nullable ? (value ?? null) : Boolean(value)),
  write: value => value,
  inline: true,
}

function Input(props: InputProps) {
  if (props.field.nullable)
    return (
      <Select
        {...attributes(props)}
        data={[
          { value: 'true', label: 'Yes' },
          { value: 'false', label: 'No' },
        ]}
        value={props.value === null || props.value === undefined ? null : String(props.value)}
        onChange={value => props.onChange(value === null ? null : value === 'true')}
        clearable
        placeholder="Not set"
        maw={200}
      />
    )
  const { error: _, ...rest } = attributes(props)
  return (
    <Checkbox
      {...rest}
      size="xs"
      checked={Boolean(props.value)}
      onChange={event => props.onChange(event.currentTarget.checked)}
    />
  )
}
