import { Button } from '@mantine/core'
import IconCheck from '@tabler/icons-react/icons/IconCheck'
import IconCopy from '@tabler/icons-react/icons/IconCopy'
import { useState } from 'react'
import styles from './Code.module.css'

/** Text of many lines in the monospace face, its lines numbered from `first`; one of them may be marked. */
export function Code(props: { label: string; text: string; first?: number; marked?: number | undefined }) {
  const { label, text, first = 1, marked } = props
  const lines = text.replace(/\n$/, '').split('\n')
  return (
    <div className={styles.root} tabIndex={0} role="region" aria-label={label}>
      <pre className={styles.numbers} aria-hidden>
        {lines.map((_, at) => first + at).join('\n')}
      </pre>
      <pre className={styles.text}>
        {marked === undefined
          ? text
          : lines.map((line, at) => (
              <span key={at} className={first + at === marked ? styles.marked : undefined}>
                {`${line}\n`}
              </span>
            ))}
      </pre>
    </div>
  )
}

/** Puts a text on the clipboard. */
export function CopyButton({ text }: { text: string }) {
  const [copied, setCopied] = useState(false)
  const copy = () =>
    navigator.clipboard?.writeText(text).then(() => {
      setCopied(true)
      setTimeout(() => setCopied(false), 1200)
    })
  return (
    <Button
      variant="default"
      leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
      onClick={() => void copy()}
    >
      {copied ? 'Copied' : 'Copy'}
    </Button>
  )
}
