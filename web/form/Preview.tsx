import type { FieldMeta, ModelMeta } from '@demarc/engine/meta'
import type { Values } from './draft.ts'
import styles from './form.module.css'
import { valuesIn } from './series.ts'

const shown = 8

/** What the pattern in a field stands for, while it is typed. */
export function Preview({ model, name, values }: { model: ModelMeta; name: string; values: Values }) {
  const listOf = (key: string) => written(values[key], model.fields[key]!)
  const all = listOf(name)
  if (all.length < 2) return null
  const names = listOf(model.patterns?.[0] ?? name)
  const fits = all.length === names.length
  const gap = all.length > shown + 1
  return (
    <p className={styles.preview} data-unfit={!fits || undefined}>
      <b>{fits ? all.length.toLocaleString('en') : `${all.length} for ${names.length}`}</b>
      {(gap ? all.slice(0, shown) : all).map((each, at) => (
        <code key={at}>{each}</code>
      ))}
      {gap && (
        <>
          … <code>{all.at(-1)}</code>
        </>
      )}
    </p>
  )
}

function written(text: unknown, field: FieldMeta): readonly string[] {
  try {
    return valuesIn(text, field)
  } catch {
    // It is said when saving.
    return []
  }
}
