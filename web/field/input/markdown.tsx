import { Textarea } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { plain } from '../plain.ts'
import styles from '../field.module.css'
import { textOrNull } from './text.tsx'
import { attributes, type InputProps, type InputView } from './view.ts'

/** Formatted text, with a look at how it will read. */
export const markdown: InputView = { Input, read: plain, write: textOrNull, group: true }

const Markdown = lazy(async () => ({ default: (await import('../../ui/Markdown.tsx')).Markdown }))

function Input(props: InputProps) {
  const [look, setLook] = useState(false)
  const text = String(props.value ?? '')
  return (
    <div className={styles.editor}>
      <div className={styles.modes}>
        <button type="button" aria-pressed={!look} onClick={() => setLook(false)}>
          Write
        </button>
        <button type="button" aria-pressed={look} onClick={() => setLook(true)}>
          Preview
        </button>
        <span>Markdown</span>
      </div>
      {look ? (
        <div className={styles.look}>
          {text.trim() ? (
            <Suspense fallback={null}>
              <Markdown text={text} />
            </Suspense>
          ) : (
            <span className={styles.muted}>Nothing to show yet.</span>
          )}
        </div>
      ) : (
        <Textarea
          {...attributes(props)}
          aria-label={props.label}
          value={text}
          onChange={event => props.onChange(event.currentTarget.value)}
          autosize={false}
          rows={5}
          resize="vertical"
          variant="unstyled"
          required={Boolean(props.field.required)}
        />
      )}
    </div>
  )
}
