import { Button, Modal } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import type { RefObject } from 'react'
import styles from './form.module.css'

/** Asks before unsaved changes are lost. */
export function Leave({ dirty, free }: { dirty: boolean; free: RefObject<boolean> }) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => dirty && !free.current && current.pathname !== next.pathname,
    enableBeforeUnload: () => dirty && !free.current,
    withResolver: true,
  })
  return (
    <Modal opened={status === 'blocked'} onClose={() => reset?.()} title="Leave without saving?" size={420} centered>
      <p>What you have entered here will be lost.</p>
      <div className={styles.modalBar}>
        <Button variant="default" onClick={() => reset?.()} data-autofocus>
          Stay
        </Button>
        <Button color="red.9" onClick={() => proceed?.()}>
          Leave
        </Button>
      </div>
    </Modal>
  )
}
