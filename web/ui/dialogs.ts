import { useCallback, useEffect, useState } from 'react'

/** How many windows are open over the page, one above the other. */
const openDialogs = (): number => document.querySelectorAll('[role=dialog][aria-modal=true]').length

/** Gives the focus back, when a window is gone, to what had it before. */
export function useFocusBack(): void {
  const [before] = useState(() => document.activeElement)
  useEffect(
    () => () => {
      // Once the window has let go of it; unless something else has it by then.
      setTimeout(() => {
        const free = document.activeElement === document.body || !document.activeElement
        if (free && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
      })
    },
    [before],
  )
}

/** Closes a window unless another one lies over it: Escape is heard by all, and meant for the last one. */
export function useTopmost(close: () => void): () => void {
  const [below] = useState(openDialogs)
  useFocusBack()
  return useCallback(() => {
    if (openDialogs() <= below + 1) close()
  }, [below, close])
}
