import type { ModelMeta } from '@demarc/engine/meta'
import { cssColor, inkOn } from '../ui/color.ts'
import { Go } from '../ui/Go.tsx'
import styles from './field.module.css'
import { None } from './None.tsx'
import type { FieldProps, FieldView } from './view.ts'

/** Tags in their colours. */
export const tags: FieldView = { Cell, Detail }

interface Tag {
  readonly id: number
  readonly display: string
  readonly slug?: string
  readonly color?: string
}

function Cell({ value }: FieldProps) {
  const tags = (Array.isArray(value) ? value : []) as Tag[]
  if (!tags.length) return <None />
  return (
    <span className={styles.inline}>
      {tags.slice(0, 2).map(tag => (
        <Pill key={tag.id} tag={tag} />
      ))}
      {tags.length > 2 && <span className={styles.muted}>+{tags.length - 2}</span>}
    </span>
  )
}

function Detail({ value, model }: FieldProps) {
  const tags = (Array.isArray(value) ? value : []) as Tag[]
  if (!tags.length) return <None />
  return (
    <span className={styles.wrap}>
      {tags.map(tag => (
        <Pill key={tag.id} tag={tag} model={model} />
      ))}
    </span>
  )
}

function Pill({ tag, model }: { tag: Tag; model?: ModelMeta }) {
  const background = cssColor(tag.color) ?? '#9e9e9e'
  const style = { background, color: inkOn(background) }
  if (!model || !tag.slug)
    return (
      <span className={styles.tag} style={style}>
        {tag.display}
      </span>
    )
  return (
    <Go className={styles.tag} style={style} href={`${model.path}?tag=${encodeURIComponent(tag.slug)}`}>
      {tag.display}
    </Go>
  )
}
