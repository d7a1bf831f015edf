import { Button } from '@mantine/core'
import { useRef } from 'react'
import styles from '../field.module.css'
import type { InputProps, InputView } from './view.ts'

/** A picture: a new file, the one there is, or none. */
export const image: InputView = { Input, read: value => value ?? null, write: value => value, group: true }

function Input(props: InputProps) {
  const { value, onChange } = props
  const file = useRef<HTMLInputElement>(null)
  return (
    <div className={styles.inline}>
      {typeof value === 'string' && value && (
        <img className={styles.picture} src={value} alt="" style={{ maxHeight: 60 }} />
      )}
      {value instanceof File && <span>{value.name}</span>}
      <input
        ref={file}
        type="file"
        accept="image/*"
        hidden
        onChange={event => onChange(event.currentTarget.files?.[0] ?? null)}
      />
      <Button
        id={props.id}
        aria-describedby={props.describedBy}
        variant="default"
        onClick={() => file.current?.click()}
      >
        {value ? 'Replace…' : 'Choose a file…'}
      </Button>
      {Boolean(value) && (
        <Button variant="subtle" color="gray" onClick={() => onChange(null)}>
          Remove
        </Button>
      )}
    </div>
  )
}
