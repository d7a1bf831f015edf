import { ActionIcon, Button } from '@mantine/core'
import IconX from '@tabler/icons-react/icons/IconX'
import { useSyncExternalStore } from 'react'
import { Go } from '../ui/Go.tsx'
import styles from './notices.module.css'

interface Notice {
  readonly id: number
  readonly text: string
  /** Where the notice leads, and what that is called. */
  readonly link?: { readonly href: string; readonly label: string } | undefined
  /** What one can do about it, and what that is called. */
  readonly action?: { readonly label: string; readonly run: () => void } | undefined
  readonly bad?: boolean | undefined
}

let notices: readonly Notice[] = []
let count = 0
const listeners = new Set<() => void>()

/** Says quietly, for a few seconds, that something happened. */
export function notify(notice: Omit<Notice, 'id'>): void {
  const id = ++count
  change([...notices.slice(-2), { ...notice, id }])
  setTimeout(() => dismiss(id), notice.bad || notice.action ? 10_000 : 6000)
}

/** The notices of the moment, in the corner. */
export function Notices() {
  const all = useSyncExternalStore(subscribe, () => notices)
  return (
    <div className={styles.root} role="status" aria-live="polite" data-notices>
      {all.map(({ id, text, link, action, bad }) => (
        <div key={id} className={styles.notice} data-bad={bad || undefined}>
          <span>{text}</span>
          {link && <Go href={link.href}>{link.label}</Go>}
          {action && (
            <Button
              variant="default"
              size="compact-xs"
              onClick={() => {
                dismiss(id)
                action.run()
              }}
            >
              {action.label}
            </Button>
          )}
          <ActionIcon size={22} aria-label="Dismiss" onClick={() => dismiss(id)}>
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
    </div>
  )
}

const dismiss = (id: number) => change(notices.filter(each => each.id !== id))

function change(next: readonly Notice[]) {
  notices = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
