import { useMeta } from '../../api/meta.ts'
import { Picker, type Picked } from './Picker.tsx'
import { type InputProps, type InputView } from './view.ts'
import { Within } from './Within.tsx'

/** Another object. */
export const ref: InputView = { Input, read: picked, write: value => (value as Picked | null)?.id ?? null }

/** An object as a picker holds it; of one given as a bare id no name is known. */
export function picked(value: unknown): Picked | null {
  if (value === null || value === undefined || value === '') return null
  if (typeof value === 'object') return value as Picked
  return { id: Number(value), display: `#${String(value)}` }
}

function Input(props: InputProps) {
  const meta = useMeta()
  const model = meta.models[props.field.to?.[0] ?? '']
  const value = props.value as Picked | null
  if (!model) return <span>{value?.display ?? 'Your permissions do not cover what could be chosen.'}</span>
  return (
    <Within model={model} form={props.model} narrow={props.narrow} example={value}>
      {narrow => (
        <Picker
          model={model}
          narrow={narrow}
          value={value}
          onChange={props.onChange}
          id={props.id}
          label={props.label}
          describedBy={props.describedBy}
          invalid={props.invalid}
          required={Boolean(props.field.required)}
        />
      )}
    </Within>
  )
}
