import { TextInput } from '@mantine/core'
import { plain } from '../plain.ts'
import styles from '../field.module.css'
import { attributes, type InputProps, type InputView } from './view.ts'

/** One line of text. */
export const text: InputView = { Input, read: plain, write: textOrNull }

/** The text, or null where there is none and the field may be null. */
export function textOrNull(value: unknown, field: { readonly nullable?: boolean }): string | null {
  const text = String(value ?? '').trim()
  return text || !field.nullable ? text : null
}

function Input(props: InputProps) {
  const { field, name, value, onChange } = props
  const secret = ['password', 'secret', 'auth_key', 'auth_psk', 'preshared_key'].includes(name)
  return (
    <TextInput
      {...attributes(props)}
      value={String(value ?? '')}
      onChange={event => onChange(event.currentTarget.value)}
      type={secret ? 'password' : field.widget === 'url' ? 'url' : 'text'}
      autoComplete={secret ? 'new-password' : 'off'}
      spellCheck={name === 'description'}
      {...(field.max && { maxLength: field.max })}
      {...((field.mono || ['address', 'mac'].includes(field.widget)) && { classNames: { input: styles.mono! } })}
      {...(field.widget === 'address' && { placeholder: name === 'prefix' ? '10.0.0.0/24' : '10.0.0.1/24' })}
      {...(field.widget === 'mac' && { placeholder: '00:00:5E:00:53:01' })}
      required={Boolean(field.required)}
    />
  )
}
