import IconSearch from '@tabler/icons-react/icons/IconSearch'
import IconX from '@tabler/icons-react/icons/IconX'
import { Kbd } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { isTyping } from '../app/Shortcuts.tsx'
import styles from './QuickSearch.module.css'

/** Searches the list while one types; `/` leads here. */
export function QuickSearch({
  value,
  onChange,
  what,
  autoFocus,
}: {
  value: string
  onChange: (text: string) => void
  what: string
  autoFocus?: boolean
}) {
  const [text, setText] = useState(value)
  const input = useRef<HTMLInputElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const sent = useRef(value)

  useEffect(() => {
    if (value !== sent.current) setText(value)
    sent.current = value
  }, [value])
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
      event.preventDefault()
      input.current?.select()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])

  // What was typed last must not lead back to a list that was left meanwhile.
  useEffect(() => () => clearTimeout(timer.current), [])

  const change = (next: string, wait: number) => {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      sent.current = next.trim()
      onChange(next.trim())
    }, wait)
  }

  return (
    <div className={styles.root}>
      <IconSearch size={15} aria-hidden />
      <input
        ref={input}
        data-autofocus={autoFocus || undefined}
        value={text}
        placeholder="Search"
        aria-label={`Search ${what}`}
        spellCheck={false}
        autoComplete="off"
        onChange={event => change(event.currentTarget.value, 220)}
        onKeyDown={event => {
          if (event.key === 'Enter') change(text, 0)
          if (event.key === 'Escape' && text) change('', 0)
          else if (event.key === 'Escape') input.current?.blur()
        }}
      />
      {text ? (
        <button type="button" aria-label="Clear the search" onClick={() => change('', 0)}>
          <IconX size={13} />
        </button>
      ) : (
        <Kbd size="xs" aria-hidden>
          /
        </Kbd>
      )}
    </div>
  )
}
