import { useCallback, useState } from 'react'

/** How many windows are open over the page, one above the other. */
const openDialogs = (): number => document.querySelectorAll('[role=dialog][aria-modal=true]').length

/** Closes a window unless another one lies over it: Escape is heard by all, and meant for the last one. */
export function useTopmost(close: () => void): () => void {
  const [below] = useState(openDialogs)
  return useCallback(() => {
    if (openDialogs() <= below + 1) close()
  }, [below, close])
}
