import type { KeyboardEvent } from 'react'
import type { Moving } from './moving.ts'

/** A key on a face: it steers what is grabbed by keys, or else leads the focus along. */
export function pressKey(event: KeyboardEvent<SVGSVGElement>, moving: Moving | null): void {
  if (moving?.grabbed()?.by === 'keys') return steer(event, moving)
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.key in steps)) return
  event.preventDefault()
  walk(event.currentTarget, event.target as Element, event.key as keyof typeof steps)
}

const steps = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -1, ArrowRight: 1, Home: 0, End: 0 } as const

/** Lead the focus to the next thing on a face, or to the nearest on the next. */
function walk(face: SVGSVGElement, from: Element, key: keyof typeof steps): void {
  const itemsOf = (svg: Element) =>
    [...svg.querySelectorAll<SVGElement>('[data-item]')].sort((a, b) => topIn(a) - topIn(b))
  const items = itemsOf(face)
  const at = items.indexOf(from.closest<SVGElement>('[data-item]')!)
  if (key === 'Home') return items[0]?.focus()
  if (key === 'End') return items.at(-1)?.focus()
  if (key === 'ArrowUp' || key === 'ArrowDown') return items[at + steps[key]]?.focus()
  const all = [...document.querySelectorAll<SVGSVGElement>('svg[data-face]')]
  const next = all[all.indexOf(face) + steps[key]]
  const top = items[at] ? topIn(items[at]) : 0
  const near = next && itemsOf(next).sort((a, b) => Math.abs(topIn(a) - top) - Math.abs(topIn(b) - top))[0]
  near?.focus()
}

const topIn = (item: SVGElement) => Number(item.dataset.top)

/** Keys that steer what is grabbed. */
function steer(event: KeyboardEvent, moving: Moving): void {
  const unit = event.shiftKey ? 0.5 : 1
  const acts: Readonly<Record<string, () => void>> = {
    ArrowUp: () => moving.step(0, -unit),
    ArrowDown: () => moving.step(0, unit),
    ArrowLeft: () => moving.step(-1, 0),
    ArrowRight: () => moving.step(1, 0),
    Enter: moving.drop,
    ' ': moving.drop,
    Escape: moving.cancel,
    Tab: moving.cancel,
  }
  const act = acts[event.key]
  if (!act) return
  if (event.key !== 'Tab') event.preventDefault()
  event.stopPropagation()
  act()
}
