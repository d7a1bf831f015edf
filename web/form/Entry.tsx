import type { FieldMeta, ModelMeta } from '@demarc/engine/meta'
import IconAlertCircle from '@tabler/icons-react/icons/IconAlertCircle'
import { memo, useId } from 'react'
import type { Params } from '../api/query.ts'
import { inputOf } from '../field/input/index.ts'
import { SlugInput } from '../field/input/slug.tsx'
import styles from './form.module.css'

interface EntryProps {
  readonly name: string
  readonly field: FieldMeta
  readonly model: ModelMeta
  readonly value: unknown
  readonly fault?: readonly string[] | undefined
  readonly narrow?: Params | undefined
  /** For a slug: the text it is made from. */
  readonly source?: string | undefined
  readonly onChange: (name: string, value: unknown) => void
}

/** One field of a form: label, input, help, and what is wrong with it. */
export const Entry = memo(
  function Entry({ name, field, model, value, fault, narrow, source, onChange }: EntryProps) {
    const unique = useId()
    const { Input, inline, group } = inputOf(field.widget, name)
    const beside = inline && !field.nullable
    const id = `${unique}${name}`
    const described = [field.help && `${id}-help`, fault && `${id}-fault`].filter(Boolean).join(' ') || undefined
    const several = group || (field.widget === 'refs' && (field.to ?? []).length > 1)
    const props = {
      name,
      field,
      model,
      value,
      narrow,
      id,
      label: field.label,
      describedBy: described,
      invalid: Boolean(fault),
      onChange: (next: unknown) => onChange(name, next),
    }
    const label = (
      <>
        {field.label}
        {field.required && (
          <span className={styles.star} aria-hidden>
            *
          </span>
        )}
      </>
    )
    return (
      <div
        className={styles.entry}
        data-field={name}
        data-beside={beside || undefined}
        data-invalid={Boolean(fault) || undefined}
        {...(several && { role: 'group', 'aria-labelledby': `${id}-label` })}
      >
        {several ? (
          <span className={styles.label} id={`${id}-label`}>
            {label}
          </span>
        ) : (
          <label className={styles.label} htmlFor={id}>
            {label}
          </label>
        )}
        {source === undefined ? <Input {...props} /> : <SlugInput {...props} source={source} />}
        {fault && (
          <p className={styles.fault} id={`${id}-fault`}>
            <IconAlertCircle size={14} aria-hidden />
            {fault.join(' ')}
          </p>
        )}
        {field.help && (
          <p className={styles.help} id={`${id}-help`}>
            {field.help}
          </p>
        )}
      </div>
    )
  },
  (a, b) =>
    a.value === b.value &&
    a.fault === b.fault &&
    a.source === b.source &&
    a.field === b.field &&
    a.onChange === b.onChange &&
    String(a.narrow) === String(b.narrow),
)
