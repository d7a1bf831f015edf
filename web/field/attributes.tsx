import type { FieldMeta } from '@demarc/engine/meta'
import { useMeta } from '../api/meta.ts'
import styles from './field.module.css'
import { None } from './None.tsx'
import { isEmpty, plain } from './plain.ts'
import { useSchema } from './schema.ts'
import type { FieldProps, FieldView } from './view.ts'

/** Values under names that another object gives: the attributes of a module type by its profile. */
export const attributes: FieldView = { Cell, Detail }

function Cell({ value }: FieldProps) {
  if (isEmpty(value)) return <None />
  const pairs = Object.entries(value as object).map(([key, each]) => `${key.replaceAll('_', ' ')} ${plain(each)}`)
  return <span title={pairs.join('\n')}>{pairs.join(', ')}</span>
}

function Detail({ value, field, model, row }: FieldProps) {
  const fields = useNames(field, model.fields[field.by ?? ''], row)
  if (isEmpty(value)) return <None />
  return (
    <dl className={styles.attributes}>
      {Object.entries(value as object).map(([key, each]) => (
        <div key={key}>
          <dt title={fields?.[key]?.help}>{fields?.[key]?.label ?? key}</dt>
          <dd>{plain(each) || '—'}</dd>
        </div>
      ))}
    </dl>
  )
}

function useNames(field: FieldMeta, by: FieldMeta | undefined, row: FieldProps['row']) {
  const meta = useMeta()
  const object = row[field.by ?? ''] as { id: number } | null | undefined
  return useSchema(meta.models[by?.to?.[0] ?? ''], object ? String(object.id) : undefined)
}
