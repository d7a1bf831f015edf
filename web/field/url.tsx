import IconExternalLink from '@tabler/icons-react/icons/IconExternalLink'
import styles from './field.module.css'
import { None } from './None.tsx'
import { plain } from './plain.ts'
import type { FieldProps, FieldView } from './view.ts'

/** A link out of Demarc, if its scheme is a harmless one. */
export const url: FieldView = { Cell, Detail: Cell }

function Cell({ value }: FieldProps) {
  const text = plain(value)
  if (!text) return <None />
  if (!/^(https?|ftps?|ssh|telnet|mailto|tel|sftp|vnc|rdp):/i.test(text)) return <>{text}</>
  return (
    <a className={styles.inline} href={text} target="_blank" rel="noreferrer noopener">
      {text}
      <IconExternalLink size={13} aria-hidden />
    </a>
  )
}
