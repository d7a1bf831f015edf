import { useMeta } from '../../api/meta.ts'
import { MultiPicker, type Picked } from './Picker.tsx'
import { picked } from './ref.tsx'
import type { InputProps, InputView } from './view.ts'

/** Tags in their colours. */
export const tags: InputView = {
  Input,
  read: value => (Array.isArray(value) ? value : []).map(picked),
  write: value => (value as readonly Picked[]).map(tag => tag.id),
}

function Input(props: InputProps) {
  const meta = useMeta()
  const model = meta.models['extras.tag']
  if (!model) return <span>Your permissions do not cover tags.</span>
  return (
    <MultiPicker
      model={model}
      narrow={[['for_object_type', props.model.name]]}
      value={props.value as readonly Picked[]}
      onChange={props.onChange}
      id={props.id}
      label={props.label}
      describedBy={props.describedBy}
      invalid={props.invalid}
      placeholder="Add a tag…"
    />
  )
}
