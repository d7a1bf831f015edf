import { useBlocker } from '@tanstack/react-router'
import type { RefObject } from 'react'
import { Discard } from './Discard.tsx'

/** Asks before unsaved changes are lost. */
export function Leave({ dirty, free }: { dirty: boolean; free: RefObject<boolean> }) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) => dirty && !free.current && current.pathname !== next.pathname,
    enableBeforeUnload: () => dirty && !free.current,
    withResolver: true,
  })
  return (
    <Discard
      opened={status === 'blocked'}
      title="Leave without saving?"
      go="Leave"
      onStay={() => reset?.()}
      onGo={() => proceed?.()}
    />
  )
}
