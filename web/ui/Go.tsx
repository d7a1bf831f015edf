import { useRouter } from '@tanstack/react-router'
import { type ComponentProps, type MouseEvent, useCallback } from 'react'
import { base } from '../api/base.ts'

/** Goes to an address within Demarc, or puts it in the place of the present one. */
export function useGo(): (href: string, replace?: boolean) => void {
  const { history } = useRouter()
  return useCallback((href, replace) => (replace ? history.replace(base + href) : history.push(base + href)), [history])
}

/** A link within Demarc: an ordinary address that does not reload the page. */
export function Go({ href, onClick, ...rest }: ComponentProps<'a'> & { href: string }) {
  const go = useGo()
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    if (event.defaultPrevented || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(href)
  }
  return <a {...rest} href={base + href} onClick={follow} />
}
