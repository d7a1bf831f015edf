import { ActionIcon, TextInput, Tooltip } from '@mantine/core'
import IconRefresh from '@tabler/icons-react/icons/IconRefresh'
import styles from '../field.module.css'
import { attributes, type InputProps } from './view.ts'

/** A short name for addresses, made from `source` at the press of a button. */
export function SlugInput(props: InputProps & { source: string }) {
  return (
    <TextInput
      {...attributes(props)}
      value={String(props.value ?? '')}
      onChange={event => props.onChange(event.currentTarget.value)}
      maxLength={props.field.max ?? 100}
      spellCheck={false}
      autoComplete="off"
      classNames={{ input: styles.mono! }}
      required={Boolean(props.field.required)}
      rightSection={
        <Tooltip label="Make it from the name">
          <ActionIcon size={24} aria-label="Make it from the name" onClick={() => props.onChange(slugOf(props.source))}>
            <IconRefresh size={14} />
          </ActionIcon>
        </Tooltip>
      }
    />
  )
}

/** `São Paulo 2` → `sao-paulo-2`. */
export function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9\s_-]/g, '')
    .trim()
    .replace(/[\s_-]+/g, '-')
    .slice(0, 100)
}
