import { Select } from '@mantine/core'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { kindsOf, useMeta } from '../../api/meta.ts'
import type { Search } from '../../api/search.ts'
import styles from '../field.module.css'
import { MultiPicker, type Picked } from './Picker.tsx'
import { picked } from './ref.tsx'
import type { InputProps, InputView } from './view.ts'
import { Within } from './Within.tsx'

/** Several other objects, of one model; the ends of a cable are of one among several. */
export const refs: InputView = {
  Input,
  read: value =>
    (Array.isArray(value) ? value : []).map(each =>
      isEnd(each) ? { ...picked(each.object), id: each.object_id, $type: each.object_type } : picked(each),
    ),
  write: value =>
    (value as readonly End[]).map(each => (each.$type ? { object_type: each.$type, object_id: each.id } : each.id)),
}

type End = Picked & { readonly $type?: string }

const isEnd = (value: unknown): value is { object_type: string; object_id: number; object: unknown } =>
  typeof value === 'object' && value !== null && 'object_type' in value && 'object_id' in value

function Input(props: InputProps) {
  const meta = useMeta()
  const value = props.value as readonly End[]
  const targets = (props.field.to ?? []).flatMap(name => meta.models[name] ?? [])
  // A link may say of which kind the end of a cable will be, and leave open which one.
  const { [`${props.name}_type`]: asked } = useSearch({ strict: false }) as Search
  const [own, setChosen] = useState<string>()
  const chosen = own ?? value[0]?.$type ?? asked ?? targets[0]?.name
  const model = targets.find(each => each.name === chosen) ?? targets[0]
  if (!model) return <span>Your permissions do not cover what could be chosen.</span>
  const several = (props.field.to ?? []).length > 1
  const picker = (
    <Within model={model} form={props.model} narrow={props.narrow} example={value[0]}>
      {narrow => (
        <MultiPicker
          model={model}
          narrow={narrow}
          value={value}
          onChange={rows => props.onChange(several ? rows.map(row => ({ ...row, $type: model.name })) : rows)}
          id={props.id}
          label={props.label}
          describedBy={props.describedBy}
          invalid={props.invalid}
        />
      )}
    </Within>
  )
  if (!several) return picker
  return (
    <div className={styles.stack}>
      <Select
        aria-label={`${props.label}: what kind`}
        data={kindsOf(targets)}
        value={model.name}
        allowDeselect={false}
        onChange={name => {
          setChosen(name ?? undefined)
          props.onChange([])
        }}
      />
      {picker}
    </div>
  )
}
