import { Select } from '@mantine/core'
import { kindsOf, titleCase, useMeta } from '../../api/meta.ts'
import styles from '../field.module.css'
import { Picker, type Picked } from './Picker.tsx'
import type { InputProps, InputView } from './view.ts'
import { Within } from './Within.tsx'

/** A model and one of its objects. */
export interface Any {
  readonly model: string | null
  readonly object: Picked | null
}

/** Another object of one of several models. */
export const anyRef: InputView = {
  Input,
  read: value => value ?? ({ model: null, object: null } satisfies Any),
  write: value => value,
  group: true,
}

function Input(props: InputProps) {
  const meta = useMeta()
  // Where another field says what it is, only that can be picked.
  const kind = props.field.kinds?.[props.narrow?.find(([key]) => key === 'kind')?.[1] ?? '']
  const { model: chosen, object: picked } = props.value as Any
  const name = props.field.kinds ? (kind ?? null) : chosen
  const object = chosen === name ? picked : null
  const targets = (props.field.to ?? []).flatMap(each => meta.models[each] ?? [])
  const model = name ? meta.models[name] : undefined
  return (
    <div className={styles.stack}>
      {!props.field.kinds && (
        <Select
          id={props.id}
          aria-label={`${props.label}: what kind`}
          aria-describedby={props.describedBy}
          data={kindsOf(targets).toSorted((a, b) => (targets.length > 12 ? a.label.localeCompare(b.label) : 0))}
          value={name}
          clearable={!props.field.required}
          searchable={targets.length > 8}
          allowDeselect={false}
          placeholder="What kind…"
          error={props.invalid && !model}
          onChange={next => props.onChange({ model: next, object: null })}
        />
      )}
      {model && (
        <Within key={model.name} model={model} example={object}>
          {narrow => (
            <Picker
              model={model}
              narrow={narrow}
              value={object}
              onChange={next => props.onChange({ model: model.name, object: next })}
              label={titleCase(model.label)}
              placeholder={`Which ${model.label}…`}
              invalid={props.invalid}
            />
          )}
        </Within>
      )}
    </div>
  )
}
