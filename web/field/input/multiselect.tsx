import { MultiSelect } from '@mantine/core'
import { useChoices } from './choices.ts'
import { attributes, type InputProps, type InputView } from './view.ts'
import { bare } from './select.tsx'

/** Several of some choices. */
export const multiselect: InputView = {
  Input,
  read: value => (Array.isArray(value) ? value.map(bare) : []),
  write: value => value,
}

function Input(props: InputProps) {
  const { field, onChange } = props
  const value = props.value as readonly unknown[]
  const { choices, search } = useChoices(field, value)
  return (
    <MultiSelect
      {...attributes(props)}
      data={choices.map(([each, label]) => ({ value: String(each), label }))}
      value={value.map(String)}
      onChange={keys => onChange(keys.map(key => choices.find(([each]) => String(each) === key)?.[0] ?? key))}
      searchable
      // A form that opens with it in focus is not covered by its choices.
      openOnFocus={false}
      onSearchChange={search}
      clearable
      hidePickedOptions
      limit={200}
      placeholder={value.length ? '' : 'Choose…'}
      nothingFoundMessage="No such choice"
      maxDropdownHeight={280}
      required={Boolean(field.required)}
    />
  )
}
