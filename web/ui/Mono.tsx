import IconCheck from '@tabler/icons-react/icons/IconCheck'
import IconCopy from '@tabler/icons-react/icons/IconCopy'
import { type MouseEvent, type ReactNode, useState } from 'react'
import styles from './Mono.module.css'

/** An identifier in the monospace face, with a copy button that shows on hover. */
export function Mono({ text, children, quiet }: { text: string; children?: ReactNode; quiet?: boolean }) {
  const [copied, setCopied] = useState(false)
  const copy = (event: MouseEvent) => {
    event.stopPropagation()
    event.preventDefault()
    void navigator.clipboard?.writeText(text).then(() => {
      setCopied(true)
      setTimeout(() => setCopied(false), 1200)
    })
  }
  return (
    <span className={styles.root} data-quiet={quiet || undefined}>
      <span className={styles.text}>{children ?? text}</span>
      <button
        type="button"
        className={styles.copy}
        onClick={copy}
        data-copied={copied || undefined}
        tabIndex={quiet ? -1 : 0}
        aria-label={`Copy ${text}`}
        title={copied ? 'Copied' : 'Copy'}
      >
        {copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
      </button>
    </span>
  )
}
